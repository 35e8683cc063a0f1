/** How many times Figure 3 of Golkar et al. 2020 evaluates a run. */
const points = 11;

/**
 * After how many samples Figure 3 of the paper evaluates a run of this length: `floor(logspace(log10 2, log10 samples, 11))`,
 * evenly spaced on a logarithmic axis from 2 samples to the last. Short runs have fewer points, each once.
 */
export function evaluationSchedule(samples: number): number[] {
  const start = Math.min(2, samples);
  const schedule = new Set<number>();
  for (let i = 0; i < points - 1; i++) {
    // The margin keeps rounding from taking a whole number for the one below it.
    schedule.add(Math.floor(start * (samples / start) ** (i / (points - 1)) * (1 + 1e-12)));
  }
  return [...schedule.add(samples)];
}
