import { FailureError, InputError } from '@apical/core';

const elsewhere = 'choose another folder with --data-dir or APICAL_DATA';

/** What says that a path cannot be what it was taken for. */
const misnamed: ReadonlySet<string> = new Set(['ENOTDIR', 'EEXIST', 'EISDIR']);

/**
 * Turns an error of the file system into one that says what to do: an InputError where a path is not what it has to be, otherwise
 * a FailureError. Gives back any other error as it is.
 */
export function fileProblem(error: unknown, path: string, action: 'read' | 'write'): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const Problem = misnamed.has(code) ? InputError : FailureError;
  return new Problem(`${path}: ${explain(code, message, action)}`, { cause: error });
}

function explain(code: string, message: string, action: 'read' | 'write'): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space is left; free some, or ${elsewhere}`;
    case 'EROFS':
      return `the file system is read-only; ${elsewhere}`;
    case 'EACCES':
    case 'EPERM':
      return `no permission to ${action} it; change that, or ${elsewhere}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `a file stands where a folder is needed; remove it, or ${elsewhere}`;
    case 'EISDIR':
      return 'a folder stands where a file is needed; remove it';
    default:
      return `cannot ${action} it (${message})`;
  }
}
