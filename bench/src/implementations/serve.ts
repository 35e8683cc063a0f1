// The child process of an implementation in JavaScript: node serve.ts IMPLEMENTATION FOLDER. What it answers to is in
// race/contestant.ts.
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { sampleNumbers } from '../race/sample-numbers.ts';
import { numberOf, readBytes, readSetup, type Setup, writeLearned } from '../race/setup.ts';
import { secondsOf } from '../round-robin.ts';
import { apicalLearner } from './apical.ts';
import { apicalLayersLearner } from './apical-layers.ts';
import { apicalRepresentationLearner } from './apical-representation.ts';
import type { Learner } from './learner.ts';
import { peerLayersLearner } from './peer-layers.ts';
import { plainLearner, referenceLearner } from './plain-learners.ts';

/** By what a problem says of its network. */
const apicalLearners: readonly (readonly [string, (setup: Setup) => Promise<Learner>])[] = [
  ['sizes', apicalLayersLearner],
  ['cells', apicalRepresentationLearner],
  ['k', apicalLearner],
];

const apical = (setup: Setup) => apicalLearners.find(([name]) => name in setup.values)![1](setup);

const learners: Record<string, (setup: Setup) => Learner | Promise<Learner>> = {
  apical,
  apical256: apical,
  apicalFused: (setup) => apicalLayersLearner(setup, { fused: true }),
  js: plainLearner,
  tfjs: (setup) => peerLayersLearner('tfjs_layers.mjs', setup),
  jax: (setup) => peerLayersLearner('jax_layers.mjs', setup),
  reference: referenceLearner,
};

try {
  await serve(process.argv[2] ?? '', process.argv[3] ?? '');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

async function serve(name: string, folder: string): Promise<void> {
  const setup = readSetup(folder);
  const order = new Uint32Array(readBytes(setup, 'order.u32').buffer);
  const warmUpSeconds = numberOf(setup, 'warmUpSeconds');
  // The reference is not timed.
  if (warmUpSeconds > 0 && name !== 'reference')
    await warmUp(await learners[name]!(slowed(setup)), order, warmUpSeconds);
  const learner = await learners[name]!(setup);
  process.stdout.write(`ready ${process.versions.node}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, first, count] = line.split(' ');
    if (command === 'learn') {
      const numbers = sampleNumbers(order, Number(first), Number(count));
      process.stdout.write(`${secondsOf(() => learner.learn(numbers))}\n`);
    } else {
      writeLearned(setup, name, learner.weights());
      process.stdout.write('written\n');
    }
  }
}

/** The problem at rates so small that no network diverges, however many samples it learns. */
function slowed({ folder, values }: Setup): Setup {
  const slow = Object.entries(values).map(([key, value]) => [key, key.startsWith('rate') ? String(2 ** -40) : value]);
  return { folder, values: Object.fromEntries(slow) };
}

/** Learns with a network that is then thrown away until V8 has optimised what it runs, in the background and as it sees fit. */
async function warmUp(learner: Learner, order: Uint32Array, seconds: number): Promise<void> {
  const batch = 200;
  const start = performance.now();
  for (let first = 0; performance.now() - start < 1000 * seconds; first += batch) {
    learner.learn(sampleNumbers(order, first, batch));
    await setImmediate();
  }
}
