import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trace } from '../src/circuit/trace.ts';
import { createNetwork, loadModel, type Network, type NetworkOptions, rules, saveModel } from '../src/index.ts';
import { rates as ratesOf, relativeError } from './fixtures.ts';
import { isBounded, readingOf, vectors, worstError } from './readings.ts';
import { isClear, labelled, learningOf, type Subject, settles, subjects } from './registry.ts';

/** What kernels in float32 are to agree to with float64. */
const tolerance = ({ optimiser }: NetworkOptions, learning: Trace) =>
  optimiser?.kind === 'adam' || optimiser?.kind === 'rmsprop' || settles(learning) ? 1e-4 : 2e-5;

const updates = 8;

/** Has the network learn samples from `first` to before `end`. */
function learn(network: Network, { X, Y }: Subject, first = 0, end = X.length): void {
  network.partialFit(X.slice(first, end).flat(), Y.slice(first, end).flat());
}

/** A place between two batches, half-way. */
const middle = ({ options }: Subject) => (updates / 2) * options.batch;

describe.each(rules)('$name', (rule) => {
  const each = (law: (subject: Subject) => Promise<void>, numRuns = 10) =>
    fc.assert(fc.asyncProperty(subjects(rule, updates), law), { numRuns, seed: 6 });

  test('the kernels follow the float64 reading of any of its networks', async () => {
    await each(async (subject) => {
      const { options, X, Y } = subject;
      const { batch } = options;
      const network = await createNetwork(options);
      const reading = readingOf(network, options);
      const trace = learningOf(network.blueprint);
      for (let first = 0; first < X.length; first += batch) {
        const before = reading.weights();
        const values = reading.learn(vectors(X.slice(first, first + batch)), vectors(Y.slice(first, first + batch)));
        fc.pre(isBounded(reading) && isClear(trace, values, before));
      }
      learn(network, subject);
      expect(worstError(network, reading)).toBeLessThan(tolerance(options, trace));
    }, 60);
  });

  test('the same options and samples give the same bits, however calls are cut, and after a restart', async () => {
    await each(async (subject) => {
      const [whole, cut] = [await createNetwork(subject.options), await createNetwork(subject.options)];
      learn(whole, subject);
      learn(cut, subject, 0, middle(subject));
      learn(cut, subject, middle(subject));
      expect(cut.snapshot()).toEqual(whole.snapshot());
      cut.restart();
      expect(cut.weights()).toEqual((await createNetwork(subject.options)).weights());
      learn(cut, subject);
      expect(cut.snapshot()).toEqual(whole.snapshot());
    });
  });

  test('a restored snapshot goes on bit for bit, in this network and in one of another seed', async () => {
    await each(async (subject) => {
      const network = await createNetwork(subject.options);
      learn(network, subject, 0, middle(subject));
      const snapshot = network.snapshot();
      learn(network, subject, middle(subject));
      const end = network.snapshot();
      const other = await createNetwork({ ...subject.options, seed: 77 });
      learn(other, subject, 0, 1);
      for (const each of [network, other]) {
        each.restore(snapshot);
        learn(each, subject, middle(subject));
        expect(each.snapshot()).toEqual(end);
      }
    });
  });

  test('a model that is saved and loaded goes on as the network does, but for rounding', async () => {
    await each(async ({ options, ...samples }) => {
      const subject: Subject = { options: { ...options, optimiser: { kind: 'plain', weightDecay: 0.1 } }, ...samples };
      const network = await createNetwork(subject.options);
      learn(network, subject, 0, middle(subject));
      const { network: loaded } = await loadModel(await saveModel(network));
      for (const each of [network, loaded]) learn(each, subject, middle(subject));
      expect(worstError(loaded, network)).toBeLessThan(1e-5);
      expect(loaded.samplesSeen).toBe(network.samplesSeen);
    });
  });
});

describe.each(['bmvr', 'backprop'])('%s', (rule) => {
  test('the two engines learn alike, to rounding', async () => {
    const circuits = fc.record({
      hidden: fc.integer({ min: 1, max: 9 }),
      circuit: fc.constantFrom<Partial<NetworkOptions>>(
        {},
        { activation: 'relu' },
        { activation: 'relu', meanRate: 0.02 },
        { activation: 'tanh' },
        { activation: 'tanh', meanRate: 0.3 },
      ),
      decoupled: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(circuits, async ({ hidden, circuit, decoupled, seed }) => {
        const sizes = { inputs: 8, labels: 3 };
        const { X, Y } = labelled('linear', seed, { count: 40, ...sizes });
        const options: NetworkOptions = {
          ...{ rule, ...sizes, hidden, seed, ...circuit, rates: ratesOf(rule, { eta0: 0.02, t0: 50 }) },
          ...{ decoupled: decoupled && rule === 'bmvr', initial: { W1: { normal: 0.3 }, W2: { normal: 0.3 } } },
        };
        const [online, plain] = [await createNetwork(options), await createNetwork({ ...options, engine: 'plain' })];
        const reading = readingOf(plain);
        const trace = learningOf(plain.blueprint);
        for (const [t, x] of X.entries()) {
          fc.pre(isClear(trace, reading.learn(vectors([x]), vectors([Y[t]!])), {}));
        }
        for (const network of [online, plain]) network.partialFit(X.flat(), Y.flat());
        expect(worstError(online, reading)).toBeLessThan(2e-5);
        expect(worstError(plain, reading)).toBeLessThan(2e-5);
        expect(relativeError(online.predict(X.flat()), [...plain.predict(X.flat())])).toBeLessThan(2e-5);
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
