// node --expose-gc bench/stream-memory.ts [SAMPLES] [RULE …]: what memory a process takes while a network learns a stream, every tenth of it.
import { createNetwork, learnStream, type NetworkOptions, RandomStream } from '@apical/core';

const [inputs, labels, hidden] = [20, 10, 4];
const asked = process.argv.slice(2);
const samples = Number(asked[0] ?? 1e7);

const rates: Readonly<Record<string, NetworkOptions['rates']>> = {
  'similarity-matching': { W: { eta0: 1e-3 }, M: { eta0: 1e-3 } },
  'bio-cca': { Wx: { eta0: 1e-4 }, Wy: { eta0: 1e-4 }, M: { eta0: 1e-3 } },
  'adaptive-soft': { W: { eta0: 1 }, M: { eta0: 1 } },
};

/** Normal numbers, of which the two views have the first few in common; rows of a store, so that making them costs little. */
function* views(count: number, second: number) {
  const random = new RandomStream(1, 'stream');
  const stored = Array.from({ length: 1000 }, () => {
    const shared = Array.from({ length: hidden }, () => 2 * random.normal());
    const view = (length: number) => Float32Array.from({ length }, (_, i) => random.normal() + (shared[i] ?? 0));
    return { x: view(inputs), y: second > 0 ? view(second) : [] };
  });
  for (let t = 0; t < count; t++) yield stored[Math.floor(1000 * random.uniform())]!;
}

for (const rule of asked.length > 1 ? asked.slice(1) : Object.keys(rates)) {
  const second = rule === 'bio-cca' ? labels : 0;
  const network = await createNetwork({ rule, inputs, labels: second, hidden, rates: rates[rule]!, seed: 1 });
  console.log(`${rule}\n   samples   resident   JavaScript`);
  for (let tenth = 1; tenth <= 10; tenth++) {
    await learnStream(network, views(samples / 10, second));
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const [resident, heap] = [rss, heapUsed].map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`.padStart(10));
    console.log(`${((tenth * samples) / 10).toLocaleString('en').padStart(10)} ${resident}   ${heap}`);
  }
  network.dispose();
}
