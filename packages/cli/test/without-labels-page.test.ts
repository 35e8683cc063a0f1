import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RandomStream } from '@apical/core';
import { writeCsv, writeNpz } from '@apical/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from './apical.ts';

// docs/without-labels.md: its commands are run in a folder with the files that they name, and so is its program.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'without-labels.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, text = '']) => text.trim().split('\n'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apical-without-labels-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const random = new RandomStream(1, 'sensors');
  const rows = Array.from({ length: 300 }, () => {
    const [s, r] = [random.normal(), random.normal()];
    const noisy = (value: number) => value + 0.5 * random.normal();
    return [noisy(s), noisy(r), noisy(s - r), 20 + noisy(s), noisy(s), 100 * noisy(r)];
  });
  const data = Float64Array.from(rows.flat());
  const names = ['a', 'b', 'c', 'd', 'humidity', 'pressure'];
  writeFileSync(join(folder, 'sensors.csv'), writeCsv({ shape: [300, 6], data }, names));
  const part = (from: number, to: number) => ({
    shape: [300, to - from],
    data: Float64Array.from(rows.flatMap((row) => row.slice(from, to))),
  });
  writeFileSync(join(folder, 'views.npz'), writeNpz({ x: part(0, 4), y: part(4, 6) }));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('its commands run', async () => {
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const { code, stderr } = await start(command.split(' ').slice(2), {}, folder).end;
    expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' });
  }
}, 240_000);

test.each([
  ['stream', 2],
  ['follow', 4],
])(
  'its program %s prints what it says',
  (name, lines) => {
    const program = [...page.matchAll(/```ts\n(.*?)```/gs)]
      .map(([, text = '']) => text)
      .find((text) => text.startsWith(`// ${name}.mts`))!;
    writeFileSync(join(folder, `${name}.mts`), program);
    const [, ...expected] = [...program.matchAll(/^(?:console\.log\(.*\); )?\/\/ (.*)$/gm)].map(([, words]) => words);
    expect(expected).toHaveLength(lines);
    const printed = execFileSync(process.execPath, [`${name}.mts`], { cwd: folder, stdio: 'pipe' }).toString();
    expect(printed.trim().split('\n')).toEqual(expected);
  },
  60_000,
);

test.each([
  ['--rule bio-cca', 'where is the second view? --second-view says'],
  ['--rule bio-cca --second-view humidity,rain', 'has no column rain for the second view'],
  ['--rule bio-cca --second-view humidity,humidity', 'column humidity is in the second view twice'],
  ['--rule bio-cca --second-view 1-6', 'none is left for the first'],
  ['--rule bio-cca --second-view views.npz:y --hidden 3', 'hidden must be at most 2, not 3'],
  ['--rule bio-cca --second-view humidity --target a', 'give one of them'],
  ['--rule similarity-matching --hidden 7', 'hidden must be at most 6, not 7'],
  ['--rule similarity-matching --hidden 2 --labels numbers', 'data.labels: must be none'],
  ['--rule bmvr', 'what of it is to be learned?'],
])(
  '%s is refused in a line',
  async (words, message) => {
    const { code, stderr } = await start(['train', '--data', 'sensors.csv', ...words.split(' ')], {}, folder).end;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(stderr).not.toContain('    at ');
  },
  60_000,
);
