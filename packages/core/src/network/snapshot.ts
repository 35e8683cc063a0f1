import { InputError } from '../errors.ts';
import { type NetworkOptions, settingsOf } from './options.ts';

// A snapshot is one line of JSON that says which network it is of, then the state's arrays, little-endian, one after the other.

/** The bytes of the state with the header of the network that they belong to. */
export function writeSnapshot(options: NetworkOptions, state: readonly ArrayBufferView[]): Uint8Array {
  const header = new TextEncoder().encode(headerOf(options));
  const bytes = new Uint8Array(header.length + lengthOf(state));
  bytes.set(header);
  let offset = header.length;
  for (const array of state) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += array.byteLength;
  }
  return bytes;
}

/** Writes the snapshot's arrays into the state. @throws InputError, the state unchanged, if it is not of such a network */
export function readSnapshot(snapshot: Uint8Array, options: NetworkOptions, state: readonly ArrayBufferView[]): void {
  const expected = headerOf(options);
  const end = snapshot.indexOf(10) + 1;
  const header = new TextDecoder().decode(snapshot.subarray(0, end));
  if (!header.startsWith('{"apicalSnapshot":')) throw new InputError('these bytes are not a snapshot of a network');
  if (header !== expected) {
    const changes = differing(settingsIn(header), settingsIn(expected));
    throw new InputError(`the snapshot is of another network: ${changes.join('; ') || 'its header is damaged'}`);
  }
  if (snapshot.length !== end + lengthOf(state)) {
    throw new InputError(`the snapshot has ${snapshot.length} bytes; ${end + lengthOf(state)} are needed: it was cut`);
  }
  let offset = end;
  for (const array of state) {
    const target = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    target.set(snapshot.subarray(offset, offset + array.byteLength));
    offset += array.byteLength;
  }
}

/** What the future depends on besides the state. */
function headerOf(options: NetworkOptions): string {
  return `${JSON.stringify({ apicalSnapshot: 2, ...settingsOf(options) })}\n`;
}

function settingsIn(header: string): unknown {
  try {
    return JSON.parse(header);
  } catch {
    return {};
  }
}

/** What two networks do not have in common: "rates.W1.eta0 is 0.01 there, and 0.02 here". */
function differing(there: unknown, here: unknown, path = ''): string[] {
  if (isObject(there) && isObject(here)) {
    const names = new Set([...Object.keys(here), ...Object.keys(there)]);
    return [...names].flatMap((name) => differing(there[name], here[name], path === '' ? name : `${path}.${name}`));
  }
  const [said, needed] = [there, here].map((value) => (value === undefined ? 'absent' : JSON.stringify(value)));
  return said === needed ? [] : [`${path} is ${said} there, and ${needed} here`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lengthOf(state: readonly ArrayBufferView[]): number {
  return state.reduce((total, array) => total + array.byteLength, 0);
}
