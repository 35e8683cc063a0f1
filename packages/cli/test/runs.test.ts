import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-cli-runs-'));
const [first, second] = [join(folder, 'seed-1'), join(folder, 'seed-2')];

/** Two seeds, and a run that diverges. */
beforeAll(async () => {
  const short = ['train', '--samples', '500', '--evaluate', '3', '--probe', 'constraint'];
  await Promise.all([
    apical(...short, '--seed', '1', '--out', first),
    apical(...short, '--seed', '2', '--out', second),
    apical(...short, '--rate', 'W1=1e30', '--out', join(folder, 'wild')),
  ]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = async (...args: string[]) => JSON.parse((await apical('runs', ...args, '--json')).stdout);

test('a list has a line a run', async () => {
  const { stdout } = await apical('runs', 'list', folder);
  expect(stdout.split('\n').map((line) => line.split(/ +/).slice(0, 2))).toEqual([
    ['run', 'status'],
    ['seed-1', 'finished'],
    ['seed-2', 'finished'],
    ['wild', 'diverged'],
    [''],
  ]);
});

test('what probes read is shown where it is asked for', async () => {
  const probed = 'probes.constraint.largest';
  const { stdout } = await apical('runs', 'list', folder, '--where', `${probed}>0`, '--sort', probed);
  const [head, ...lines] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ +/));
  expect(head!.filter((name) => name.startsWith('probes.'))).toEqual([probed]);
  const values = lines.map((line) => Number(line[head!.indexOf(probed)]));
  expect(values).toHaveLength(2);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
});

test('runs are chosen and sorted; a setting that there is not is told', async () => {
  const names = async (...options: string[]) =>
    (await json('list', folder, ...options)).map(({ run }: { run: string }) => run);
  const [chosen, sorted, mistaken] = await Promise.all([
    names('--where', 'status=finished and seed>=2'),
    names('--sort', 'objective', '--limit', '2'),
    apical('runs', 'list', folder, '--where', 'sed=1'),
  ]);
  expect(chosen).toEqual(['seed-2']);
  expect(sorted.toSorted()).toEqual(['seed-1', 'seed-2']);
  expect(mistaken).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "seed"?') });
});

test('a list that is cut short has the columns of all, and says of how many it is a part', async () => {
  const [cut, none] = await Promise.all([
    apical('runs', 'list', folder, '--where', 'status=finished', '--limit', '1'),
    apical('runs', 'report', folder, '--where', 'hidden=99'),
  ]);
  expect(cut.stdout).toMatch(/^run +status +seed +objective\nseed-1 /);
  expect(cut.stderr).toBe(`1 of 2 runs; more of one: apical runs show ${first}\n`);
  const why = 'no run has hidden=99: "hidden" is 1';
  expect(none).toMatchObject({ code: 2, stderr: `${why}\napical: ${folder}: --where holds for none of its 3 runs\n` });
});

test('a run that has not come to its end has its last evaluation, and the end is what it is set to', async () => {
  const copy = join(temporaryFolder(), 'run');
  cpSync(first, copy, { recursive: true });
  rmSync(join(copy, 'summary.json'));
  const lines = readFileSync(join(copy, 'metrics.jsonl'), 'utf8').trimEnd().split('\n').slice(0, 2);
  writeFileSync(join(copy, 'metrics.jsonl'), `${lines.join('\n')}\n`);
  const [row] = await json('list', copy);
  const { samples, objective } = JSON.parse(lines[1] ?? '');
  expect(row).toMatchObject({ status: 'unfinished', samples: 500, reached: samples, objective });
});

test('a damaged folder is told by its path, and the others are listed', async () => {
  const parent = temporaryFolder();
  cpSync(first, join(parent, 'sound'), { recursive: true });
  cpSync(first, join(parent, 'cut'), { recursive: true });
  writeFileSync(join(parent, 'cut', 'config.json'), '{"rule');
  mkdirSync(join(parent, 'folder', 'config.json'), { recursive: true });
  const { code, stdout, stderr } = await apical('runs', 'list', parent);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^run +status.*\nsound +finished .*\n$/);
  for (const name of ['cut', 'folder']) expect(stderr).toContain(`${join(parent, name)}: is damaged, and left out`);
  const verified = await apical('runs', 'verify', parent);
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain(`${join(parent, 'folder', 'config.json')}: is damaged`);
});

test('where no run meets the condition, the list says which values there are', async () => {
  const { stderr } = await apical('runs', 'list', folder, '--where', 'rule=bmv');
  expect(stderr).toBe('no run has rule=bmv (did you mean "bmvr"?): "rule" is bmvr\n0 of 3 runs\n');
});

test('a run is shown as its folder has it, and compared', async () => {
  const [shown, text, others, itself] = await Promise.all([
    json('show', first),
    apical('runs', 'show', first),
    apical('runs', 'compare', first, second),
    apical('runs', 'compare', first, first),
  ]);
  const lines = readFileSync(join(first, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  expect(shown.evaluations).toEqual(lines.map(evaluationIn));
  expect(text.stdout).toContain(shown.summary.weightsSha256);
  expect(others.stdout).toMatch(/^seed +1 +2$/m);
  expect(others.stdout).toContain('their final weights differ');
  expect(itself.stdout).toContain('the same, bit for bit');
});

test('runs are exported as tables and as event files', async () => {
  const out = join(temporaryFolder(), 'runs.parquet');
  const events = join(temporaryFolder(), 'events');
  const [table] = await Promise.all([
    apical('runs', 'export', folder, '--metrics'),
    apical('runs', 'export', folder, '--format', 'parquet', '--out', out),
    apical('runs', 'export', folder, '--format', 'tensorboard', '--out', events),
  ]);
  const { objective } = JSON.parse(readFileSync(join(first, 'summary.json'), 'utf8'));
  expect(table.stdout).toMatch(/^run,samples,objective,probes\.constraint\.largest,probes\.constraint\.smallest\r\n/);
  expect(table.stdout).toContain(`seed-1,500,${objective},`);
  expect(readFileSync(out).subarray(0, 4).toString()).toBe('PAR1');
  expect(readdirSync(events).toSorted()).toEqual(['seed-1', 'seed-2', 'wild']);
});

test('event files that are written again replace those before', async () => {
  const parent = temporaryFolder();
  cpSync(first, join(parent, 'runs', 'run'), { recursive: true });
  const write = () =>
    apical('runs', 'export', join(parent, 'runs'), '--format', 'tensorboard', '--out', join(parent, 'events'));
  await write();
  writeFileSync(join(parent, 'events', 'run', 'events.out.tfevents.1700000000.apical'), '');
  utimesSync(join(parent, 'runs', 'run', 'config.json'), 1e9, 1e9);
  await write();
  expect(readdirSync(join(parent, 'events', 'run'))).toHaveLength(1);
  // Beside what others wrote none is put, and where one folder is refused nothing is written.
  for (const folder of [join(parent, 'runs'), join(parent, 'thesis')]) {
    mkdirSync(join(folder, 'run'), { recursive: true });
    writeFileSync(join(folder, 'run', 'notes.txt'), 'mine');
    const before = readdirSync(join(folder, 'run'));
    const refused = await apical('runs', 'export', join(parent, 'runs'), '--format', 'tensorboard', '--out', folder);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('that no export of apical wrote') });
    expect(readdirSync(join(folder, 'run'))).toEqual(before);
  }
});

test('a flipped bit is found', async () => {
  const damaged = join(temporaryFolder(), 'run');
  await apical('train', '--samples', '10', '--out', damaged);
  expect((await apical('runs', 'verify', damaged)).code).toBe(0);
  const weights = join(damaged, 'weights.safetensors');
  const bytes = readFileSync(weights);
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
  writeFileSync(weights, bytes);
  expect(await apical('runs', 'verify', damaged)).toMatchObject({
    code: 1,
    stderr: '1 run, 1 problem\n',
    stdout: `${weights}: is not what the run wrote\n`,
  });
});

test('what is no run, and no folder, is told', async () => {
  const [none, show, resume] = await Promise.all([
    apical('runs', 'list', join(folder, 'none')),
    apical('runs', 'show', folder),
    apical('resume', folder),
  ]);
  expect(none.stderr).toContain('there is no such folder');
  expect(show.stderr).toMatch(`apical: ${folder}: holds no run; `);
  expect(resume.stderr).toContain('holds no run');
});

/** What a line of metrics.jsonl says, without its checksum. */
function evaluationIn(line: string): object {
  const { crc32c, ...evaluation } = JSON.parse(line);
  expect(crc32c).toMatch(/^[0-9a-f]{8}$/);
  return evaluation;
}

test('one damaged run keeps no other from being listed, verified or reported', async () => {
  const parent = temporaryFolder();
  for (const name of ['sound', 'summary', 'device']) cpSync(first, join(parent, name), { recursive: true });
  const summary = join(parent, 'summary', 'summary.json');
  writeFileSync(summary, readFileSync(summary, 'utf8').replace('finished', 'fifished'));
  rmSync(join(parent, 'device', 'config.json'));
  symlinkSync('/dev/zero', join(parent, 'device', 'config.json'));
  const [listed, verified, reported, shown] = await Promise.all([
    apical('runs', 'list', parent),
    apical('runs', 'verify', parent),
    apical('runs', 'report', parent),
    apical('runs', 'show', join(parent, 'device')),
  ]);
  expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sound +finished/m) });
  expect(listed.stderr).toContain(`${summary}: is not what the run wrote: its checksum is another\n`);
  expect(verified).toMatchObject({ code: 1, stderr: '3 runs, 2 problems\n' });
  expect(verified.stdout).toContain('device/config.json: is damaged: it is a link, not a file\n');
  expect(reported).toMatchObject({ code: 0, stdout: expect.stringContaining('written') });
  expect(reported.stderr).toContain(`${join(parent, 'summary')}: is damaged, and left out`);
  expect(shown).toMatchObject({ code: 1, stderr: expect.stringMatching(/^apical: .*is a link, not a file\n$/) });
});

test('descending, the largest come first; a summary that cannot be read is damaged, not unfinished; curves that are cut are told', async () => {
  const parent = temporaryFolder();
  for (const seed of ['1', '2', '3']) {
    const run = join(parent, `seed-${seed}`);
    expect((await apical('train', '--samples', '20', '--seed', seed, '--out', run)).code).toBe(0);
  }
  const objectives = async (...options: string[]) =>
    JSON.parse((await apical('runs', 'list', parent, '--json', ...options)).stdout).map(
      (row: { objective: number }) => row.objective,
    );
  const ascending = await objectives('--sort', 'objective');
  expect(await objectives('--sort', 'objective', '--descending')).toEqual(ascending.toReversed());
  expect((await apical('runs', 'list', parent, '--descending')).code).toBe(2);

  writeFileSync(join(parent, 'seed-1', 'summary.json'), '{');
  const metrics = join(parent, 'seed-2', 'metrics.jsonl');
  writeFileSync(metrics, readFileSync(metrics, 'utf8').replace('"samples":2', '"samplez":2'));
  const listed = await apical('runs', 'list', parent, '--quiet');
  expect(listed.stdout).toMatch(/seed-1 +damaged/);
  expect(listed.stderr).toContain(join('seed-1', 'summary.json'));
  const shown = await apical('runs', 'show', join(parent, 'seed-2'), '--quiet');
  expect(shown.stderr).toContain('metrics.jsonl');
  const exported = await apical('runs', 'export', parent, '--metrics', '--quiet');
  expect([exported.code, exported.stderr]).toEqual([1, expect.stringContaining('metrics.jsonl')]);
});

test('a folder without a run is not verified', async () => {
  const folder = temporaryFolder();
  expect(await apical('runs', 'verify', folder)).toMatchObject({
    code: 2,
    stderr: `apical: ${folder}: holds no run\n`,
  });
});
