import type { Problem } from './problem.ts';

/** The problem with those of its samples only that are among the first so many of its order: what nobody learns need not be read by everybody. */
export function learnedOnly(problem: Problem, count: number): Problem {
  const { samples, order } = problem;
  if (count >= order.length) return problem;
  const learned = order.subarray(0, count);
  const kept = learned.toSorted();
  const places = new Map(Array.from(kept, (number, place) => [number, place]));
  const { inputs, labels, raw, classes, targets } = samples;
  return {
    ...problem,
    samples: {
      ...{ ...samples, count, raw: rowsOf(raw, inputs, kept) },
      ...(classes ? { classes: rowsOf(classes, 1, kept) } : { targets: rowsOf(targets, labels, kept) }),
    },
    order: learned.map((number) => places.get(number)!),
  };
}

function rowsOf<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float32Array>(
  rows: Numbers,
  columns: number,
  kept: Uint32Array,
): Numbers {
  const part = rows.slice(0, kept.length * columns) as Numbers;
  kept.forEach((row, place) => {
    part.set(rows.subarray(row * columns, (row + 1) * columns), place * columns);
  });
  return part;
}
