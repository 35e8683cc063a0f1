#!/usr/bin/env node
// The `apical` command. Looks at the Node.js version before anything newer is imported, then hands over to dist/.
import { existsSync } from 'node:fs';

const needed = [22, 12];
const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/index.js', import.meta.url);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `apical: Node.js ${needed.join('.')} or newer is needed, and this is ${process.version} (${process.execPath})\n`,
  );
  process.exitCode = 1;
} else if (!existsSync(main)) {
  process.stderr.write('apical: not built yet; run "npm run build" at the root of the checkout\n');
  process.exitCode = 1;
} else {
  const { run } = await import(main.href);
  process.exitCode = await run(process.argv.slice(2));
}
