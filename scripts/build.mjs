// Builds everything: the kernels (AssemblyScript → WebAssembly), all packages (TypeScript → types and JavaScript), then the
// page of the laboratory. What is up to date is left alone.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildKernels } from '../packages/core/scripts/build-kernels.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program; ends this process where it fails. */
function run(node, ...args) {
  const { status } = spawnSync(node, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

// The bundlers need a newer Node.js than the one that sets a checkout up may be.
const pinned = `${root}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
const node = existsSync(pinned) ? pinned : process.execPath;

await buildKernels();
run(process.execPath, `${root}node_modules/typescript/bin/tsc`, '-b', root);
run(node, `${root}scripts/bundle.mjs`);
run(node, `${root}packages/lab/scripts/build-page.mjs`);
