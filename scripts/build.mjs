// Builds everything: the kernels (AssemblyScript → WebAssembly), then all packages (TypeScript → JavaScript and types).
// What is up to date is left alone.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildKernels } from '../packages/core/scripts/build-kernels.mjs';

await buildKernels();
const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;
const { status } = spawnSync(process.execPath, [compiler, '-b', root], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
