import { FailureError, InputError } from '@apical/core';

/** Why a folder or file could not be written, in the user's words, by the system's error code. */
const reasons: Record<string, string> = {
  EACCES: 'writing here is not permitted; choose another folder, or change its permissions',
  EPERM: 'writing here is not permitted; choose another folder, or change its permissions',
  EROFS: 'the file system is read-only; choose a folder elsewhere',
  ENOSPC: 'the disk is full; free some space, or choose a folder elsewhere',
  EDQUOT: 'your disk quota is used up; free some space, or choose a folder elsewhere',
  EFBIG: 'it would be larger than a file may be here; raise the limit (ulimit -f), or choose a folder elsewhere',
  ENOTDIR: 'a part of this path is a file, not a folder; choose another folder, or move that file away',
  EEXIST: 'a file of this name is in the way of the folder; choose another folder, or move that file away',
  EISDIR: 'a folder of this name is in the way of the file; move it away, or choose another folder',
  ENOENT: 'it cannot be created here; choose another folder',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
};

/** Of these, what says that the path is not one that can be written. */
const misnamed: ReadonlySet<string> = new Set(['ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'ENAMETOOLONG']);

/**
 * Does what writes to `path`.
 *
 * @throws InputError where there can be no such path, FailureError where the system refuses it: with which path, why and what to do
 */
export function explaining<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw writeProblem(error, path);
  }
}

/** What `explaining` throws for an error of the system; any other error as it is. */
export function writeProblem(error: unknown, path: string): unknown {
  const reason = reasons[errorCode(error)];
  if (reason === undefined) return error;
  const Problem = misnamed.has(errorCode(error)) ? InputError : FailureError;
  return new Problem(`${path}: cannot be written: ${reason}`, { cause: error });
}

/** The system's code of an error, such as ENOENT; empty for other errors. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
