import { FailureError } from '@apical/core';

/** This process was asked to stop, by `stopSweep`: its runs have written checkpoints. */
export class SweepStopped extends FailureError {
  override name = 'SweepStopped';

  constructor(folder: string) {
    super(`${folder}: this process was asked to stop; its runs have written checkpoints`);
  }
}
