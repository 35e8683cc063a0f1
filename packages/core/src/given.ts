import { InputError, written } from './errors.ts';

// What callers hand over in place of an array of numbers, or of the bytes of a file: it is named for what it is, with what to do.

/**
 * Refuses what is no flat array of numbers. Only the first number is looked at.
 * @throws InputError that names what was given in its place
 */
export function checkNumbersGiven(name: string, values: unknown): asserts values is ArrayLike<number> {
  if (values === null || typeof values !== 'object') {
    throw new InputError(`${name} is ${written(values)}, not an array of numbers`);
  }
  if (isBuffer(values)) {
    throw new InputError(`${name} is an ${nameOf(values)}: give its numbers, such as new Float32Array(${name})`);
  }
  if (!('length' in values) || typeof values.length !== 'number') {
    const instead = 'data' in values ? `give its numbers, ${name}.data` : 'give an array of numbers';
    throw new InputError(`${name} is ${article(nameOf(values))}: ${instead}`);
  }
  const first = (values as ArrayLike<unknown>)[0];
  if (values.length > 0 && typeof first !== 'number') throw new InputError(`${name} ${notNumbers(name, first)}`);
}

/** What to say of an array in which this stands in place of a number. */
export function notNumbers(name: string, value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `holds BigInts, as int64 is read; give numbers: Array.from(${name}, Number)`;
    case 'string':
      return `holds texts, such as ${JSON.stringify(value)}; give numbers`;
    case 'boolean':
      return `holds ${value}; give numbers: Array.from(${name}, Number)`;
    case 'object':
      if (value !== null && 'length' in value) {
        return `holds rows in rows; give all numbers in one array, row after row: ${name}.flatMap((row) => [...row])`;
      }
  }
  return `holds ${written(value)} where a number is needed`;
}

/**
 * The bytes of a file, given as an array of bytes or as an ArrayBuffer; not copied.
 * @throws InputError that names what was given in their place
 */
export function bytesGiven(bytes: unknown, source: string): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  if (isBuffer(bytes)) return new Uint8Array(bytes);
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = typeof bytes === 'object' && bytes !== null ? article(nameOf(bytes)) : `a ${typeof bytes}`;
  throw new InputError(`${source}: the bytes of the file are needed, a Uint8Array or an ArrayBuffer, not ${found}`);
}

function isBuffer(value: unknown): value is ArrayBuffer | SharedArrayBuffer {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]';
}

function nameOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function article(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
