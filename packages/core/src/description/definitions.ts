import { activations } from '../circuit/activation.ts';
import { type FunctionName, functions } from '../circuit/functions.ts';
import { meanSymbol } from './compose.ts';
import type { CircuitDescription, DescribedActivity, DescribedSignal } from './description.ts';
import { equation } from './timing.ts';

/** What the symbols stand for: `n = Qᵀ z`, `v ← v + e, from 0`, `f(u) = max(u, 0)`. */
export function definitions(description: CircuitDescription): readonly string[] {
  const activities = [description, ...(description.before ? [description.before] : [])];
  const signals = activities.flatMap(({ signals: each }) => each.flatMap((signal) => define(signal, each)));
  return [...new Set([...signals, ...functionDefinitions(description, activities)])];
}

function define(signal: DescribedSignal, signals: readonly DescribedSignal[]): string[] {
  const { expression, definition, operation, next, renewals = 1, early } = signal;
  if (operation?.kind === 'state') {
    const { start } = operation;
    const from = 'value' in start ? String(start.value) : signals[start.signal]?.expression;
    if (next === undefined) return [`${expression} = ${from}`];
    const times = renewals > 1 || early ? `, ${early ? 'at most ' : ''}${renewals} times` : '';
    return [`${expression} ← ${signals[next]?.expression}${times}, from ${from}`];
  }
  if (operation?.kind === 'noise') return [`${expression} = ${definition ?? `${noiseKind(operation)} noise`}`];
  return definition === undefined ? [] : [equation(signal)];
}

function noiseKind({ distribution }: { readonly distribution: object }): string {
  return 'normal' in distribution ? 'normal' : 'uniform';
}

/** What the functions are that expressions name: f first, then those of which the name does not say it. */
function functionDefinitions({ activation }: CircuitDescription, activities: readonly DescribedActivity[]): string[] {
  const signals = activities.flatMap((each) => each.signals);
  const own = activations[activation.function];
  const used = new Set<FunctionName>();
  for (const { operation } of signals) {
    if (operation?.kind === 'apply' || operation?.kind === 'slope') used.add(operation.function);
    if (operation?.kind === 'activate') used.add(activations[operation.activation.function]);
  }
  const found = own !== 'identity' && used.has(own) && signals.some(({ operation }) => operation?.kind === 'activate');
  const means = signals.flatMap(({ id, operation, expression }) =>
    operation?.kind === 'activate' && operation.output === id && operation.activation.meanRate !== undefined
      ? [`${meanSymbol(expression)} = running mean of f(u), rate ${operation.activation.meanRate}`]
      : [],
  );
  return [
    ...(found ? [`f(u) = ${functions[own].write('u')}`] : []),
    ...means,
    ...(used.has('sigmoid') ? ['σ(u) = 1 / (1 + exp(−u))'] : []),
    ...(signals.some(({ operation }) => operation?.kind === 'softmax') ? ['softmax(u) = exp(u) / Σ(exp(u))'] : []),
  ];
}
