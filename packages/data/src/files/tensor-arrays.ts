import type { FileHandle } from 'node:fs/promises';
import { decodeText, InputError, parseJson } from '@apical/core';
import { readArrayPieces } from '../formats/array-pieces.ts';
import { type ArrayRoom, halfRoom, type NumbersHeader, plainRoom } from '../formats/array-room.ts';
import type { NumberType } from '../formats/number-types.ts';
import { lengthOf } from '../formats/numeric-array.ts';
import type { ArchiveArrays } from './archive-arrays.ts';
import { partsOf } from './file-parts.ts';
import { rangePieces } from './file-pieces.ts';

/** The types that can be read. That of bfloat16 is of its bits. */
const types: Readonly<Record<string, { readonly type: NumberType; readonly room: typeof plainRoom }>> = {
  ...{ F64: plain('f8'), F32: plain('f4'), F16: plain('f2'), BF16: { type: 'u2', room: brainRoom } },
  ...{ I64: plain('i8'), I32: plain('i4'), I16: plain('i2'), I8: plain('i1'), BOOL: plain('b1') },
  ...{ U64: plain('u8'), U32: plain('u4'), U16: plain('u2'), U8: plain('u1') },
};

/** The format's own bound. */
const mostHeaderBytes = 100_000_000;
const lengthBytes = 8;

/**
 * The tensors of a safetensors file (https://github.com/huggingface/safetensors) as arrays of any rank: each is read when it is asked for, piece by
 * piece. Those of other types, such as F8_E4M3, are no matter to who does not ask for them.
 *
 * @throws InputError for a file that is not sound: tensors must fill the data without gaps and overlaps; and, of one that is asked for, for
 *   another type
 */
export async function tensorArrays(file: FileHandle, source: string): Promise<ArchiveArrays> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new InputError(`${source}: not a sound safetensors file: ${why}`, { cause });
  };
  const parts = await partsOf(file);
  if (parts.byteLength < lengthBytes) refuse('it is too short');
  const length = Number(new DataView(await parts.slice(0, lengthBytes)).getBigUint64(0, true));
  const data = lengthBytes + length;
  if (!(length <= mostHeaderBytes && data <= parts.byteLength)) refuse('its header is cut, or none');
  let header: unknown;
  try {
    header = parseJson(decodeText(new Uint8Array(await parts.slice(lengthBytes, data)), 'its header'), 'its header');
  } catch (error) {
    refuse((error as Error).message, error);
  }
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header ?? {})) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof dtype !== 'string' || !isList(shape) || !isList(offsets) || offsets.length !== 2)
      return refuse(`${name} is not described as a tensor is`);
    const [start, end] = offsets as [number, number];
    tensors.set(name, { dtype, shape, start, end });
  }
  let next = 0;
  for (const [name, { start, end }] of [...tensors].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (start !== next || end < start) refuse(`${name} starts at byte ${start} of the data, not at ${next}`);
    next = end;
  }
  if (data + next !== parts.byteLength) refuse(`its tensors take ${next} bytes of ${parts.byteLength - data}`);
  return {
    names: [...tensors.keys()],
    read: async (name) => {
      const { dtype, shape, start, end } = tensors.get(name)!;
      const known = types[dtype];
      if (!known) {
        throw new InputError(`${source}: ${name} is of type ${dtype}; ${Object.keys(types).join(', ')} can be read`);
      }
      const numbers = { type: known.type, bigEndian: false, count: lengthOf(shape), offset: 0 };
      const pieces = rangePieces(file, data + start, end - start);
      const of = `${source}: ${name}`;
      const read = await readArrayPieces(
        pieces,
        of,
        end - start,
        () => numbers,
        true,
        () => known.room(numbers, of),
      );
      return { shape, data: read.data };
    },
  };
}

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where it lies in the data. */
  readonly start: number;
  readonly end: number;
}

function plain(type: NumberType) {
  return { type, room: plainRoom };
}

/** Room for numbers of bfloat16, of which these are the bits. */
function brainRoom(bits: NumbersHeader, source: string): ArrayRoom {
  return halfRoom(plainRoom(bits, source), 'bfloat16');
}

function isList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && each >= 0);
}
