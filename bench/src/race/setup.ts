import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Samples } from '@apical/core';
import type { Problem } from './problem.ts';

// A problem as a folder that a program in any language can read: setup.txt has lines of a name and a value; arrays are raw
// little-endian files, row-major, whose extension is the type of their numbers. Weights are called as apical calls them:
// W1 is k × m, W2 n × k, Q k × k, and zbar, of units with a running mean, k. What was learned is written into a folder of the implementation's name, in float64.

/** What a child process knows of a problem. */
export interface Setup {
  readonly folder: string;
  readonly values: Readonly<Record<string, string>>;
}

export function writeSetup(folder: string, { settings, samples, order, weights }: Problem): void {
  const values = {
    ...settings,
    ...{ samples: samples.count, m: samples.inputs, n: samples.labels },
    ...{ scale: samples.scale, offset: samples.offset },
  };
  mkdirSync(folder, { recursive: true });
  const write = (name: string, data: string | NodeJS.ArrayBufferView) => writeFileSync(path.join(folder, name), data);
  write(
    'setup.txt',
    Object.entries(values)
      .map((line) => `${line.join(' ')}\n`)
      .join(''),
  );
  if (samples.raw instanceof Uint8Array) write('pixels.u8', samples.raw);
  if (samples.classes) write('classes.u8', samples.classes);
  write('targets.f32', samples.targets);
  write('inputs.f32', inputsOf(samples));
  write('labels.f32', labelsOf(samples));
  write('order.u32', order);
  for (const [name, { data }] of Object.entries(weights)) write(`${name}.f32`, data);
}

export function readSetup(folder: string): Setup {
  const lines = readFileSync(path.join(folder, 'setup.txt'), 'utf8').trimEnd().split('\n');
  return { folder, values: Object.fromEntries(lines.map((line) => line.split(' '))) };
}

/** A setting that is a number. */
export function numberOf({ values }: Setup, name: string): number {
  return Number(values[name]);
}

export function readBytes({ folder }: Setup, name: string): Uint8Array {
  return Uint8Array.from(readFileSync(path.join(folder, name)));
}

export function readFloats({ folder }: Setup, name: string): Float32Array {
  const { buffer, byteOffset, byteLength } = readFileSync(path.join(folder, name));
  return new Float32Array(buffer, byteOffset, byteLength / Float32Array.BYTES_PER_ELEMENT);
}

/** What an implementation learned, by the names of `Problem.weights`. */
export function readLearned(folder: string, implementation: string, names: string[]): Record<string, Float64Array> {
  const setup = { folder: path.join(folder, implementation), values: {} };
  return Object.fromEntries(names.map((name) => [name, new Float64Array(readBytes(setup, `${name}.f64`).buffer)]));
}

export function writeLearned(
  { folder }: Setup,
  implementation: string,
  weights: Record<string, ArrayLike<number>>,
): void {
  const output = path.join(folder, implementation);
  mkdirSync(output, { recursive: true });
  for (const [name, values] of Object.entries(weights)) {
    writeFileSync(path.join(output, `${name}.f64`), Float64Array.from(values));
  }
}

function inputsOf({ raw, scale, offset }: Samples): Float32Array {
  if (typeof scale !== 'number') throw new TypeError('images of a scale of their own are not measured');
  const inputs = new Float32Array(raw.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = scale * raw[i]! + offset;
  return inputs;
}

function labelsOf({ classes, targets, labels }: Samples): Float32Array {
  if (!classes) return targets;
  const rows = new Float32Array(classes.length * labels);
  classes.forEach((c, i) => {
    rows.set(targets.subarray(c * labels, (c + 1) * labels), i * labels);
  });
  return rows;
}
