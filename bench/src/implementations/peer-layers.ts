import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { peerFile } from '../race/peer-file.ts';
import { readFloats, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';

/** Arrays of a problem that are no weights. */
const noWeights: ReadonlySet<string> = new Set(['inputs', 'targets', 'labels']);

/** Networks of layers in a library for JavaScript, which need not be there: the module in `peers` that imports it is loaded only here. */
export async function peerLayersLearner(file: string, setup: Setup): Promise<Learner> {
  const load = (name: string) => import(pathToFileURL(peerFile(name)).href);
  const [{ createBackend }, { layersLearner }] = await Promise.all([load(file), load('layers.mjs')]);
  const names = readdirSync(setup.folder)
    .filter((name) => name.endsWith('.f32'))
    .map((name) => name.slice(0, -'.f32'.length))
    .filter((name) => !noWeights.has(name));
  return layersLearner(await createBackend(setup.values), {
    values: setup.values,
    names,
    floats: (name: string) => readFloats(setup, `${name}.f32`),
  });
}
