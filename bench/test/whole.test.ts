import { expect, test } from 'vitest';
import { measureWhole } from '../src/parts/whole.ts';

test('whole experiments are run by the command, each into a folder of its own, and what cannot be run is noted', async () => {
  const notes: string[] = [];
  const commands = [
    'reproduce figure-3 --panel mnist --runs 1',
    'reproduce figure-3 --panel mnist --data-dir /no/data --runs 0',
    'train --data synthetic:moons?samples=20&test=5 --rule backprop --hidden 2 --rate W=0.01 --samples 10',
  ];
  const results = await measureWhole(
    commands,
    (text) => notes.push(text),
    () => {},
  );
  expect(results).toMatchObject([{ command: commands[0] }, { command: commands[2] }]);
  expect(results[0]!.seconds).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(results[0]!.peakBytes).toBeGreaterThan(2 ** 20);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain(`apical ${commands[1]} is left out: option '--runs <n>'`);
});
