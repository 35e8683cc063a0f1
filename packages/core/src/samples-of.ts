import { checkOptions } from './check-options.ts';
import { checkSamples } from './check-samples.ts';
import { type ClassLabels, classTargets } from './class-labels.ts';
import { InputError } from './errors.ts';
import { checkNumbersGiven, notNumbers } from './given.ts';
import type { ClassNumbers, RawInputs, Samples } from './samples.ts';

/** What samples are made of: inputs, and labels of one kind, or none. */
export interface SampleArrays {
  /** T × m numbers, row-major. Bytes (Uint8Array) and float32 are taken as they are; others become float32. */
  readonly X: ArrayLike<number>;
  /** m, the numbers in one input. */
  readonly inputs: number;
  /** x = scale · X + offset, with one scale or T of them. Default 1. */
  readonly scale?: number | ArrayLike<number>;
  /** Default 0. */
  readonly offset?: number;
  /** Labels that are numbers: T × n, row-major. */
  readonly Y?: ArrayLike<number>;
  /** Labels that are classes: T class numbers. */
  readonly classes?: ArrayLike<number>;
  /**
   * n, the numbers in one label. Default: of Y, as many as it has a sample; of classes, as many as there are up to the largest
   * number.
   */
  readonly labels?: number;
  /** The label that a class stands for: one number a class, or rows of n numbers, one a class. Default `one-hot-centred`. */
  readonly classLabels?: ClassLabels | ArrayLike<number>;
}

/** The names of all arrays, so that the compiler tells where one is missing here. */
const arrayNames: Readonly<Record<keyof SampleArrays, true>> = {
  X: true,
  inputs: true,
  scale: true,
  offset: true,
  Y: true,
  classes: true,
  labels: true,
  classLabels: true,
};

/** One number a class: n classes take n² numbers, which for more of them would fill the memory. */
const mostClasses = 2 ** 14;

/**
 * Samples of arrays: x_t = scale · X_t + offset, with the label Y_t, that of class `classes[t]`, or none. Arrays that are of a
 * kind in which samples are kept are not copied, and must not be changed afterwards.
 *
 * @throws InputError for lengths that do not fit, numbers that are not finite, with the sample, and classes that are no whole
 *   numbers or have no label
 */
export function samplesOf(arrays: SampleArrays): Samples {
  checkOptions('samplesOf', arrays, Object.keys(arrayNames));
  const { X, inputs, scale = 1, offset = 0 } = arrays;
  checkNumbersGiven('X', X);
  const count = X.length / inputs;
  if (!Number.isInteger(count)) {
    throw new InputError(`X has ${X.length} numbers, which is no whole number of inputs of ${inputs}`);
  }
  const samples = {
    count,
    inputs,
    raw: rawInputs(X),
    scale: typeof scale === 'number' ? scale : Float64Array.from(scale),
    offset,
    ...labelled(arrays, count),
  };
  checkSamples(samples);
  return samples;
}

function labelled(arrays: SampleArrays, count: number): Pick<Samples, 'labels' | 'targets' | 'classes'> {
  const { Y, classes, labels, classLabels = 'one-hot-centred' } = arrays;
  if (Y && classes) throw new InputError('give Y or classes, not both: what a class stands for is classLabels');
  if (Y) {
    checkNumbersGiven('Y', Y);
    const columns = labels ?? Y.length / Math.max(count, 1);
    checkLength('Y', Y, count, columns);
    return { labels: columns, targets: float32('Y', Y) };
  }
  if (!classes) {
    if (labels) throw new InputError(`labels is ${labels}, but there are neither Y nor classes`);
    return { labels: 0, targets: new Float32Array() };
  }
  checkNumbersGiven('classes', classes);
  checkLength('classes', classes, count, 1);
  const numbers = classNumbers(classes);
  if (typeof classLabels === 'string') {
    const n = labels ?? largest(numbers) + 1;
    if (n > mostClasses) {
      throw new InputError(`${n} classes are too many for one number a class; give their labels as classLabels`);
    }
    return { labels: n, targets: classTargets(n, classLabels), classes: numbers };
  }
  if (!labels || classLabels.length % labels !== 0) {
    throw new InputError(`classLabels has ${classLabels.length} numbers: say by labels how many are one class's label`);
  }
  return { labels, targets: float32('classLabels', classLabels), classes: numbers };
}

function checkLength(name: string, values: ArrayLike<number>, count: number, columns: number): void {
  if (values.length === count * columns && Number.isInteger(columns)) return;
  const each = Number.isInteger(columns) ? columns : 'the same number';
  throw new InputError(`${name} has ${values.length} numbers; ${count} samples need ${each} each`);
}

function rawInputs(X: ArrayLike<number>): RawInputs {
  return X instanceof Uint8Array ? X : float32('X', X);
}

function float32(name: string, values: ArrayLike<number>): Float32Array {
  if (values instanceof Float32Array) return values;
  const floats = Float32Array.from(values);
  for (let i = 0; i < floats.length; i++) {
    if (Number.isFinite(floats[i])) continue;
    const value = values[i]!;
    if (typeof value !== 'number') throw new InputError(`${name} ${notNumbers(name, value)}`);
    if (Number.isFinite(value)) {
      throw new InputError(`${name} has ${value} at place ${i}: float32 holds numbers up to 3.4e38`);
    }
  }
  return floats;
}

/** In the smallest kind of array that holds them. */
function classNumbers(classes: ArrayLike<number>): ClassNumbers {
  if (classes instanceof Uint8Array || classes instanceof Uint16Array || classes instanceof Uint32Array) return classes;
  for (let t = 0; t < classes.length; t++) {
    const c = classes[t]!;
    if (Number.isInteger(c) && c >= 0 && c < 2 ** 32) continue;
    throw new InputError(`sample ${t} is of class ${c}; classes are whole numbers from 0 on`);
  }
  const most = largest(classes);
  if (most < 2 ** 8) return Uint8Array.from(classes);
  return most < 2 ** 16 ? Uint16Array.from(classes) : Uint32Array.from(classes);
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}
