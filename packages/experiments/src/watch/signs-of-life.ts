import { join } from 'node:path';
import { claimFiles, defaultLeaseSeconds, ownerFile } from '../claims/claims.ts';
import { type Owner, stateOf } from '../claims/owner.ts';
import type { Enclosure } from './enclosure.ts';

/** No owner's file is larger. */
const mostBytes = 1 << 16;

/** Whether those who claimed runs still are at work, as `Claims` has it; but nothing is claimed, and nothing written. */
export class SignsOfLife {
  readonly #enclosure: Enclosure;
  /** What the processes' files said when they last changed, and when that was by our clock. */
  readonly #seen = new Map<string, { readonly text: string | undefined; readonly since: number }>();

  constructor(enclosure: Enclosure) {
    this.#enclosure = enclosure;
  }

  /**
   * Whether who has a claim is at work, as far as is known: not if it gave the claim back, runs no more, or has been silent for
   * the length of a lease.
   *
   * @param directory the folder of the claims
   * @param held the folder of the claim
   */
  async hasLivingOwner(directory: string, held: string): Promise<boolean> {
    const owner = (await this.#enclosure.json(join(held, ownerFile), mostBytes)) as
      | (Partial<Owner> & { readonly released?: boolean })
      | undefined;
    if (owner?.released === true) return false;
    const state = owner === undefined ? 'unknown' : stateOf(owner as Owner);
    if (state !== 'unknown') return state === 'runs';
    const id = typeof owner?.id === 'string' ? owner.id : undefined;
    const sign = id && (await this.#enclosure.read(join(directory, claimFiles.alive, id), mostBytes));
    const text = sign ? sign.bytes.toString('utf8') : undefined;
    const key = id ?? held;
    const before = this.#seen.get(key);
    if (before === undefined || before.text !== text) {
      this.#seen.set(key, { text, since: performance.now() });
      return true;
    }
    return performance.now() - before.since < 1000 * defaultLeaseSeconds;
  }
}

/** Of folders named `RUN.1`, `RUN.2`, …, the last one of each run: the claim that counts. */
export function latestClaims(folders: readonly string[]): ReadonlyMap<string, string> {
  const latest = new Map<string, { readonly folder: string; readonly generation: number }>();
  for (const folder of folders) {
    const [, run, generation] = /^([^.].*)\.(\d+)$/.exec(folder) ?? [];
    if (run === undefined || Number(generation) < (latest.get(run)?.generation ?? 0)) continue;
    latest.set(run, { folder, generation: Number(generation) });
  }
  return new Map([...latest].map(([run, { folder }]) => [run, folder]));
}
