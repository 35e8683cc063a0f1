import { readFileSync } from 'node:fs';
import { DivergenceError, InputError } from 'apical';
import { describe, expect, test, vi } from 'vitest';
import { asUsage, Interrupted, reportError, UsageError } from './errors.ts';
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
    expect(report(new InputError('mnist: not there'))).toEqual({ lines: ['apical: mnist: not there'], code: 1 });
    expect(report(new DivergenceError(7, 'bmvr'))).toMatchObject({ code: 1 });
    expect(report(new UsageError('no such rule'))).toEqual({ lines: ['apical: no such rule'], code: 2 });
  });

  test('a mistake found while options are parsed is one of usage; other errors stay what they are', () => {
    const parse = () => {
      throw new InputError('hidden: must be 1');
    };
    expect(report(thrownBy(() => asUsage(parse))).code).toBe(2);
    const bug = new TypeError('x is undefined');
    expect(
      thrownBy(() =>
        asUsage(() => {
          throw bug;
        }),
      ),
    ).toBe(bug);
  });

  test("a system's error says where and what", () => {
    expect(report(thrownBy(() => readFileSync('/no/file')))).toEqual({
      lines: ['apical: /no/file: no such file or directory (ENOENT)'],
      code: 1,
    });
    expect(report(thrownBy(() => readFileSync('/'))).lines).toEqual([
      'apical: a folder stands where a file is needed (EISDIR)',
    ]);
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
