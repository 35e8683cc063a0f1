import { InputError, written } from './errors.ts';

/**
 * The label that a class stands for. `one-hot`: 1 for the class, 0 elsewhere; `one-hot-centred`: minus the overall mean of
 * all entries, 1 / n.
 */
export type ClassLabels = 'one-hot' | 'one-hot-centred';

export const classLabelNames: readonly ClassLabels[] = ['one-hot', 'one-hot-centred'];

/** @throws InputError for an unknown way */
export function checkClassLabels(labels: ClassLabels): void {
  if (classLabelNames.includes(labels)) return;
  throw new InputError(`unknown labels ${written(labels)}: choose ${classLabelNames.join(' or ')}`);
}

/** The labels of n classes, n × n row-major: row c is the label of class c. @throws InputError for an unknown way */
export function classTargets(n: number, labels: ClassLabels): Float32Array {
  checkClassLabels(labels);
  const mean = labels === 'one-hot-centred' ? 1 / n : 0;
  const rows = new Float32Array(n * n).fill(0 - mean);
  for (let c = 0; c < n; c++) rows[c * n + c] = 1 - mean;
  return rows;
}

/** The labels of samples of these classes, T × n row-major. @throws InputError for a class that is none of 0 … n − 1 */
export function labelsOf(classes: ArrayLike<number>, n: number, labels: ClassLabels): Float32Array {
  checkClasses(classes, n);
  const targets = classTargets(n, labels);
  const Y = new Float32Array(classes.length * n);
  for (let t = 0; t < classes.length; t++) {
    const c = classes[t]!;
    Y.set(targets.subarray(c * n, (c + 1) * n), t * n);
  }
  return Y;
}

/** @throws InputError for a class that is none of 0 … n − 1 */
export function checkClasses(classes: ArrayLike<number>, n: number): void {
  for (let t = 0; t < classes.length; t++) {
    const c = classes[t]!;
    if (!(Number.isInteger(c) && c >= 0 && c < n)) {
      throw new InputError(`sample ${t} has class ${c}; with ${n} labels there are the classes 0 to ${n - 1}`);
    }
  }
}

/** The number of the largest entry of each row, the first of those that are equal: the class of an output. */
export function largestOfRows(values: Float32Array, columns: number): Uint32Array {
  return Uint32Array.from({ length: values.length / columns }, (_, row) => {
    const start = row * columns;
    let best = start;
    for (let i = start + 1; i < start + columns; i++) if (values[i]! > values[best]!) best = i;
    return best - start;
  });
}
