import fc from 'fast-check';
import { allOperations, type Trace } from '../src/circuit/trace.ts';
import {
  activationsOf,
  type CircuitSettings,
  type LaidOut,
  layOut,
  lossesOf,
  type NetworkOptions,
  type Optimiser,
  type OutputFunction,
  type Parameter,
  type ParameterValue,
  RandomStream,
  type Rate,
  type Rule,
} from '../src/index.ts';

import { normals, rates } from './fixtures.ts';

// Networks of any rule, also of rules that are yet to come.

/** The values of its parameters that a rule is tested with: its defaults, and with every other one that a parameter can have. */
export function parameterSets({ parameters }: Pick<Rule, 'parameters'>): readonly Record<string, ParameterValue>[] {
  return [
    {},
    ...Object.entries(parameters).flatMap(([name, each]) => otherValues(each).map((value) => ({ [name]: value }))),
  ];
}

function otherValues(parameter: Parameter): readonly ParameterValue[] {
  const { default: usual } = parameter;
  if ('choices' in parameter) return parameter.choices.filter((each) => each !== usual);
  if (typeof usual === 'boolean') return [!usual];
  const { max = Number.POSITIVE_INFINITY, whole = false } = parameter as { max?: number; whole?: boolean };
  return [Math.min(whole ? (usual as number) + 2 : (usual as number) * 1.5 || 0.3, max)];
}

/** The depths that a rule can have, of those that are tested. */
export function depthsOf({ shape }: Rule): readonly number[] {
  return shape.depth === 'one' ? [1] : [1, 2, 3];
}

const optimisers: readonly Optimiser[] = [
  { kind: 'plain' },
  { kind: 'plain', weightDecay: 0.1 },
  { kind: 'momentum', momentum: 0.8, weightDecay: 0.1 },
  { kind: 'momentum', momentum: 0.5, weightDecay: 0.01, decoupled: true },
  // Their ε keeps what is divided away from rounding errors.
  { kind: 'rmsprop', rho: 0.9, epsilon: 1e-2, weightDecay: 0.1 },
  { kind: 'rmsprop', rho: 0.9, epsilon: 1e-2, momentum: 0.5, centred: true, epsilonInside: true, weightDecay: 0.1 },
  { kind: 'adam', epsilon: 1e-2, weightDecay: 0.1 },
  { kind: 'adam', beta1: 0.8, beta2: 0.9, epsilon: 1e-2, epsilonHat: true },
];

const schedules: readonly Omit<Rate, 'eta0'>[] = [
  {},
  { t0: 3 },
  { linear: { over: 5, to: 0.1 } },
  { cosine: { over: 7 } },
  { steps: { at: [2, 4], factor: 0.5 } },
];

/** A network to test, and what it learns. */
export interface Subject {
  readonly options: NetworkOptions & { readonly batch: number };
  readonly X: number[][];
  readonly Y: number[][];
}

/** Networks of the rule: any sizes, circuits, batches (the last can be smaller), optimisers and schedules, with random weights of a moderate size. */
export function subjects(rule: Rule, updates: number): fc.Arbitrary<Subject> {
  const unit = fc.integer({ min: 1, max: 6 });
  return fc
    .record({
      inputs: fc.integer({ min: 1, max: 9 }),
      labels: fc.integer({ min: 1, max: 5 }),
      widths: fc.tuple(unit, unit, unit),
      depth: fc.constantFrom(...depthsOf(rule)),
      activation: fc.constantFrom(...activationsOf(rule.shape)),
      meanRate: fc.constantFrom(undefined, ...(rule.shape.runningMean === false ? [] : [0.05])),
      output: fc.constantFrom(...rule.shape.outputs),
      cross: fc.boolean(),
      biases: fc.boolean(),
      parameters: fc.constantFrom(...parameterSets(rule)),
      batch: fc.constantFrom(1, 3, 4),
      isCut: fc.boolean(),
      optimiser: fc.constantFrom(...optimisers),
      schedule: fc.constantFrom(...schedules),
      seed: fc.integer({ min: 0, max: 10_000 }),
    })
    .map((drawn) => {
      const { inputs, labels, activation, meanRate, output, parameters, optimiser, seed } = drawn;
      const losses = lossesOf(rule.shape, output);
      const settings: CircuitSettings = {
        ...{ hidden: drawn.widths.slice(0, drawn.depth), activation, output, parameters },
        loss: losses[drawn.cross ? 0 : losses.length - 1]!,
        ...(activation !== 'linear' && meanRate !== undefined && { meanRate }),
        ...(rule.shape.biases && { biases: drawn.biases }),
      };
      const { circuit, behaviour } = layOut(rule, settings, { inputs, labels });
      const learning = circuit.trace((x, y) => void behaviour.learn(x, y));
      const batch = lastsInCells(learning) ? 1 : drawn.batch;
      const eta0 = optimiser.kind === 'plain' || optimiser.kind === 'momentum' ? 0.05 : 0.01;
      const samples = labelled(output, seed, {
        count: batch * updates - (drawn.isCut && batch > 1 ? 1 : 0),
        inputs,
        labels,
      });
      const names = circuit.allSynapses.map(({ name }) => name.replace('ᵀ', ''));
      return {
        options: {
          ...{ rule: rule.name, inputs, labels, ...settings, batch, seed, optimiser },
          rates: rates(rule, { eta0, ...drawn.schedule }, settings),
          initial: Object.fromEntries(names.map((name) => [name, { normal: 0.7, fan: 'in' as const }])),
        },
        ...samples,
      };
    });
}

/** Random inputs, and labels that the outputs can have. */
export function labelled(
  output: OutputFunction,
  seed: number,
  { count, inputs, labels }: { readonly count: number; readonly inputs: number; readonly labels: number },
): { readonly X: number[][]; readonly Y: number[][] } {
  const stream = new RandomStream(seed, 'labels');
  const label = () => {
    if (output === 'linear') return normals(Math.floor(1e6 * stream.uniform()), labels);
    if (output === 'sigmoid') return Array.from({ length: labels }, () => stream.uniform());
    const hot = Math.floor(labels * stream.uniform());
    return Array.from({ length: labels }, (_, i) => Number(i === hot));
  };
  return {
    X: Array.from({ length: count }, (_, s) => normals(1000 * seed + s, inputs).map(Math.fround)),
    Y: Array.from({ length: count }, () => label().map(Math.fround)),
  };
}

/** Whether cells have states that last from sample to sample, so that samples are learned one at a time. */
export function lastsInCells(trace: Trace): boolean {
  return allOperations(trace).some((each) => {
    if (each.kind !== 'state' || each.lasts !== 'ever') return false;
    return !trace.signals[each.output]!.population.startsWith('synapses ');
  });
}

/** Whether synapses learn again and again within a sample, each time with what they are by then. */
export function learnsMeanwhile(trace: Trace): boolean {
  return allOperations(trace).some(
    (each) => each.kind === 'repeat' && allOperations(each.body).some(({ kind }) => kind === 'phase'),
  );
}

/** Whether signals come to rest within a sample, so that rounding errors can grow on the way. */
export function settles(trace: Trace): boolean {
  return allOperations(trace).some(({ kind }) => kind === 'repeat' || kind === 'equilibrium');
}

/** What a network does to learn. */
export function learningOf({ circuit, behaviour }: Pick<LaidOut, 'circuit' | 'behaviour'>): Trace {
  return circuit.trace((x, y) => void behaviour.learn(x, y));
}

/** Functions that jump, or whose slopes do, at zero. */
const bent = ['relu', 'absolute', 'sign', 'step'];

/**
 * Whether nothing that was computed comes so near to where a function bends that rounding decides on which side it is: as what is
 * exactly zero does not.
 */
export function isClear(
  trace: Trace,
  values: readonly (readonly Float64Array[])[],
  weights: Readonly<Record<string, { readonly data: ArrayLike<number> }>>,
): boolean {
  const clear = (data: ArrayLike<number>) => Array.from(data).every((u) => u === 0 || Math.abs(u) > 5e-5);
  return allOperations(trace).every((each) => {
    if (each.kind === 'signs') return clear(weights[each.of]!.data);
    const isBent =
      (each.kind === 'activate' && bent.includes(each.activation.function)) ||
      ((each.kind === 'apply' || each.kind === 'slope') && bent.includes(each.function));
    // Phases whose turn it is not compute nothing.
    return !isBent || (values[each.input] ?? []).every(clear);
  });
}
