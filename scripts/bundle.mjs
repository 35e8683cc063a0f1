// Writes the JavaScript of the packages, beside the types that the compiler writes. For Node.js a package's modules become few
// files: to find, read and link 800 of them takes the command half a second. For the bundlers of pages they stay apart, so that
// what a page does not use is left out.
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../packages', import.meta.url));

await write('core/src', ['index.ts'], 'core/dist');
await write('data/src', ['index.ts', 'parquet.ts'], 'data/dist');
await write('experiments/src', ['index.ts', 'pool/run-worker.ts', 'studies/sweep/trial-worker.ts'], 'experiments/dist');
await write('lab/src/server', ['index.ts'], 'lab/dist/server');
await write('cli/src', ['index.ts'], 'cli/dist');

await write('core/src', ['index.ts'], 'core/dist/modules', { preserveModules: true });
await write('data/src', ['browser.ts', 'parquet.ts'], 'data/dist/modules', { preserveModules: true });
await write('experiments/src', ['browser.ts'], 'experiments/dist/modules', { preserveModules: true });

/** Writes what the entries import of their package's files; removes JavaScript of earlier builds. */
async function write(from, entries, to, options) {
  const dir = join(packages, to);
  const input = entries.map((file) => join(packages, from, file));
  const isOutside = (id) => /^[^./]/.test(id) && !id.startsWith(packages);
  const bundle = await rolldown({ input, platform: 'node', external: isOutside });
  const { output } = await bundle.write({ dir, sourcemap: true, chunkFileNames: '[name].js', ...options });
  await bundle.close();
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const file of globSync('**/*.{js,js.map}', { cwd: dir })) {
    if (!written.has(file) && !file.startsWith('modules')) rmSync(join(dir, file));
  }
}
