import { expect, test } from 'vitest';
import { createNetwork, learnStream, RandomStream, type Rate } from '../src/index.ts';

// Six sensors hear a signal of standard deviation 2 along a direction, which turns by 90° at once; a second view of three hears it, too.

const before = [1, 1, 0, 0, 0, 0].map((each) => each / Math.SQRT2);
const after = [1, -1, 0, 0, 0, 0].map((each) => each / Math.SQRT2);

function* readings(direction: readonly number[], second: boolean, count: number, seed: number) {
  const random = new RandomStream(seed, 'sensors');
  for (let t = 0; t < count; t++) {
    const signal = 2 * random.normal();
    const x = direction.map((each) => each * signal + 0.5 * random.normal());
    const y = second ? [1, 0, 0].map((each) => each * signal + 0.5 * random.normal()) : [];
    yield { x, y };
  }
}

/** The angle between what the cell hears and a direction, in degrees; `samples` after the jump. */
async function angleAfter(rule: string, rates: Record<string, Rate>, samples: number): Promise<number> {
  const second = rule === 'bio-cca';
  const network = await createNetwork({ rule, inputs: 6, labels: second ? 3 : 0, hidden: 1, seed: 1, rates });
  await learnStream(network, readings(before, second, 20_000, 1));
  await learnStream(network, readings(after, second, samples, 2));
  const units = Array.from({ length: 36 }, (_, i) => Number(i % 7 === 0));
  const heard = [...network.transform(units)];
  const along = heard.reduce((sum, each, i) => sum + each * after[i]!, 0);
  return (180 / Math.PI) * Math.acos(Math.min(1, Math.abs(along) / Math.hypot(...heard)));
}

const alike = (rate: Rate) => ({ W: rate, M: rate });

test.each<[string, Record<string, Rate>, number, boolean]>([
  ['similarity-matching', alike({ eta0: 0.1 }), 100, true],
  ['similarity-matching', alike({ eta0: 0.01 }), 500, true],
  ['similarity-matching', alike({ eta0: 0.01 }), 50, false],
  ['similarity-matching', alike({ eta0: 0.1, t0: 100 }), 1000, false],
  ['adaptive-soft', alike({ eta0: 1 }), 5000, false],
  ['bio-cca', { Wx: { eta0: 0.01 }, Wy: { eta0: 0.01 }, M: { eta0: 0.01 } }, 2000, true],
])('%s with rates %o after %i samples has followed a jump of the covariance: %s', async (rule, rates, samples, has) => {
  const angle = await angleAfter(rule, rates, samples);
  if (has) expect(angle).toBeLessThan(15);
  else expect(angle).toBeGreaterThan(30);
});
