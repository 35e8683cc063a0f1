import { numberOf, readBytes, readFloats, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';
import type { Numbers } from './matrices.ts';
import { type PlainNetwork, plainBackprop, plainBmvr } from './plain.ts';

/** Plain JavaScript on float32 arrays. */
export function plainLearner(setup: Setup): Learner {
  const { m, n } = sizes(setup);
  const [inputs, labels] = [readFloats(setup, 'inputs.f32'), readFloats(setup, 'labels.f32')];
  const network = plainNetwork(setup, (numbers) => numbers);
  return {
    learn(numbers) {
      for (const t of numbers) network.learn(inputs.subarray(t * m, (t + 1) * m), labels.subarray(t * n, (t + 1) * n));
    },
    weights: () => network.weights(),
  };
}

/** The same in float64, inputs included: what the others are compared with. */
export function referenceLearner(setup: Setup): Learner {
  const { m, n } = sizes(setup);
  const [pixels, labels] = [readBytes(setup, 'pixels.u8'), Float64Array.from(readFloats(setup, 'labels.f32'))];
  const [scale, offset] = [numberOf(setup, 'scale'), numberOf(setup, 'offset')];
  const network = plainNetwork(setup, (numbers) => Float64Array.from(numbers));
  const x = new Float64Array(m);
  return {
    learn(numbers) {
      for (const t of numbers) {
        for (let j = 0; j < m; j++) x[j] = scale * pixels[t * m + j]! + offset;
        network.learn(x, labels.subarray(t * n, (t + 1) * n));
      }
    },
    weights: () => network.weights(),
  };
}

function plainNetwork(setup: Setup, as: (numbers: Float32Array) => Numbers): PlainNetwork {
  const { k, n } = sizes(setup);
  const bmvr = setup.values.rule === 'bmvr';
  const weights = (name: string) => as(readFloats(setup, `${name}.f32`));
  const meanRate = numberOf(setup, 'meanRate');
  const rate = (name: string) => numberOf(setup, `rate${name}`);
  return (bmvr ? plainBmvr : plainBackprop)(k, n, {
    rates: { W1: rate('W1'), W2: rate('W2'), Q: rate('Q') },
    ridge: numberOf(setup, 'ridge'),
    meanRate,
    weights: {
      W1: weights('W1'),
      W2: weights('W2'),
      ...(bmvr && { Q: weights('Q') }),
      ...(meanRate > 0 && { zbar: weights('zbar') }),
    },
  });
}

function sizes(setup: Setup) {
  return { m: numberOf(setup, 'm'), k: numberOf(setup, 'k'), n: numberOf(setup, 'n') };
}
