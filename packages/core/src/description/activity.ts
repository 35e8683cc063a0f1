import type { Circuit } from '../circuit/circuit.ts';
import type { FixedSynapses } from '../circuit/synapses.ts';
import { inputsOfChange, type Operation, type Trace } from '../circuit/trace.ts';
import { transposeName } from './compose.ts';
import type { DescribedActivity, DescribedPathway, DescribedSignal, DescribedUpdate, Effect } from './description.ts';
import { type Notation, type Term, Writer } from './expression.ts';
import { followSignals } from './flow.ts';
import { type Placed, placedChanges, placedOperations, repeatsOf, restsOf } from './placed.ts';
import { rateOf } from './rate.ts';

/** Describes what the circuit does in a trace: its signals, their ways, and what they change. */
export function describeActivity(
  circuit: Circuit,
  trace: Trace,
  notation: Notation,
  effects: (synapses: string) => Effect,
): DescribedActivity {
  const writer = new Writer(trace, notation);
  const signals = describeSignals(trace, writer);
  return {
    signals,
    pathways: describePathways(circuit, trace, signals, effects).map((pathway) => {
      return { ...pathway, bias: isOne(pathway, signals, notation) };
    }),
    updates: describeUpdates(circuit, trace, writer),
    phases: placedOperations(trace).flatMap(({ what }) => (what.kind === 'phase' ? [what.name] : [])),
    repeats: repeatsOf(trace),
    rests: restsOf(trace),
  };
}

function describeSignals(trace: Trace, { signals }: Writer): DescribedSignal[] {
  const flows = followSignals(trace);
  return trace.signals.map(({ id, population }) => {
    const { expression = '', definition } = signals[id] ?? {};
    return { id, expression, ...(definition !== undefined && { definition }), population, ...flows[id]! };
  });
}

/** Every pathway once for each signal that it carries. */
function describePathways(
  circuit: Circuit,
  trace: Trace,
  signals: readonly DescribedSignal[],
  effects: (synapses: string) => Effect,
): Omit<DescribedPathway, 'bias'>[] {
  const pathways = placedOperations(trace).flatMap(({ what, phase }) =>
    what.kind === 'drive'
      ? [{ ...describePathway(circuit, what, trace, signals, effects), ...(phase !== undefined && { phase }) }]
      : [],
  );
  const same = (a: (typeof pathways)[number], b: (typeof pathways)[number]) =>
    a.weights === b.weights && a.from === b.from && a.input === b.input;
  return pathways.filter((pathway, i) => pathways.findIndex((other) => same(pathway, other)) === i);
}

function describePathway(
  circuit: Circuit,
  { synapses, reversed, by, input, output }: Operation & { kind: 'drive' },
  trace: Trace,
  signals: readonly DescribedSignal[],
  effects: (synapses: string) => Effect,
): Omit<DescribedPathway, 'bias'> {
  const { plastic, initial } = circuit.synapsesOf(synapses);
  const compartment = trace.signals[output]?.compartment;
  return {
    weights: reversed ? transposeName(synapses) : synapses,
    synapses,
    ...(reversed && { reversed }),
    ...(by !== undefined && { by }),
    signs: signals[by ?? -1]?.signs ?? [],
    noise: signals[by ?? -1]?.noise ?? [],
    from: signals[input]?.population ?? '',
    to: signals[output]?.population ?? '',
    ...(compartment !== undefined && { compartment }),
    channel: 'channel' in initial && reversed === undefined,
    effect: reversed ? 'excitatory' : effects(synapses),
    fixed: !plastic,
    input,
    output,
  };
}

/** Whether what the pathway carries comes from one cell that always fires. */
function isOne(
  { from, input }: Pick<DescribedPathway, 'from' | 'input'>,
  signals: readonly DescribedSignal[],
  { isSingle }: Notation,
): boolean {
  return signals[input]?.operation?.kind === 'constant' && isSingle(from);
}

/** What each of the synapses gains in each scope, as one update. */
function describeUpdates(circuit: Circuit, trace: Trace, writer: Writer): DescribedUpdate[] {
  const changes = Map.groupBy(placedChanges(trace), ({ what, phase }) => `${what.synapses}\n${phase ?? ''}`);
  return [...changes.values()].flatMap((together) => {
    const [first] = together;
    return first ? [describeUpdate(circuit.synapsesOf(first.what.synapses), together, first, writer)] : [];
  });
}

function describeUpdate(
  synapses: FixedSynapses<string, string>,
  together: ReturnType<typeof placedChanges>,
  { phase }: Pick<Placed<unknown>, 'phase'>,
  writer: Writer,
): DescribedUpdate {
  const { name } = synapses;
  const terms = together.map(({ what }): Term => {
    const [post = 0, pre] = inputsOfChange(what);
    return pre === undefined ? { value: post } : { post, pre };
  });
  const outer = together.flatMap(({ what }) => ('value' in what ? [] : [what]));
  const decay = outer.reduce((sum, each) => sum + each.decay, 0);
  const decaying = outer.filter((each) => each.decay !== 0);
  const symbol = decaying.length === 1 ? decaying[0]?.symbol : undefined;
  const decayBy = outer.flatMap((each) => each.decayBy ?? []);
  const most = Math.max(...together.map(({ steps }) => steps));
  const expression = writer.update(name, rateOf(synapses), { terms, decay, symbol, decayBy }, most > 1);
  const product = terms.find((term) => 'post' in term);
  return {
    synapses: name,
    expression,
    ...product,
    terms,
    steps: most,
    decay,
    decayBy,
    ...(phase !== undefined && { phase }),
  };
}
