#!/usr/bin/env node
// The `apical` command. Looks at the Node.js version before anything newer is imported, then hands over to dist/.
// On the way, it lets V8 join pairs of 128-bit instructions to one of 256 bits: see docs/representation.md.
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const needed = [22, 12];
const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/index.js', import.meta.url);
const wide = 'experimental-wasm-revectorize';
/** Whether V8 was built with it (for x64, but not for macOS), is of a version that it was tested with, and nobody chose already. */
const canJoin =
  process.config.variables.v8_enable_wasm_simd256_revec === 1 &&
  major >= 24 &&
  !process.execArgv.some((option) => option.replaceAll('_', '-').endsWith(wide));

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `apical: Node.js ${needed.join('.')} or newer is needed, and this is ${process.version} (${process.execPath}); in the checkout, npx apical has the Node.js that it needs\n`,
  );
  process.exitCode = 1;
} else if (!existsSync(main)) {
  process.stderr.write('apical: not built yet; run "npm run build" at the root of the checkout\n');
  process.exitCode = 1;
} else {
  if (canJoin) setFlagsFromString(`--${wide}`);
  // The kernels of all threads look there.
  process.env.APICAL_JOINS_VECTORS = canJoin ? '1' : '0';
  const { run } = await import(main.href);
  process.exitCode = await run(process.argv.slice(2));
}
