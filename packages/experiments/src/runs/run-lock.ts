import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError } from '@apical/core';
import {
  type Claim,
  Claims,
  type ClaimsOptions,
  claimFiles,
  defaultLeaseSeconds,
  type Holder,
} from '../claims/claims.ts';
import { makeFolder } from '../files/atomic-write.ts';
import { errorCode } from '../files/write-problem.ts';

/** The folder in that of a run by which processes keep out of each other's way. */
export const lockFolder = '.lock';

/** The one claim there is. */
const run = 'run';
const millisecondsBetweenLooks = 1000;

export interface RunLockOptions extends Partial<Pick<ClaimsOptions, 'leaseSeconds' | 'owner'>> {
  /** Ends the wait for a process of which it is not known whether it lives. */
  readonly signal?: AbortSignal | undefined;
  /** Told, in words, that there is such a wait. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/** The folder of a run is this process's, and no other's: a claim as those of a sweep (see `Claims`). */
export class RunLock {
  readonly #folder: string;
  readonly #claims: Claims;
  readonly #claim: Claim;

  private constructor(folder: string, claims: Claims, claim: Claim) {
    this.#folder = folder;
    this.#claims = claims;
    this.#claim = claim;
  }

  /**
   * Takes the folder of a run, which is made if need be. That of a process of this machine that does not run any more is taken
   * over at once; that of a process of which this cannot be known, when it has given no sign of life for the length of a lease.
   *
   * @throws FailureError where another process has it that lives, or the system refuses it; the signal's reason
   */
  static async take(folder: string, options: RunLockOptions = {}): Promise<RunLock> {
    const { leaseSeconds = defaultLeaseSeconds, owner, signal, onNote } = options;
    makeFolder(folder);
    const directory = join(folder, lockFolder);
    makeFolders(directory);
    const claims = new Claims(directory, { leaseSeconds, ...(owner && { owner }) });
    try {
      for (let looks = 0; ; looks++) {
        const { claim, holder } = attempt(directory, claims);
        if (claim) return new RunLock(folder, claims, claim);
        const who = holder?.owner ? `process ${holder.owner.pid} on ${holder.owner.host}` : 'another process';
        if (holder?.lives) {
          throw new FailureError(
            `${folder}: ${who} is at work on this run; wait for it, end it, or choose another folder`,
          );
        }
        if (looks === 1) onNote?.(`waits up to ${leaseSeconds} s for a sign of life of ${who}, which has this run`);
        await sleep(millisecondsBetweenLooks, undefined, { ...(signal && { signal }) }).catch(() => {});
        signal?.throwIfAborted();
      }
    } catch (error) {
      claims.close();
      tidy(directory);
      throw error;
    }
  }

  /**
   * To be called before the folder is written to: a process that was asleep for longer than the lease may have lost it.
   *
   * @throws FailureError if another process has taken the run over
   */
  check(): void {
    if (this.#claims.isHeld(this.#claim)) return;
    throw new FailureError(
      `${this.#folder}: another process took this run over, for this one had given no sign of life`,
    );
  }

  /** Gives the folder back, and leaves nothing in it. */
  async release(): Promise<void> {
    await this.#claims.clear(this.#claim);
    await this.#claims.clearEnded(() => true);
    this.#claims.close();
    tidy(join(this.#folder, lockFolder));
  }
}

function makeFolders(directory: string): void {
  for (const name of Object.values(claimFiles)) makeFolder(join(directory, name));
}

/** Claims the run unless another process has it, or tidied the folders away this instant. */
function attempt(directory: string, claims: Claims): { claim?: Claim | undefined; holder?: Holder | undefined } {
  try {
    const claim = claims.claim(run);
    return claim ? { claim } : { holder: claims.holder(run) };
  } catch (error) {
    if (existsSync(join(directory, claimFiles.work))) throw error;
    makeFolders(directory);
    return {};
  }
}

/** Removes the lock's folders, unless another process has a claim there. */
function tidy(directory: string): void {
  try {
    rmdirSync(join(directory, claimFiles.work));
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error))) return;
    throw error;
  }
  rmSync(directory, { recursive: true, force: true });
}
