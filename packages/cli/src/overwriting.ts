import { realpathSync, statSync } from 'node:fs';
import { InputError } from '@apical/core';
import { withoutMember } from '@apical/data';

/**
 * Refuses to write where something is that is read: the same path, or another one of the same file.
 * @throws InputError
 */
export function refuseOverwriting(out: string, inputs: readonly (string | undefined)[]): void {
  const target = identityOf(out);
  const input = inputs.find(
    (each) => each !== undefined && target !== undefined && identityOf(withoutMember(each)) === target,
  );
  if (input === undefined) return;
  throw new InputError(`--out ${out}: that is ${input}, which is read; choose another name`);
}

/** What two paths of one file have in common; undefined where there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    // Where files have no numbers, their paths have to do.
    return ino === 0n ? realpathSync(path) : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
