import { expect, test } from 'vitest';
import { layOut } from '../rules/lay-out.ts';
import { findRule, ruleNames } from '../rules/registry.ts';
import { Circuit } from './circuit.ts';
import type { Signal } from './signal.ts';
import { allChanges, inputsOfChange } from './trace.ts';

function traceLearning(name: string) {
  const { circuit, behaviour } = layOut(findRule(name), { hidden: 2 }, { inputs: 4, labels: 3 });
  const trace = circuit.trace((x, y) => void behaviour.learn(x, y));
  return { circuit, trace };
}

test.each(ruleNames)('%s: every synapse changes by signals at its own two ends', (name) => {
  const { circuit, trace } = traceLearning(name);
  const changes = allChanges(trace);
  const plastic = circuit.allSynapses.filter((synapses) => synapses.plastic).map((synapses) => synapses.name);
  expect([...new Set(changes.map(({ synapses }) => synapses))].toSorted()).toEqual(plastic.toSorted());
  for (const change of changes) {
    const { pre, post, each } = circuit.synapsesOf(change.synapses);
    const places = 'value' in change ? [each] : [post, pre];
    expect(inputsOfChange(change).map((id) => trace.signals[id]?.population)).toEqual(places.map(({ name: at }) => at));
  }
});

test('backprop learns by weight transport, BMVR without, but with interneurons that mirror Q', () => {
  const reversals = (name: string) =>
    traceLearning(name).trace.operations.flatMap((operation) =>
      operation.kind === 'drive' && operation.reversed ? [`${operation.synapses} ${operation.reversed}`] : [],
    );
  expect(reversals('backprop')).toEqual(['W2 transport']);
  expect(reversals('bmvr')).toEqual(['Q symmetry']);
});

test('the plateau potential of BMVR arises at the apical tuft, from the label and the interneurons', () => {
  const { trace } = traceLearning('bmvr');
  const apical = trace.signals.filter(({ compartment }) => compartment === 'apical').map(({ id }) => id);
  const driving = trace.operations.flatMap((operation) =>
    operation.kind === 'drive' && apical.includes(operation.output) ? [operation.synapses] : [],
  );
  expect(driving).toEqual(['W2ᵀ', 'Q']);
});

test('signals of another population are refused, with what lives where', () => {
  const circuit = new Circuit(4, 3);
  const cells = circuit.population('cells', 2, ['soma']);
  const W = circuit.synapses('W', circuit.stimulus, cells.at('soma'), { normal: 1 });
  const untyped = (signal: Signal<string>) => signal as Signal<never>;
  circuit.trace((x, y) => {
    const z = W.drive(x);
    expect(() => W.drive(untyped(y))).toThrow('what drives W must live at stimulus, but this signal lives at label');
    expect(() => W.learn(untyped(x), x)).toThrow('the postsynaptic signal of W must live at cells');
    expect(() => W.learn(z, untyped(z))).toThrow('the presynaptic signal of W must live at stimulus');
    expect(() => z.minus(untyped(y))).toThrow('must live at cells, but this signal lives at label');
    return z;
  });
  expect(() => cells.at('axon')).toThrow('cells cells have no axon compartment, only soma');
});

test('what starts as a multiple of other weights is laid after them, and has their shape', () => {
  const circuit = new Circuit(4, 3);
  const cells = circuit.population('cells', 2);
  circuit.fixed('A', circuit.stimulus, cells, { normal: 1 });
  expect(() => circuit.fixed('B', circuit.stimulus, cells, { times: 2, of: 'C' })).toThrow(
    'C, which must be laid before',
  );
  expect(() => circuit.fixed('B', circuit.label, cells, { times: 2, of: 'A' })).toThrow('A, which has another shape');
  expect(circuit.fixed('B', circuit.stimulus, cells, { times: 2, of: 'A' }).initial).toEqual({ times: 2, of: 'A' });
});
