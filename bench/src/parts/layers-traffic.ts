import type { LayersShape } from '../layers/shapes.ts';
import type { Traffic } from './traffic.ts';

/** Numbers are float32. */
const numberBytes = 4;

/** What is done with a matrix for one sample, in passes over it; a pass of change is one of loads and one of stores. */
interface Passes {
  /** Numbers of the matrix that are needed. */
  readonly size: number;
  /** Times that it multiplies a vector. */
  readonly drives: number;
  /** Passes of loads, at least: what is multiplied in one moment, or changed and then multiplied, is one pass. */
  readonly loads: number;
  readonly learns: boolean;
}

/**
 * Counts the loads, stores and operations of a sample of a network of layers. Weights are loaded once for every time that they must be known anew,
 * and stored once, a batch; what goes over signals is not counted. Weights of inputs that are zero are not needed.
 *
 * @param inputs how many inputs are not zero, on average
 */
export function layersTrafficOf(
  { rule, sizes, batch, steps = 0 }: Pick<LayersShape, 'rule' | 'sizes' | 'batch' | 'steps'>,
  inputs: number,
): Traffic {
  const [stimulus, ...cells] = sizes as [number, ...number[]];
  const labels = cells.at(-1)!;
  const hidden = cells.slice(0, -1);
  const [before, layers] = [[inputs, ...hidden], rule === 'deep-bmvr' ? hidden : cells];
  const passes = layers.flatMap((size, l): Passes[] => {
    const W = { size: before[l]! * size, learns: true };
    const first = { ...W, drives: 1, loads: 1 };
    if (rule === 'feedback-alignment') {
      // What is driven and then changed is one pass, as a sample's change and the next one's drive are; B is fixed.
      return l === 0 ? [first] : [first, { ...W, learns: false, drives: 1, loads: 1 }];
    }
    if (rule === 'deep-bmvr') {
      const lateral = { size: size * size, drives: 2, loads: 2, learns: true };
      const taught = { size: size * labels, drives: 1, loads: 1, learns: true };
      return [first, lateral, taught, ...(l === 0 ? [] : [{ ...W, drives: 1, loads: 1 }])];
    }
    if (l === 0) return [first];
    if (rule === 'predictive-coding') return [{ ...W, drives: 2 * steps + 1, loads: 2 * steps + 1 }];
    return [{ ...W, drives: 2, loads: 2 }];
  });
  const total = (of: (pass: Passes) => number) => passes.reduce((sum, pass) => sum + of(pass), 0);
  return {
    loads: stimulus + (numberBytes * total(({ size, loads }) => size * loads)) / batch,
    stores: (numberBytes * total(({ size, learns }) => (learns ? size : 0))) / batch,
    operations: 2 * total(({ size, drives, learns }) => size * (drives + (learns ? 1 : 0))),
    weights: numberBytes * total(({ size }) => size),
  };
}
