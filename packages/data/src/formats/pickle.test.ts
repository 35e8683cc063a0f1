import { execFileSync } from 'node:child_process';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { py2Batch } from '../../test/support/pickle.ts';
import { readPickle } from './pickle.ts';

const records = Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? 7 : (i * 31) % 256));

test("a batch as CIFAR's authors pickled it", () => {
  const batch = readPickle(py2Batch(records), 'batch') as Map<string, unknown>;
  expect([...batch.keys()]).toEqual(['batch_label', 'labels', 'data', 'filenames']);
  expect(batch.get('labels')).toEqual([7, 7]);
  expect(Uint8Array.from(batch.get('data') as Uint8Array)).toEqual(
    Uint8Array.from(records.filter((_, i) => i % 3073 !== 0)),
  );
});

test('no byte of it can be missing', () => {
  const whole = py2Batch(records.subarray(0, 3073));
  for (let length = 0; length < whole.length; length += length < 250 ? 1 : 97) {
    expect(() => readPickle(whole.subarray(0, length), 'batch'), `${length}`).toThrow(InputError);
  }
});

test('nothing is run: what calls other names is refused', () => {
  const evil = Buffer.from('\x80\x02cos\nsystem\nU\x04true\x85R.', 'latin1');
  expect(() => readPickle(evil, 'evil')).toThrow(
    'evil: not a pickle of lists and of arrays of bytes: it has os system, which is not read',
  );
  expect(() => readPickle(Buffer.from('hello'), 'text')).toThrow('text: not a pickle');
});

const hasNumPy = (() => {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasNumPy).each([2, 3, 4, 5])('what Python 3 pickles by protocol %d', (protocol) => {
  const program = `import numpy, pickle, sys
batch = {b'labels': [1, 300, -5], 'data': numpy.arange(12, dtype='u1').reshape(3, 4), 'same': b'text', 'again': b'text', 'none': None, 'pair': (1, True)}
sys.stdout.buffer.write(pickle.dumps(batch, ${protocol}))`;
  const batch = readPickle(execFileSync('python3', ['-c', program]), 'batch') as Map<string, unknown>;
  expect(batch.get('labels')).toEqual([1, 300, -5]);
  expect([...(batch.get('data') as Uint8Array)]).toEqual(Array.from({ length: 12 }, (_, i) => i));
  expect(batch.get('pair')).toEqual([1, true]);
});
