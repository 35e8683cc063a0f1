import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { hasNumPy, python } from '../../../core/test/numpy.ts';
import { temporaryFolder } from '../../test/support/folder.ts';
import { loadMatrix } from '../matrix.ts';
import { loadOwnData } from '../own/own-data.ts';
import { writeNpy } from './npy.ts';
import { cellsOf, textTypeNamed } from './npy-texts.ts';

/** A file of version 1 with texts, one a row. */
function npy(descr: string, data: Uint8Array, shape = `(${data.length / textTypeNamed(descr)!.size},)`): Uint8Array {
  const header = Buffer.from(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}}`);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length, 0]), header, data]);
}

const codePoints = (texts: readonly string[], length: number) =>
  Buffer.concat(
    texts.map((text) => Buffer.from(Uint32Array.from({ length }, (_, i) => [...text][i]?.codePointAt(0) ?? 0).buffer)),
  );

const texts = ['cat', 'dög', '🐑', 'cat'];
const rows = codePoints(texts, 3);

test.each<[string, Uint8Array]>([
  ['<U3', rows],
  ['>U3', Buffer.from(rows).swap32()],
  ['|S5', Buffer.concat(texts.map((text) => Buffer.concat([Buffer.from(text), Buffer.alloc(5)]).subarray(0, 5)))],
])('%s: texts are what NumPy says they are', (descr, data) => {
  const { kinds, codes } = cellsOf(data, 4, textTypeNamed(descr)!, 'y.npy') as { kinds: string[]; codes: Uint16Array };
  expect(Array.from(codes, (code) => kinds[code])).toEqual(texts);
});

test.each<[string, string, Uint8Array, string]>([
  ['no character', '<U1', Buffer.from([0, 0, 0, 127]), 'row 0 (from 0): is no text in UTF-32'],
  ['bytes that are no text', '|S2', Buffer.from([0x61, 0, 0xff, 0x61]), 'row 1 (from 0): is no text in UTF-8'],
  ['nothing', '<U1', Buffer.alloc(4), 'row 0 (from 0): the text is empty'],
  ['what is missing', '|S3', Buffer.from('nan'), 'row 0 (from 0): the text is missing: "nan"'],
])('%s is refused', (_, descr, data, message) => {
  const type = textTypeNamed(descr)!;
  expect(() => cellsOf(data, data.length / type.size, type, 'y.npy')).toThrow(`y.npy: ${message}`);
});

test('texts are the classes of samples, in files and archives; elsewhere they are refused', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  const X = writeNpy({ shape: [4, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
  const names = npy('<U3', codePoints(['dog', 'cat', 'dog', 'cat'], 3));
  writeFileSync(at('x.npy'), X);
  writeFileSync(at('y.npy'), names);
  writeFileSync(at('column.npy'), npy('<U3', codePoints(['dog', 'cat', 'dog', 'cat'], 3), '(4, 1)'));
  writeFileSync(at('two.npy'), npy('<U3', rows, '(2, 2)'));
  writeFileSync(at('numbers.npy'), npy('|S1', Buffer.from('1011')));
  writeFileSync(at('all.npz'), zipSync({ 'x.npy': X, 'y.npy': names }));
  for (const [path, target] of [
    ['x.npy', at('y.npy')],
    ['x.npy', at('column.npy')],
    ['all.npz:x', 'y'],
  ] as const) {
    const { train, classNames } = await loadOwnData({ path: at(path), target });
    expect([classNames, [...train.classes!]]).toEqual([
      ['cat', 'dog'],
      [1, 0, 1, 0],
    ]);
  }
  const { classNames } = await loadOwnData({ path: at('x.npy'), target: at('numbers.npy') });
  expect(classNames).toEqual(['0', '1']);
  await expect(loadOwnData({ path: at('x.npy'), target: at('two.npy') })).rejects.toThrow(
    'two.npy: texts in 2 columns',
  );
  await expect(loadMatrix(at('y.npy'))).rejects.toThrow('y.npy: an array of texts (<U3), not of numbers');
  const known = await loadMatrix(at('y.npy'), { names: ['cat', 'bird', 'dog'] });
  expect([...known.data]).toEqual([2, 0, 2, 0]);
  await expect(loadMatrix(at('y.npy'), { names: ['cat', 'bird'] })).rejects.toThrow(
    'y.npy: row 0 (from 0): "dog" is none of the classes cat, bird',
  );
});

test.skipIf(!hasNumPy).each(['U', 'S'])('what NumPy writes of type %s', async (kind) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'y.npy');
  const program = `import numpy; numpy.save(${JSON.stringify(path)}, numpy.array(["red", "blue", "red "], "${kind}6"))`;
  execFileSync(python, ['-c', program]);
  const { cells } = await loadMatrix(path, { texts: true });
  expect(cells?.kinds).toEqual(['red', 'blue', 'red ']);
});
