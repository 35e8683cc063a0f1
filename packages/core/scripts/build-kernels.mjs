// Compiles assembly/ to WebAssembly and writes it, base64, into src/kernels/binary.generated.ts, so that the library
// needs no file or network access to load its kernels. Does nothing when the sources have not changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const output = 'src/kernels/binary.generated.ts';
const sources = ['asconfig.json', 'scripts/build-kernels.mjs']
  .concat(readdirSync('assembly').map((name) => `assembly/${name}`))
  .sort();
const digest = createHash('sha256').update(asc.version);
for (const name of sources) digest.update(`\0${name}\0`).update(readFileSync(name));
const stamp = `// sources: ${digest.digest('hex')}`;

if (!existsSync(output) || !readFileSync(output, 'utf8').includes(stamp)) {
  let binary;
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--config', 'asconfig.json', '--outFile', 'kernels.wasm'],
    {
      readFile: (name) => (existsSync(name) ? readFileSync(name, 'utf8') : null),
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (error) {
    process.stderr.write(stderr.toString());
    process.exit(1);
  }
  const base64 = Buffer.from(binary).toString('base64');
  writeFileSync(
    output,
    `// Written by scripts/build-kernels.mjs from assembly/; not kept in git.\n${stamp}\nexport const kernelBinary =\n  '${base64}';\n`,
  );
}
