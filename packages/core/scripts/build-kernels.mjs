import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('..', import.meta.url));
const output = `${core}src/kernels/binary.generated.ts`;

/**
 * Compiles assembly/ to WebAssembly and writes it, base64, into src/kernels/binary.generated.ts, so that the library needs no
 * file or network access to load its kernels. Does nothing where that was made from the same sources. Throws Error with the
 * compiler's messages where it does not compile.
 */
export async function buildKernels() {
  const stamp = `// sources: ${digestOfSources()}`;
  if (existsSync(output) && readFileSync(output, 'utf8').includes(stamp)) return;
  const { default: asc } = await import('assemblyscript/asc');
  let binary = new Uint8Array();
  const options = ['--config', 'asconfig.json', '--baseDir', core, '--outFile', 'kernels.wasm'];
  const { error, stderr } = await asc.main(['assembly/index.ts', ...options], {
    writeFile: (_name, contents) => {
      binary = contents;
    },
  });
  if (error) throw new Error(stderr.toString());
  const base64 = Buffer.from(binary).toString('base64');
  writeFileSync(
    output,
    `// Written by scripts/build-kernels.mjs from assembly/; not kept in git.\n${stamp}\nexport const kernelBinary =\n  '${base64}';\n`,
  );
}

function digestOfSources() {
  const compiler = 'node_modules/assemblyscript/package.json';
  const sources = ['asconfig.json', ...readdirSync(`${core}assembly`).map((name) => `assembly/${name}`)];
  const digest = createHash('sha256').update(readFileSync(`${core}../../${compiler}`));
  for (const name of sources.sort()) digest.update(`\0${name}\0`).update(readFileSync(`${core}${name}`));
  return digest.digest('hex');
}
