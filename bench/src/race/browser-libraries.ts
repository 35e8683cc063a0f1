import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Found } from './implementations.ts';
import { peerFile } from './peer-file.ts';

/** Libraries of the browser world that run in Node.js, too, and the packages that each needs; the first has its version. */
const libraries = [
  { name: 'tfjs', title: 'TensorFlow.js', packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'] },
  { name: 'jax', title: 'jax-js', packages: ['@jax-js/jax'] },
] as const;

/** Those that are installed: they are no dependencies, for whoever tests or uses apical does without. */
export function findBrowserLibraries(commandOf: (name: string) => readonly string[]): Found {
  const found = libraries.map((library) => ({ ...library, version: versionOf(library.packages) }));
  const there = found.filter(({ version }) => version !== undefined);
  return {
    all: [],
    layers: there.map(({ name }) => ({ name, command: commandOf(name) })),
    versions: Object.fromEntries(there.map(({ title, version }) => [title, version!])),
    notes: found
      .filter(({ version }) => version === undefined)
      .map(({ title, packages }) => `${title} is left out: "npm install --no-save ${packages.join(' ')}" brings it`),
  };
}

/** The version of the first of the packages, if all are where the peers look for them. */
function versionOf(packages: readonly string[]): string | undefined {
  const { resolve } = createRequire(peerFile('layers.mjs'));
  const manifests = packages.map((name) =>
    resolve
      .paths(name)
      ?.map((folder) => path.join(folder, name, 'package.json'))
      .find((file) => existsSync(file)),
  );
  if (manifests.some((file) => file === undefined)) return undefined;
  const { version }: { version: string } = JSON.parse(readFileSync(manifests[0]!, 'utf8'));
  return version;
}
