import { InputError } from '@apical/core';
import { type ArrayRoom, type NumbersHeader, plainRoom } from './array-room.ts';
import type { KeptNumbers } from './half-numbers.ts';
import { lengthProblem } from './length.ts';
import { sizeOf } from './number-types.ts';

/** What the beginning of a file says of the numbers in it. */
export interface ArrayHeader extends NumbersHeader {
  /** Where they begin. */
  readonly offset: number;
}

/**
 * The numbers of a file that comes piece by piece. Their bytes are put where they stay.
 *
 * @param most how many bytes the file has at most
 * @param readHeader reads the header in the first piece
 * @param isExact whether nothing may follow the numbers
 * @param roomOf where they are put
 * @throws InputError where there are fewer bytes than the header says, or more where that is no matter of course
 */
export async function readArrayPieces<Header extends ArrayHeader>(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  most: number,
  readHeader: (start: Uint8Array) => Header,
  isExact = false,
  roomOf: (header: Header) => ArrayRoom = (header) => plainRoom(header, source),
): Promise<{ readonly header: Header; readonly data: KeptNumbers }> {
  let begun: { header: Header; room: ArrayRoom; end: number } | undefined;
  let at = 0;
  const begin = (piece: Uint8Array) => {
    const header = readHeader(piece);
    const end = header.offset + sizeOf(header.type) * header.count;
    // Not told from the pieces: a header of a few bytes could ask for all memory.
    if (!(end <= most)) throw new InputError(`${source}: ${lengthProblem(end, most)}`);
    return { header, room: roomOf(header), end };
  };
  for await (const piece of pieces) {
    begun ??= begin(piece);
    const { header, room, end } = begun;
    const [from, to] = [Math.max(header.offset, at), Math.min(end, at + piece.length)];
    if (from < to) room.put(piece.subarray(from - at, to - at), from - header.offset);
    at += piece.length;
  }
  const { header, room, end } = begun ?? begin(new Uint8Array());
  if (at < end || (isExact && at > end)) throw new InputError(`${source}: ${lengthProblem(end, at)}`);
  return { header, data: room.numbers() };
}
