import { InputError } from './errors.ts';
import { type ClassNumbers, descriptionOf, type Samples } from './samples.ts';

/**
 * Refuses a data set that has less than it says, a class without a target row, and numbers that are not
 * finite. @throws InputError that says which, and of which sample
 */
export function checkSamples(samples: Samples): void {
  checkCounts(samples);
  const { count, inputs, labels, raw, scale, offset, classes, targets } = samples;
  checkLength('raw', raw, count, inputs);
  if (typeof scale !== 'number') checkLength('scale', scale, count, 1);
  checkNumbers('scale', typeof scale === 'number' ? [scale] : scale, typeof scale === 'number' ? 1 : count, 1);
  checkNumbers('offset', [offset], 1, 1);
  // What is described was looked at before that.
  if (raw instanceof Float32Array && !descriptionOf(samples)) checkNumbers('raw', raw, count, inputs);
  if (classes) {
    checkLength('classes', classes, count, 1);
    checkRows(samples, classes);
  } else {
    checkLength('targets', targets, count, labels);
    checkNumbers('targets', targets, count, labels);
  }
}

/** Refuses samples that do not fit a network; those without labels fit where only inputs are read, all where the network reads no labels. @throws InputError */
export function checkShape(
  samples: Pick<Samples, 'inputs' | 'labels'>,
  network: { readonly inputs: number; readonly labels: number },
  reads: 'inputs' | 'labels',
): void {
  const unlabelled = network.labels === 0 || (reads === 'inputs' && samples.labels === 0);
  if (samples.inputs === network.inputs && (samples.labels === network.labels || unlabelled)) return;
  throw new InputError(
    `the samples have ${samples.inputs} inputs and ${samples.labels || 'no'} labels, the network ${network.inputs} and ${network.labels}`,
  );
}

/** Refuses samples without labels; `what` needs them. @throws InputError */
export function checkLabelled({ labels }: Pick<Samples, 'labels'>, what: string): void {
  if (labels > 0) return;
  throw new InputError(`${what} needs labels, and these samples have none: give them classes or targets`);
}

/** The T class numbers of samples; `what` needs them. @throws InputError where there are none */
export function classesOf({ count, labels, classes }: Samples, what: string): ClassNumbers {
  if (classes) return classes.subarray(0, count);
  const instead = labels > 0 ? 'labels that are numbers' : 'no labels';
  throw new InputError(`${what} needs samples.classes, and these samples have ${instead}`);
}

function checkCounts({ count, inputs, labels, classes }: Samples): void {
  for (const [name, value, least] of [
    ['count', count, 0],
    ['inputs', inputs, 1],
    ['labels', labels, 0],
  ] as const) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new InputError(`samples.${name} must be a whole number, ${least} or more, not ${value}`);
  }
  if (labels === 0 && classes) {
    throw new InputError('samples.labels is 0, but there are samples.classes: say by targets what they stand for');
  }
}

function checkLength(name: keyof Samples, values: ArrayLike<number>, count: number, columns: number): void {
  if (values.length >= count * columns) return;
  throw new InputError(`samples.${name} has ${values.length} numbers; ${count} samples need ${count * columns}`);
}

/** Refuses a class that has no target row, and target rows that are not finite. */
function checkRows({ count, labels, targets }: Samples, classes: ClassNumbers): void {
  const rows = Math.floor(targets.length / labels);
  // By index: in shared memory, going through the values one after the other takes ten times as long.
  for (let t = 0; t < count; t++) {
    if (classes[t]! < rows) continue;
    throw new InputError(`sample ${t} is of class ${classes[t]}; samples.targets has the labels of ${rows} classes`);
  }
  checkNumbers('targets', targets, rows, labels, 'in the label of class');
}

function checkNumbers(
  name: keyof Samples,
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  row = 'at sample',
): void {
  for (let at = 0, end = rows * columns; at < end; at++) {
    if (Number.isFinite(values[at])) continue;
    const where = columns === 1 && rows === 1 ? '' : ` ${row} ${Math.floor(at / columns)}`;
    throw new InputError(`samples.${name} has ${values[at]}${where}; every number must be finite`);
  }
}
