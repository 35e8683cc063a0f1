import { readFileSync } from 'node:fs';
import { DivergenceError, FailureError, InputError } from '@apical/core';
import { describe, expect, test, vi } from 'vitest';
import { Interrupted, reportError } from './errors.ts';
import type { Output } from './output.ts';

function report(error: unknown): { lines: string[]; code: number } {
  const lines: string[] = [];
  const output = { error: (text: string) => lines.push(text), endProgress: () => {} };
  const code = reportError(error, output as unknown as Output);
  return { lines, code };
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('errors', () => {
  test('a mistake of the user is its message', () => {
    expect(report(new InputError('mnist: not there'))).toEqual({ lines: ['apical: mnist: not there'], code: 2 });
  });

  test('what failed while it was done is its message, too, with another code', () => {
    expect(report(new FailureError('the disk is full'))).toEqual({ lines: ['apical: the disk is full'], code: 1 });
    expect(report(new DivergenceError(7, 'bmvr'))).toMatchObject({ code: 1 });
  });

  test("a system's error says where and what; a path that is not there, or of another kind, is a mistake of who named it", () => {
    expect(report(thrownBy(() => readFileSync('/no/file')))).toEqual({
      lines: ['apical: /no/file: no such file or directory (ENOENT)'],
      code: 2,
    });
    expect(report(thrownBy(() => readFileSync('/')))).toEqual({
      lines: ['apical: a folder stands where a file is needed (EISDIR)'],
      code: 2,
    });
    const full = Object.assign(new Error(), { errno: -28, code: 'ENOSPC', syscall: 'write' });
    expect(report(Object.assign(full, { path: 'standard output' }))).toEqual({
      lines: ['apical: standard output: the disk is full; free some space, or write elsewhere (ENOSPC)'],
      code: 1,
    });
  });

  test('an interrupt needs no words', () => {
    expect(report(new Interrupted(143))).toEqual({ lines: [], code: 143 });
  });

  test('what was not foreseen is one line; its stack is shown with APICAL_DEBUG=1', () => {
    const error = new TypeError('x is\n  undefined');
    const line = 'apical: unexpected TypeError: x is undefined (APICAL_DEBUG=1 shows the stack)';
    expect(report(error)).toEqual({ lines: [line], code: 1 });
    expect(report('odd').lines).toEqual(['apical: unexpected odd (APICAL_DEBUG=1 shows the stack)']);
    vi.stubEnv('APICAL_DEBUG', '1');
    expect(report(error).lines).toEqual([line, error.stack]);
    vi.unstubAllEnvs();
  });
});
