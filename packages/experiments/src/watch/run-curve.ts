import { join } from 'node:path';
import type { RunConfig } from '../config/run-config.ts';
import { readingsOf } from '../runs/group.ts';
import { parseEvaluation } from '../runs/read-record.ts';
import { runFiles } from '../runs/run-files.ts';
import type { Enclosure } from './enclosure.ts';
import { readConfig } from './read-run.ts';

/** How much is read at once: taking its lines apart takes milliseconds. */
const pieceBytes = 1 << 18;
/** How much of a file is read, and how many points are given at most. */
const most = { bytes: 1 << 24, lineBytes: 1 << 20, points: 2000 };

/** What was measured along a run so far. */
export interface RunCurve {
  /** Absent where it is damaged. */
  readonly config?: RunConfig;
  /** Whether it started from weights that were given to it, and not from its config's. */
  readonly isStarted: boolean;
  /** By name: `objective`, `accuracy.…`, what probes read. Where there are very many, only every so manieth; the last always. */
  readonly points: readonly { readonly samples: number; readonly readings: Readonly<Record<string, number>> }[];
  /** Whether there is more in the file than is read of it. */
  readonly isCut: boolean;
  /** What is wrong with the files that it is read from, in words. */
  readonly problems: readonly string[];
}

/** Reads the evaluations of a run that is or is not being done: every whole line, up to the first that is damaged. */
export async function readRunCurve(enclosure: Enclosure, directory: string): Promise<RunCurve> {
  const { recorded, problems: configProblems } = await readConfig(enclosure, directory);
  const points: RunCurve['points'][number][] = [];
  const problems = [...configProblems];
  const isCut = await enclosure.withFile(join(directory, runFiles.metrics), async (read, size) => {
    let rest = '';
    for (let position = 0; position < Math.min(size, most.bytes); position += pieceBytes) {
      const lines = (rest + (await read(position, pieceBytes)).toString('latin1')).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        const evaluation = parseEvaluation(Buffer.from(line, 'latin1').toString('utf8')).value;
        if (evaluation === undefined) {
          problems.push(damagedLine(points.length + 1));
          return false;
        }
        points.push({ samples: evaluation.samples, readings: readingsOf(evaluation) });
      }
      if (rest.length > most.lineBytes) {
        problems.push(damagedLine(points.length + 1));
        return false;
      }
    }
    return size > most.bytes;
  });
  return {
    ...(recorded && { config: recorded.config }),
    isStarted: recorded?.isStarted ?? false,
    points: thinned(points),
    isCut: isCut ?? false,
    problems,
  };
}

function damagedLine(line: number): string {
  if (line === 1) return `${runFiles.metrics} has no evaluation that can be read`;
  return `${runFiles.metrics}: line ${line} is no evaluation; it and what follows are not read`;
}

/** Every so manieth of them, and the last. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / most.points);
  return points.filter((_, i) => i === points.length - 1 || i % step === 0);
}
