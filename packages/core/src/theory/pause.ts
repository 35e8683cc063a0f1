import { letOthersRun } from '../event-loop.ts';

/** Lets whatever else waits for this thread run, so that an abort can arrive; throws the abort's reason if it has. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return;
  await letOthersRun();
  signal.throwIfAborted();
}
