import { InputError } from '../errors.ts';
import { bytesGiven } from '../given.ts';
import { type ModelNotes, readDescription } from './description.ts';
import { readSafetensors } from './safetensors.ts';
import { checkSeal } from './seal.ts';

/**
 * What a model file knows of the data that its network learned from, without making the network.
 *
 * @throws InputError, with `source`, for a file that is not sound, or was changed
 */
export async function readModelNotes(file: Uint8Array | ArrayBuffer, source: string): Promise<ModelNotes> {
  const content = readSafetensors(file, source);
  checkSeal(bytesGiven(file, source), content, source);
  try {
    const { preprocessing, classNames } = readDescription(content.metadata.model ?? '');
    return { ...(preprocessing && { preprocessing }), ...(classNames && { classNames }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${source}: ${error.message}`, { cause: error });
  }
}
