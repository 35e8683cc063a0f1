import { execFileSync } from 'node:child_process';

const found = ['/usr/bin/python3', 'python3'].find((program) => hasModule(program, 'numpy'));

/** Whether there is a Python with NumPy to compare with. */
export const hasNumPy = found !== undefined;

export const python = found ?? 'python3';

/** Whether that Python has that module. */
export function hasModule(program: string, name: string): boolean {
  try {
    execFileSync(program, ['-c', `import ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
