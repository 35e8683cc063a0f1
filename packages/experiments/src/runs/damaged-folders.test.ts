import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { writeRunsReport } from '../report/runs/write.ts';
import { findRuns } from '../studies/store/find-runs.ts';
import { RunWatch } from '../watch/run-watch.ts';
import { readResumable } from './resume.ts';
import { runTraining } from './run-training.ts';
import { findStoredRun, readStoredRun, rowOf } from './stored-run.ts';
import { inspectRun, verifyRun } from './verify-run.ts';

const config: RunConfig = {
  ...defaultRunConfig('bmvr', 'mnist'),
  samples: 300,
  evaluateAt: [10, 100, 300],
  accuracy: { test: { split: 'test', first: 100 } },
};

const made = mkdtempSync(join(tmpdir(), 'apical-damaged-'));
const [finished, begun] = [join(made, 'finished'), join(made, 'begun')];

/** A run that has finished, and one that was interrupted at 100 samples. */
beforeAll(async () => {
  await runTraining(config, { folder: finished });
  await begin(begun);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

async function begin(folder: string): Promise<void> {
  const controller = new AbortController();
  const ended = runTraining(config, {
    folder,
    signal: controller.signal,
    onEvaluation: ({ samples }) => samples === 100 && controller.abort(new Error('enough')),
  });
  await expect(ended).rejects.toThrow('enough');
}

function copyOf(folder: string): string {
  const parent = mkdtempSync(join(tmpdir(), 'apical-damaged-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  cpSync(folder, join(parent, 'run'), { recursive: true });
  return join(parent, 'run');
}

function change(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  expect(text.replace(from, to)).not.toBe(text);
  writeFileSync(path, text.replace(from, to));
}

/** Everything that looks at runs, at this one and at a sound one beside it. */
async function lookAtAll(folder: string) {
  const parent = join(folder, '..');
  cpSync(finished, join(parent, 'sound'), { recursive: true });
  const runs = findRuns(parent);
  for (const run of runs) rowOf(run, parent);
  expect(runs.map(({ directory }) => directory)).toContain(join(parent, 'sound'));
  expect(verifyRun(join(parent, 'sound'))).toEqual([]);
  const watch = await RunWatch.open(parent);
  await watch.look();
  expect(watch.runs.get('sound')?.status).toBe('finished');
  expect((await watch.curve('sound'))?.points).toHaveLength(3);
  await watch.curve('run');
  return { problems: verifyRun(folder), watched: watch.runs.get('run')?.status };
}

const strangers: [string, (path: string) => void][] = [
  ['a link to a device without end', (path) => symlinkSync('/dev/zero', path)],
  ['a link to a file elsewhere', (path) => symlinkSync('/etc/hostname', path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => mkdirSync(path)],
];
const files = ['config.json', 'summary.json', 'metrics.jsonl', 'weights.safetensors'] as const;

test.each(files.flatMap((name) => strangers.map(([what, put]) => [name, what, put] as const)))(
  'in the place of %s, %s is told and not opened',
  async (name, _, put) => {
    const folder = copyOf(finished);
    rmSync(join(folder, name));
    put(join(folder, name));
    const { problems } = await lookAtAll(folder);
    expect(problems.join('\n')).toMatch(new RegExp(`/run/${name}: .*is a (link|pipe|folder), not a file`));
  },
);

test.each([...files, 'checkpoint.snapshot'])('a %s of gigabytes that are not there is not read', async (name) => {
  const folder = copyOf(begun);
  writeFileSync(join(folder, name), '');
  truncateSync(join(folder, name), 5e9);
  const before = process.memoryUsage().rss;
  const { problems } = await lookAtAll(folder);
  expect(process.memoryUsage().rss - before).toBeLessThan(3e8);
  if (name !== 'weights.safetensors') expect(problems.join('\n')).toContain(`/run/${name}: `);
});

test('a pipe or a device among the checkpoints is left for the run to begin anew', async () => {
  const folder = copyOf(begun);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.snapshot'))) {
    rmSync(join(folder, name));
    execFileSync('mkfifo', [join(folder, name)]);
  }
  const notes: string[] = [];
  const { weightsSha256 } = await runTraining(config, { folder, onNote: (text) => notes.push(text) });
  expect(weightsSha256).toBe(JSON.parse(readFileSync(join(finished, 'summary.json'), 'utf8')).weightsSha256);
  expect(notes[0]).toContain('checkpoint.snapshot: is damaged; the run starts anew');
});

test('objects in objects without end are damage, in every file', async () => {
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  for (const [name, text] of [
    ['config.json', `{"recorded":{},"rates":${deep}}`],
    ['summary.json', `{"status":"finished","samples":300,"objective":1,"accuracy":${deep}}`],
    ['metrics.jsonl', `{"samples":10,"objective":1,"probes":${deep}}\n`],
  ] as const) {
    const folder = copyOf(begun);
    writeFileSync(join(folder, name), text);
    const { problems } = await lookAtAll(folder);
    expect(problems, name).toHaveLength(1);
    expect(problems[0]).toContain(`/run/${name}`);
  }
});

test('folders deeper than the system has names for are told, and the others are listed', async () => {
  const parent = join(copyOf(finished), '..');
  const elsewhere = mkdtempSync(join(tmpdir(), 'apical-damaged-'));
  const steps = Array.from({ length: 15 }, () => 'x'.repeat(200));
  mkdirSync(join(elsewhere, ...steps), { recursive: true });
  mkdirSync(join(parent, ...steps), { recursive: true });
  // Neither path is too long, but the two together.
  renameSync(join(elsewhere, steps[0]!), join(parent, ...steps, 'more'));
  rmSync(elsewhere, { recursive: true });
  onTestFinished(() => void execFileSync('rm', ['-rf', parent]));
  const told: string[] = [];
  const runs = findRuns(parent, undefined, (words) => told.push(words));
  expect(runs).toHaveLength(1);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('cannot be read (ENAMETOOLONG), and is left out');
  expect(told[0]!.length).toBeLessThan(300);
  const watch = await RunWatch.open(parent);
  await watch.look();
  expect(watch.runs.size).toBe(1);
});

test('a loop of folders is not entered', () => {
  const folder = copyOf(finished);
  const parent = join(folder, '..');
  mkdirSync(join(parent, 'deep'));
  symlinkSync(parent, join(parent, 'deep', 'up'));
  expect(findRuns(parent).map(({ directory }) => directory)).toEqual([folder]);
});

test.each([
  ['null in the place of an object', '"probes":null'],
  ['a text in the place of a number', '"objective":"0.5"'],
  ['a list in the place of an object', '"accuracy":[1]'],
  ['a name that there is not', '"secolds":1'],
])('a line of metrics with %s is told with file and line', async (_, part) => {
  const folder = copyOf(begun);
  const path = join(folder, 'metrics.jsonl');
  const [first] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${first}\n{"samples":100,"objective":1,${part}}\n`);
  const { problems } = await lookAtAll(folder);
  expect(problems).toEqual([expect.stringContaining(`${path}:2: is no`)]);
  await writeRunsReport([readStoredRun(folder)!], join(folder, 'report.html'));
});

/** All texts in which one letter, digit or sign is another, a few of them. */
function* flips(text: string, count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    const at = Math.floor(((i + 0.5) / count) * text.length);
    const other = String.fromCharCode(text.charCodeAt(at) ^ (1 + (i % 7)));
    yield text.slice(0, at) + other + text.slice(at + 1);
  }
}

test.each([
  ['finished', 'summary.json'],
  ['finished', 'metrics.jsonl'],
  ['finished', 'config.json'],
  ['begun', 'metrics.jsonl'],
  ['begun', 'config.json'],
])('of a run that has %s, no letter of %s can change unnoticed, nor end in an error', async (which, name) => {
  const folder = copyOf(which === 'finished' ? finished : begun);
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8');
  for (const flipped of flips(text, 150)) {
    writeFileSync(path, flipped);
    // A line without its end is one that was cut short, which is taken back.
    if (name === 'metrics.jsonl' && flipped.lastIndexOf('\n') !== text.length - 1) continue;
    expect(verifyRun(folder).join('\n'), flipped).toContain(path);
    const { run } = findStoredRun(folder);
    if (run) await writeRunsReport([run], join(folder, '..', 'report.html'));
    if (run) rowOf(run, folder);
  }
});

test('what a damaged summary says is not taken: the run is done again, to the same weights', async () => {
  const folder = copyOf(finished);
  const { weightsSha256 } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  change(join(folder, 'summary.json'), /"objective": 0\.\d/, '"objective": 0.1');
  const notes: string[] = [];
  const { config: kept, options } = await readResumable(folder);
  const again = await runTraining(kept, { ...options, onNote: (text) => notes.push(text) });
  expect(again.weightsSha256).toBe(weightsSha256);
  expect(notes).toEqual([expect.stringContaining('summary.json: is not what the run wrote')]);
  expect(verifyRun(folder)).toEqual([]);
});

test.each(['metrics.jsonl', 'weights.safetensors'])(
  'a finished run whose %s has changed is not passed for one',
  async (name) => {
    const folder = copyOf(finished);
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length - 9]! ^= 1;
    writeFileSync(join(folder, name), bytes);
    await expect(runTraining(config, { folder })).rejects.toThrow(`${join(folder, name)}: is not what the run wrote`);
  },
);

test('a number that was changed in the metrics of a run that goes on is measured again', async () => {
  const folder = copyOf(begun);
  change(join(folder, 'metrics.jsonl'), /"objective":0\.\d/, '"objective":0.1');
  const notes: string[] = [];
  await runTraining(config, { folder, onNote: (text) => notes.push(text) });
  expect(notes).toEqual([expect.stringContaining('metrics.jsonl:1: is not what the run wrote')]);
  expect(readFileSync(join(folder, 'metrics.jsonl'))).toEqual(readFileSync(join(finished, 'metrics.jsonl')));
});

test.each([
  ['seed', /"seed": 1/, '"seed": 2', 'seed: 1 became 2'],
  ['a rate', /"eta0": [\d.e-]+/, '"eta0": 0.5', 'rates.W1.eta0: '],
  ['order', /"order": "[a-z]+"/, '"order": "sequential"', 'order: '],
  ['where it is evaluated', /10,\s+100/, '10,\n    50', 'evaluateAt: '],
  ['how many samples', /"samples": 300/, '"samples": 400', 'samples: 300 became 400'],
  ['how it is measured', /"first": 100/, '"first": 50', 'accuracy.test.first: 100 became 50'],
  ['how the weights started', /"normal": [\d.e-]+/, '"normal": 0.5', 'initial.'],
])('another value of %s in the settings of a run that goes on is refused', async (_, from, to, words) => {
  const folder = copyOf(begun);
  change(join(folder, 'config.json'), from, to);
  const refusal = readResumable(folder);
  await expect(refusal).rejects.toThrow(`config.json: was changed after the run began (${words}`);
  await expect(refusal).rejects.not.toThrow(/\n|\{/);
});

/** A folder as version 0.1 left it before it had checksums of lines and of single files. */
function withoutSums(folder: string): string {
  for (const name of ['config.json', 'summary.json', 'metrics.jsonl']) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    const bare = text.replace(/,\s+"sha256": "[0-9a-f]{64}"(?=\s+\})/, '').replaceAll(/,"crc32c":"[0-9a-f]{8}"/g, '');
    expect(bare).not.toBe(text);
    writeFileSync(path, bare);
  }
  return folder;
}

test('a run that an earlier version began is read and gone on with, and said to be without checksums', async () => {
  const folder = withoutSums(copyOf(begun));
  expect(inspectRun(folder)).toEqual({
    problems: [],
    unchecked: [join(folder, 'config.json'), join(folder, 'metrics.jsonl')],
  });
  const notes: string[] = [];
  const { config: kept, options } = await readResumable(folder);
  const { weightsSha256 } = await runTraining(kept, { ...options, onNote: (text) => notes.push(text) });
  expect(notes).toEqual([expect.stringContaining('config.json: has no checksum'), 'goes on from sample 100']);
  expect(weightsSha256).toBe(JSON.parse(readFileSync(join(finished, 'summary.json'), 'utf8')).weightsSha256);
});

test('a summary without a checksum must agree with the other files', () => {
  const folder = copyOf(finished);
  const path = join(folder, 'summary.json');
  const { sha256: _, ...summary } = JSON.parse(readFileSync(path, 'utf8'));
  change(join(folder, 'config.json'), /,\s+"sha256": "[0-9a-f]{64}"(?=\s+\})/, '');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const sum = createHash('sha256')
    .update(readFileSync(join(folder, 'config.json')))
    .digest('hex');
  const old = { ...summary, files: { ...summary.files, 'config.json': sum } };
  writeFileSync(path, JSON.stringify(old));
  expect(inspectRun(folder)).toEqual({ problems: [], unchecked: [path] });
  for (const wrong of [{ samples: 299 }, { objective: 0.1 }, { accuracy: { test: 0.99 } }]) {
    writeFileSync(path, JSON.stringify({ ...old, ...wrong }));
    expect(verifyRun(folder)).toEqual([
      expect.stringMatching(/summary.json: is not what the run wrote: .* by the other files/),
    ]);
  }
});

test('a summary names no files of others', () => {
  const folder = copyOf(finished);
  const path = join(folder, 'summary.json');
  writeFileSync(
    path,
    JSON.stringify({ status: 'diverged', divergedAt: 3, files: { '../../etc/passwd': '0'.repeat(64) } }),
  );
  expect(verifyRun(folder)).toEqual([`${path}: is damaged: "files" cannot be`]);
  appendFileSync(path, ' ');
});
