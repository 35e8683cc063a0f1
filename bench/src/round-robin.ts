/**
 * Measures every subject once a round, each round beginning with another, so that what disturbs the machine for a while
 * disturbs all of them.
 *
 * @param measure seconds for a subject
 * @returns the measurements of each subject, in the order of the rounds
 */
export async function roundRobin<Subject>(
  subjects: readonly Subject[],
  rounds: number,
  measure: (subject: Subject, round: number) => number | Promise<number>,
): Promise<number[][]> {
  const measured: number[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (round + turn) % subjects.length;
      measured[index]!.push(await measure(subjects[index]!, round));
    }
  }
  return measured;
}

/** Seconds that something takes. */
export function secondsOf(action: () => void): number {
  const start = performance.now();
  action();
  return (performance.now() - start) / 1000;
}
