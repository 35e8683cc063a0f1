import { type IndexedRun, parseIndexLine } from '../studies/store/run-index.ts';
import type { Enclosure } from './enclosure.ts';

/** How much is read at once, unless a line is longer. Taking its lines apart takes milliseconds. */
const pieceBytes = 1 << 18;
/** A longer line is none of ours. */
const mostLineBytes = 1 << 22;

/**
 * Reads the whole lines that a file of a study's index has beyond a position, piece by piece; a line that is damaged is left out.
 *
 * @returns the position of what follows them
 */
export async function readIndexLines(
  enclosure: Enclosure,
  path: string,
  from: number,
  use: (run: IndexedRun) => void,
): Promise<number> {
  const reached = await enclosure.withFile(path, async (read) => {
    let position = from;
    let length = pieceBytes;
    for (;;) {
      const piece = await read(position, length);
      const end = piece.lastIndexOf(10) + 1;
      for (const line of piece.toString('utf8', 0, end).split('\n')) {
        const run = parseIndexLine(line);
        if (run) use(run);
      }
      position += end;
      if (piece.length < length) return position;
      if (end === 0 && length >= mostLineBytes) position += length;
      length = end === 0 ? 2 * length : pieceBytes;
    }
  });
  return reached ?? from;
}
