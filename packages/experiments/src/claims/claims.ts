import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { jsonIfSound, textIfThere } from '../files/read-file.ts';
import { errorCode, explaining } from '../files/write-problem.ts';
import { type Owner, stateOf, thisProcess } from './owner.ts';

/** The names of the folders by which processes share runs out. */
export const claimFiles = {
  /** A folder a run that is being done. */
  work: 'work',
  /** A file a process that does runs. */
  alive: 'alive',
} as const;

/** Who has a claim, in its folder. */
export const ownerFile = 'owner.json';
const stopEnding = '.stop';
/** The folder of the run in that of its claim. */
export const runFolder = 'run';
/** How the names begin of folders in `work` that are being removed. */
const removedBeginning = '.';

/** How long a process may be silent before it counts as gone, unless said otherwise. */
export const defaultLeaseSeconds = 90;

export interface ClaimsOptions {
  /** How long a process may be silent before it counts as gone. */
  readonly leaseSeconds: number;
  /** Who claims. Default: this process. */
  readonly owner?: Owner;
  /** Copies the beginning of a run that a process left that is gone, from its folder to that of who takes it over. */
  readonly inherit?: (from: string, to: string) => void;
}

/** Who has a run, where that can be read. */
export interface Holder {
  readonly owner: Owner | undefined;
  /** Whether it is known to live: it runs on this machine, or has given a sign of life since it was first looked at. */
  readonly lives: boolean;
}

/** A run that this process does, and no other. */
export interface Claim {
  readonly run: string;
  /** What this process holds: a folder that nobody else writes to. */
  readonly held: string;
  /** The run's own folder in it; there may be the beginning of it that a process left that is gone. */
  readonly work: string;
}

/**
 * Who does which run. To claim a run is to make the folder `work/RUN.1`; to take it over from a process that is gone, to make
 * `work/RUN.2`, and so on. Of all who try, one succeeds (mkdir is atomic, over NFS too). Each works in a folder of its own:
 * one that was only asleep, and wakes up after it was taken over, disturbs nobody.
 *
 * A process is gone if it is of this machine and does not run any more; or if its file in `alive`, which it changes all the
 * while, has not changed for the length of a lease by the clock of who looks at it. No two clocks are compared, and a clock
 * that is set changes nothing.
 */
export class Claims {
  readonly #work: string;
  readonly #alive: string;
  readonly #leaseMilliseconds: number;
  readonly #owner: Owner;
  readonly #inherit: (from: string, to: string) => void;
  readonly #timer: NodeJS.Timeout;
  #beats = 0;
  /** What other processes' files said when they last changed, and when that was by our clock. */
  readonly #seen = new Map<string, { text: string | undefined; since: number; changed: boolean }>();

  /** @param directory a folder that has those of `claimFiles` */
  constructor(directory: string, { leaseSeconds, owner = thisProcess(), inherit = () => {} }: ClaimsOptions) {
    this.#work = join(directory, claimFiles.work);
    this.#alive = join(directory, claimFiles.alive);
    this.#leaseMilliseconds = 1000 * leaseSeconds;
    this.#owner = owner;
    this.#inherit = inherit;
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), this.#leaseMilliseconds / 6);
    this.#timer.unref();
  }

  /** Claims a run, if nobody who lives has. */
  claim(run: string): Claim | undefined {
    const before = this.#generations(run);
    const latest = before.at(-1);
    if (latest !== undefined && !this.#isAbandoned(join(this.#work, `${run}.${latest}`))) return undefined;
    const held = join(this.#work, `${run}.${(latest ?? 0) + 1}`);
    try {
      mkdirSync(held);
    } catch (error) {
      // Another process was quicker.
      if (errorCode(error) === 'EEXIST') return undefined;
      return explaining(held, () => {
        throw error;
      });
    }
    try {
      explaining(held, () => writeFileSync(join(held, ownerFile), JSON.stringify(this.#owner)));
    } catch (error) {
      rmSync(held, { recursive: true, force: true });
      throw error;
    }
    const work = join(held, runFolder);
    if (latest !== undefined) this.#inherit(join(this.#work, `${run}.${latest}`, runFolder), work);
    return { run, held, work };
  }

  /** Who has a run; undefined where nobody has. */
  holder(run: string): Holder | undefined {
    const latest = this.#generations(run).at(-1);
    if (latest === undefined) return undefined;
    const owner = ownerIn(join(this.#work, `${run}.${latest}`));
    const lives = owner !== undefined && (stateOf(owner) === 'runs' || this.#seen.get(owner.id)?.changed === true);
    return { owner, lives };
  }

  /** Whether a claim still is this process's: not if it was silent for so long that another took the run over. */
  isHeld({ run, held }: Claim): boolean {
    return join(this.#work, `${run}.${this.#generations(run).at(-1)}`) === held;
  }

  /** Clears away what is left of a claim once the run's folder is in the store. */
  async clear({ run, held }: Claim): Promise<void> {
    await removeClaim(held);
    for (const generation of this.#generations(run)) {
      const folder = join(this.#work, `${run}.${generation}`);
      if (this.#isAbandoned(folder)) await removeClaim(folder);
    }
  }

  /** Clears away what processes left that were killed after a run had ended, and before they had cleared its claim away. */
  async clearEnded(hasEnded: (run: string) => boolean): Promise<void> {
    for (const name of readdirSync(this.#work)) {
      const path = join(this.#work, name);
      if (name.startsWith(removedBeginning)) await rm(path, { recursive: true, force: true });
      else if (hasEnded(runOf(name)) && this.#isAbandoned(path)) await removeClaim(path);
    }
  }

  /** Clears away the signs of life of processes of this machine that were killed. */
  clearGone(): void {
    for (const owner of processesOf(dirname(this.#alive)))
      if (stateOf(owner) === 'gone') removeSigns(this.#alive, owner);
  }

  /** Gives a run back that has not ended: its folder stays, and the next to claim it goes on from there at once. */
  release({ held }: Claim): void {
    writeFileSync(join(held, ownerFile), JSON.stringify({ ...this.#owner, released: true }));
  }

  /** Whether this process has been asked to stop: see `askToStop`. */
  get isAskedToStop(): boolean {
    return existsSync(join(this.#alive, `${this.#owner.id}${stopEnding}`));
  }

  /** Ends the signs of life. */
  close(): void {
    clearInterval(this.#timer);
    removeSigns(this.#alive, this.#owner);
  }

  #beat(): void {
    this.#beats++;
    const path = join(this.#alive, this.#owner.id);
    const next = join(this.#alive, `.${this.#owner.id}`);
    try {
      writeFileSync(next, JSON.stringify({ ...this.#owner, beats: this.#beats }));
      renameSync(next, path);
    } catch {
      // A full disk is told by what writes results; a missed beat is made up for by the next.
    }
  }

  #generations(run: string): number[] {
    return readdirSync(this.#work)
      .filter((name) => name.startsWith(`${run}.`))
      .map((name) => Number(name.slice(run.length + 1)))
      .sort((a, b) => a - b);
  }

  #isAbandoned(folder: string): boolean {
    const owner = ownerIn(folder);
    if (owner?.released) return true;
    if (owner?.id === this.#owner.id) return false;
    if (owner && stateOf(owner) === 'gone') return true;
    // Without an owner yet: it was claimed this instant, or by a process that was killed before it could say who it is.
    const key = owner?.id ?? folder;
    const text = owner ? textIfThere(join(this.#alive, owner.id)) : undefined;
    const before = this.#seen.get(key);
    if (before === undefined || before.text !== text) {
      this.#seen.set(key, { text, since: performance.now(), changed: before !== undefined && text !== undefined });
      return false;
    }
    return performance.now() - before.since > this.#leaseMilliseconds;
  }
}

/** Removes a folder of `work`: by another name first, so that at no instant it is there without its owner. */
async function removeClaim(held: string): Promise<void> {
  const removed = join(dirname(held), `${removedBeginning}${basename(held)}.${randomUUID()}`);
  try {
    await rename(held, removed);
  } catch (error) {
    // Another process was quicker.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    // Most have nothing else in them any more, and looking for what there is takes longer than all else.
    await unlink(join(removed, ownerFile));
    await rmdir(removed);
  } catch {
    await rm(removed, { recursive: true, force: true });
  }
}

/** The run that a folder of `work` is for. */
function runOf(name: string): string {
  return name.replace(/\.\d+$/, '');
}

/** Whose a claim is; undefined where that is not written yet. */
function ownerIn(held: string): (Owner & { readonly released?: boolean }) | undefined {
  return jsonIfSound(join(held, ownerFile)) as (Owner & { readonly released?: boolean }) | undefined;
}

function removeSigns(alive: string, { id }: Owner): void {
  for (const name of [id, `${id}${stopEnding}`, `.${id}`]) rmSync(join(alive, name), { force: true });
}

/** The processes that have given signs of life and have not ended; some may have been killed. */
export function processesOf(directory: string): Owner[] {
  const alive = join(directory, claimFiles.alive);
  const names = readdirSync(alive).filter((name) => !name.startsWith('.') && !name.endsWith(stopEnding));
  return names.flatMap((name) => (jsonIfSound(join(alive, name)) as Owner | undefined) ?? []);
}

/** The runs that are claimed, by whom, and whether their folders have been begun. */
export function claimsOf(directory: string): { run: string; owner: Owner | undefined; hasBegun: boolean }[] {
  const work = join(directory, claimFiles.work);
  const names = readdirSync(work).filter((name) => !name.startsWith(removedBeginning));
  return names.map((name) => ({
    run: runOf(name),
    owner: ownerIn(join(work, name)),
    hasBegun: existsSync(join(work, name, runFolder)),
  }));
}

/** Asks a process, on whatever machine, to write checkpoints and end; it looks for that every second. */
export function askToStop(directory: string, { id }: Owner): void {
  const path = join(directory, claimFiles.alive, `${id}${stopEnding}`);
  explaining(path, () => writeFileSync(path, ''));
}
