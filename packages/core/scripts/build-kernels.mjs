import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const core = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${core}../../node_modules/assemblyscript`;
/** The builds: what each is enabled to use beside what all are, and where it goes. */
const builds = [
  { options: [], output: `${core}src/kernels/binary.generated.ts` },
  { options: ['--enable', 'relaxed-simd'], output: `${core}src/kernels/fused-binary.generated.ts` },
];

/**
 * Compiles assembly/ to WebAssembly, with products rounded before they are added and with fused ones, and writes both, gzipped, in base64, into
 * src/kernels/*.generated.ts, so that the library needs no file or network access to load its kernels. Does nothing where they were
 * made from the same sources. Throws Error with the compiler's messages where it does not compile.
 */
export async function buildKernels() {
  const stamp = `// sources: ${digestOfSources()}`;
  const isThere = ({ output }) => existsSync(output) && readFileSync(output, 'utf8').includes(stamp);
  if (builds.every(isThere)) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'apical-kernels-'));
  try {
    await Promise.all(builds.map((build, index) => compile(build, path.join(folder, `${index}.wasm`), stamp)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compile({ options, output }, binary, stamp) {
  const config = ['assembly/index.ts', '--config', 'asconfig.json', '--outFile', path.relative(core, binary)];
  await promisify(execFile)(process.execPath, [`${compiler}/bin/asc.js`, ...config, ...options], { cwd: core });
  const base64 = gzipSync(readFileSync(binary), { level: 9 }).toString('base64');
  writeFileSync(
    output,
    `// Written by scripts/build-kernels.mjs from assembly/; not kept in git.\n${stamp}\nexport const kernelBinary =\n  '${base64}';\n`,
  );
}

function digestOfSources() {
  const sources = [
    'asconfig.json',
    'scripts/build-kernels.mjs',
    ...readdirSync(`${core}assembly`).map((name) => `assembly/${name}`),
  ];
  const digest = createHash('sha256').update(readFileSync(`${compiler}/package.json`));
  for (const name of sources.sort()) digest.update(`\0${name}\0`).update(readFileSync(`${core}${name}`));
  return digest.digest('hex');
}
