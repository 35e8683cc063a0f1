import type { Panel } from '../figures/figure.ts';
import type { Recorded } from '../runs/recorder.ts';

/** In steps: how long the first bout of a stimulus lasts. */
const firstBout = 15;

/** Of stimuli one after the other: spikes of lower cells in the first bout and after it, in a stimulus; and the correlation of the two over cells. */
export function boutsOf(recorded: Recorded, stimulus: number) {
  const { shape, data } = recorded['signal.x']!;
  const [steps, cells] = shape as [number, number];
  const stimuli = steps / stimulus;
  let [firstAll, lateAll, correlations] = [0, 0, 0];
  for (let s = 0; s < stimuli; s++) {
    const [first, late] = [new Float64Array(cells), new Float64Array(cells)];
    for (let t = 0; t < stimulus; t++) {
      const counts = t < firstBout ? first : late;
      for (let cell = 0; cell < cells; cell++) counts[cell]! += data[(s * stimulus + t) * cells + cell]!;
    }
    firstAll += first.reduce((a, b) => a + b);
    lateAll += late.reduce((a, b) => a + b);
    correlations += correlation(first, late);
  }
  return { first: firstAll / stimuli, late: lateAll / stimuli, correlation: correlations / stimuli };
}

/** Pearson's; 0 where one of them does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** Rasters of lower and upper cells over the last so many stimuli, the first bouts in grey. */
export function boutsPanels(recorded: Recorded, stimulus: number, last: number): Panel[] {
  const time = recorded.time!.data;
  const from = time.length - last * stimulus;
  const dt = time[1]! - time[0]!;
  const start = time[from]! - dt;
  const bouts = Array.from({ length: last }, (_, i) => ({
    kind: 'span' as const,
    from: i * stimulus * dt,
    until: (i * stimulus + firstBout) * dt,
  }));
  return [
    ['y', 'upper cell'],
    ['x', 'lower cell'],
  ].map(([name, label], i) => {
    const { shape, data } = recorded[`signal.${name}`]!;
    const cells = shape[1]!;
    const spikes = Array.from(data.subarray(from * cells), (value, at) => ({ value, at })).filter(
      ({ value }) => value === 1,
    );
    return {
      ...{ wide: true, above: i === 0, height: 20 + 5 * cells },
      x: { label: 'time, ms', domain: [0, last * stimulus * dt] as const },
      y: { label: label!, domain: [-0.5, cells - 0.5] as const },
      layers: [
        ...bouts,
        {
          kind: 'spikes' as const,
          x: spikes.map(({ at }) => time[from + Math.floor(at / cells)]! - start),
          y: spikes.map(({ at }) => at % cells),
        },
      ],
    };
  });
}
