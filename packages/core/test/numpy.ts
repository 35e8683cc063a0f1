import { execFileSync } from 'node:child_process';

export const python = '/usr/bin/python3';

/** Whether there is a Python with NumPy to compare with. */
export const hasNumPy = finds();

function finds(): boolean {
  try {
    execFileSync(python, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
