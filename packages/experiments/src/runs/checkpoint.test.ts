import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Checkpoint, checkpointFiles, readCheckpoints, writeCheckpoint } from './checkpoint.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'apical-checkpoint-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const checkpoints: fc.Arbitrary<Checkpoint> = fc.record({
  samples: fc.nat(),
  seconds: fc.double({ min: 0, max: 1e9, noNaN: true }).map((seconds) => seconds + 0),
  snapshot: fc.uint8Array({ maxLength: 200 }),
});

test('what is written is read, the latest first, with the one before it', () => {
  fc.assert(
    fc.property(fc.array(checkpoints, { minLength: 1, maxLength: 4 }), (written) => {
      const path = mkdtempSync(join(tmpdir(), 'apical-checkpoint-'));
      for (const checkpoint of written) writeCheckpoint(path, checkpoint);
      const { sound, damaged } = readCheckpoints(path);
      rmSync(path, { recursive: true });
      expect(sound).toEqual(written.toReversed().slice(0, 2));
      expect(damaged).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('no byte of it can change or be missing unnoticed', () => {
  const path = folder();
  const checkpoint = { samples: 1234, seconds: 5.5, snapshot: Uint8Array.from({ length: 64 }, (_, i) => 3 * i) };
  writeCheckpoint(path, checkpoint);
  const file = join(path, checkpointFiles[0]);
  const whole = readFileSync(file);
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
    for (const bytes of [flipped, whole.subarray(0, at)]) {
      writeFileSync(file, bytes);
      expect(readCheckpoints(path)).toEqual({ sound: [], damaged: [checkpointFiles[0]] });
    }
  }
  writeFileSync(file, whole);
  expect(readCheckpoints(path)).toEqual({ sound: [checkpoint], damaged: [] });
});

test('a checkpoint that cannot be written leaves the one before it, and nothing else', () => {
  const path = folder();
  writeCheckpoint(path, { samples: 1, seconds: 0, snapshot: new Uint8Array(8) });
  mkdirSync(join(path, checkpointFiles[1]));
  expect(() => writeCheckpoint(path, { samples: 2, seconds: 0, snapshot: new Uint8Array(8) })).toThrow(
    'cannot be written',
  );
  expect(readdirSync(path).sort()).toEqual([...checkpointFiles].sort());
  rmSync(join(path, checkpointFiles[1]), { recursive: true });
  expect(readCheckpoints(path).sound.map(({ samples }) => samples)).toEqual([1]);
});
