import { allOperations, type Trace } from '../../circuit/trace.ts';
import type { DivergedState } from '../../errors.ts';
import type { Source } from '../sources.ts';
import { NotFinite } from './changes.ts';
import type { Program } from './program.ts';

/**
 * Runs what learns a batch until a state that settles is not finite: which it is, after how many steps, and in which sample of the
 * batch, from 0. Undefined where no state does that.
 */
export function divergedState(
  program: Program,
  trace: Trace,
  source: Source,
  first: number,
  count: number,
): DivergedState | undefined {
  const names = new Map(
    allOperations(trace).flatMap((each) => (each.kind === 'state' ? [[each.output, each.name] as const] : [])),
  );
  try {
    program.run(source, first, count, (states, steps) => {
      for (const id of states) {
        const { symbol, population } = trace.signals[id]!;
        const values = program.read(id, count);
        const at = values.findIndex((value) => !Number.isFinite(value));
        if (at === -1) continue;
        const sample = Math.floor(at / (values.length / count));
        throw new Found({ state: symbol ?? names.get(id) ?? '', population, steps, sample });
      }
    });
  } catch (error) {
    if (error instanceof Found) return error.state;
    if (!(error instanceof NotFinite)) throw error;
  }
  return undefined;
}

/** Ends the search. */
class Found extends Error {
  readonly state: DivergedState;

  constructor(state: DivergedState) {
    super();
    this.state = state;
  }
}
