// Builds the page into dist/page, with the data that ships: a folder that any web server can serve. Does nothing where that
// was made from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const lab = fileURLToPath(new URL('..', import.meta.url));
const packages = fileURLToPath(new URL('../..', import.meta.url));
const stamp = `${lab}dist/page/.sources`;

/** What the static folder brings along of what ships with @apical/data: by split. */
const brought = { mnist: 'test', 'fashion-mnist': 'test', digits: 'train', iris: 'train', wine: 'train' };

const digest = digestOfSources();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  const { build } = await import('vite');
  await build({ configFile: `${lab}vite.config.ts`, logLevel: 'warn' });
  const index = {};
  for (const [set, split] of Object.entries(brought)) {
    const files = readdirSync(`${packages}data/shipped/${set}`);
    await mkdir(`${lab}dist/page/data/${set}`, { recursive: true });
    for (const file of files) await cp(`${packages}data/shipped/${set}/${file}`, `${lab}dist/page/data/${set}/${file}`);
    index[set] = { [split]: files.filter((file) => /\.(gz|csv)$/.test(file)) };
  }
  await writeFile(`${lab}dist/page/data/index.json`, JSON.stringify(index));
  // Only `apical lab --runs` has runs to show.
  await mkdir(`${lab}dist/page/runs`, { recursive: true });
  await writeFile(`${lab}dist/page/runs/index.json`, '{}');
  await writeFile(stamp, digest);
}

/** Of the page and of what it is built from: the other packages as they are compiled. */
function digestOfSources() {
  const digest = createHash('sha256');
  const sources = [
    ...globSync('lab/{vite.config.ts,package.json,scripts/*.mjs,src/page/**/*,public/**/*}', { cwd: packages }),
    ...globSync('{core,data,experiments}/dist/modules/**/*.js', { cwd: packages }),
    ...globSync('data/shipped/**/*', { cwd: packages }),
  ];
  for (const name of sources.sort()) {
    if (/\.[a-z]+$/.test(name)) digest.update(`\0${name}\0`).update(readFileSync(packages + name));
  }
  return digest.digest('hex');
}
