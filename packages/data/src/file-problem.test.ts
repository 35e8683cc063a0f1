import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { fileProblem } from './file-problem.ts';

test.each([
  ['ENOSPC', 'no space is left'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'no permission to write'],
  ['EIO', 'cannot write it (broken)'],
])('%s becomes advice', (code, advice) => {
  const problem = fileProblem(Object.assign(new Error('broken'), { code }), '/data/a.gz', 'write');
  expect(problem).toBeInstanceOf(InputError);
  expect((problem as Error).message).toContain(`/data/a.gz: ${advice}`);
});

test('an error that is not of the file system is left as it is', () => {
  const bug = new TypeError('a bug');
  expect(fileProblem(bug, 'a', 'read')).toBe(bug);
});
