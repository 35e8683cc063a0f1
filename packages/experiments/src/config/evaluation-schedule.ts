/**
 * After how many samples to evaluate a run: points that are even on a logarithmic axis from 2 samples to the last,
 * `floor(logspace(log10 2, log10 samples, points))`. Short runs have fewer points, each once. The default is what Figure 3
 * of Golkar et al. 2020 has.
 */
export function evaluationSchedule(samples: number, points = 11): number[] {
  const first = Math.min(2, samples);
  const schedule = new Set<number>();
  for (let i = 0; i < points - 1; i++) {
    // The margin keeps rounding from taking a whole number for the one below it.
    schedule.add(Math.floor(first * (samples / first) ** (i / (points - 1)) * (1 + 1e-12)));
  }
  return [...schedule.add(samples)];
}
