import { readFile } from 'node:fs/promises';
import { loadModel, type Model } from '@apical/core';

/** A model and the file that it comes from. */
export interface ModelFile extends Model {
  readonly path: string;
}

/** Reads a model that `saveModel` or a run wrote. @throws InputError where it is not sound; the system's error if it cannot be read */
export async function readModelFile(path: string): Promise<ModelFile> {
  return { ...(await loadModel(await readFile(path), { source: path })), path };
}
