// Packs every package, installs the archives in an empty folder outside the workspace, and uses them there: the library's
// README example, the types, and the command. What a user gets from the registry is what is tested.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['core', 'data', 'experiments', 'lab', 'cli'].map((name) => path.join(root, 'packages', name));
const scratch = mkdtempSync(path.join(tmpdir(), 'apical-packages-'));
const bin = (folder, name) => path.join(folder, 'node_modules', '.bin', name);

function run(command, args, cwd) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Fails with what was expected and found. */
function expect(what, found, pattern) {
  if (!pattern.test(found)) throw new Error(`${what}: ${pattern} expected, found:\n${found}`);
  process.stdout.write(`ok: ${what}\n`);
}

const program = `
import { createNetwork, type Matrix } from '@apical/core';
import { loadImages, preprocess } from '@apical/data';

const images = await loadImages({ set: 'mnist', split: 'test' });
const samples = preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' });
const rate = { eta0: 0.01, t0: 1e3 };
const network = await createNetwork({
  rule: 'bmvr', inputs: samples.inputs, labels: samples.labels, hidden: 1, ridge: 0.1, rates: { W1: rate, W2: rate, Q: rate },
});
network.learnSamples(samples, Uint32Array.from({ length: 1000 }, (_, i) => i));
const W1: Matrix | undefined = network.weights().W1;
console.log(network.samplesSeen, W1?.rows, W1?.cols);
`;

try {
  for (const folder of packages) {
    run(bin(root, 'publint'), ['--strict', folder], root);
    run('npm', ['pack', '--silent', '--pack-destination', scratch], folder);
  }
  process.stdout.write('ok: publint finds nothing\n');
  const archives = readdirSync(scratch).map((name) => `./${name}`);
  writeFileSync(path.join(scratch, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...archives], scratch);

  writeFileSync(path.join(scratch, 'program.ts'), program);
  const types = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', '', 'program.ts'];
  run(bin(root, 'tsc'), types, scratch);
  process.stdout.write('ok: a program type-checks against the packages\n');
  expect('the library learns', run(process.execPath, ['program.ts'], scratch), /^1000 1 784$/m);
  expect('apical --version', run(bin(scratch, 'apical'), ['--version'], scratch), /^\d+\.\d+\.\d+$/m);
  const trained = run(
    bin(scratch, 'apical'),
    ['train', '--rule', 'bmvr', '--data', 'mnist', '--samples', '500', '--json', '--quiet'],
    scratch,
  );
  expect('apical train', trained, /"weightsSha256":\s*"[0-9a-f]{64}"/);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
