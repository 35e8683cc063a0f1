// Sets the checkout up for `npm start` and `npm test`: installs what package-lock.json pins (the Node.js runtime
// included) and builds the packages. What is up to date is left alone, so that a second call takes a second.
// Runs on any Node.js from 20, since the pinned one may not be there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** Runs npm with the arguments; ends this process with npm's exit code when it fails. */
function npm(...args) {
  const cli = process.env.npm_execpath;
  const result = cli
    ? spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    process.stderr.write(`set-up: "npm ${args.join(' ')}" failed; what it printed above says why.\n`);
    process.exit(result.status ?? 1);
  }
}

const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const stamp = 'node_modules/.apical-installed';
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, lock);
}
await import('./build.mjs');
