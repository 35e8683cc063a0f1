import { spawnSync } from 'node:child_process';

/** A Python that has these packages, if there is one: Debian's, or the one that is called first. */
export function pythonWith(...packages: readonly string[]): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (program) => spawnSync(program, ['-c', `import ${packages.join(', ')}`]).status === 0,
  );
}

/** Runs a program of Python in a folder. @returns what it prints, which is JSON */
export function runPython(program: string, text: string, folder: string): unknown {
  const { status, stdout, stderr } = spawnSync(program, ['-c', text], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  if (status !== 0) throw new Error(`Python ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
