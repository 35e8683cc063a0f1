import { checkOptions } from '../check-options.ts';
import { InputError } from '../errors.ts';
import { bytesGiven } from '../given.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { createNetwork } from '../network/create-network.ts';
import type { Network } from '../network/network.ts';
import { allRules, ruleNames } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { type ModelDescription, type ModelNotes, readDescription, writeDescription } from './description.ts';
import { readSafetensors, type TensorFile, writeSafetensors } from './safetensors.ts';
import { checkSeal, openSeal, seal } from './seal.ts';

const format = 'apical';
const version = '1';

/** What else a model file is to hold. */
export interface SaveModelOptions extends ModelNotes {
  /** Texts of one's own by key, for the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A model as plain data. */
export interface ModelState extends ModelDescription, SaveModelOptions {
  /** By the names, and in the shapes, of `Network.weights`. */
  readonly weights: Readonly<Record<string, Matrix>>;
}

/** A model from a file. */
export interface Model extends SaveModelOptions {
  readonly network: Network;
}

export interface LoadModelOptions {
  /** The file's name, for messages. Default `model`. */
  readonly source?: string;
  /** The memory for the network to live in: see `createNetwork`. */
  readonly memory?: WebAssembly.Memory;
  /** The rule of the model, where it is none that the library has: see `defineRule`. */
  readonly rule?: Rule;
}

/**
 * The bytes of a file that holds a network as it is now, to go on using or teaching it: its weights, t, and the options that
 * it computes and learns by. The form is safetensors, float32, which other programs read, too. The metadata hold `format`
 * ("apical"), `version`, `model` (JSON), and `sha256`, the sum of the file with zeros in the place of its digits.
 *
 * The weights are rounded to float32, as `Network.weights` gives them: what is loaded computes what was saved but for
 * rounding, and saving it again gives the same bytes. To go on bit for bit as if nothing had happened, use `snapshot`.
 *
 * @throws InputError for weights that are not finite, notes that do not fit the network, metadata of these four keys or that are no
 *   texts, and whatever else `loadModel` would refuse
 */
export async function saveModel(network: Network, options: SaveModelOptions = {}): Promise<Uint8Array> {
  checkOptions('saveModel', options, ['preprocessing', 'classNames', 'metadata'] satisfies (keyof SaveModelOptions)[]);
  const { settings, samplesSeen } = network;
  return writeModel({ ...options, settings, samplesSeen, weights: network.weights() });
}

/** `saveModel` of a network that is there as plain data. @throws InputError as that does */
export async function writeModel({ weights, metadata = {}, ...description }: ModelState): Promise<Uint8Array> {
  for (const [name, matrix] of Object.entries(weights)) checkMatrix(name, matrix, matrix.rows, matrix.cols);
  const own = { format, version, model: writeDescription(description), ...openSeal };
  const taken = Object.keys(metadata ?? {}).find((key) => Object.hasOwn(own, key));
  if (taken !== undefined) throw new InputError(`metadata.${taken} is the model's own; choose another key`);
  return seal(writeSafetensors(weights, { ...metadata, ...own }));
}

/**
 * Makes the network that was saved.
 *
 * @param file the whole file, which must not be changed afterwards: the weights that the network began with may lie in it
 * @throws InputError, with `source`, for a file that is no such model, of another version, cut, or changed in what it holds
 *   (unless its metadata say `"sha256": "unsealed"`, for who changes weights on purpose); for a rule
 *   that is none of the library's and not given; and for weights that are missing, too many, of another shape, or not finite
 */
export async function loadModel(file: Uint8Array | ArrayBuffer, options: LoadModelOptions = {}): Promise<Model> {
  checkOptions('loadModel', options, ['source', 'memory', 'rule'] satisfies (keyof LoadModelOptions)[]);
  const { source = 'model', memory, rule } = options;
  const content = readSafetensors(file, source);
  const { tensors: weights, metadata: texts } = content;
  const { format: found, version: _version, model = '', sha256: _, ...metadata } = texts;
  if (found !== format) {
    throw new InputError(`${source}: a safetensors file, but not a model: its metadata has no "format": "${format}"`);
  }
  checkSound(bytesGiven(file, source), content, source);
  try {
    const { settings, samplesSeen, ...notes } = readDescription(model);
    const own = ruleOf(settings.rule, rule);
    const network = await createNetwork({ ...settings, rule: own, samplesSeen, weights, ...(memory && { memory }) });
    const missing = network.weightNames.find((name) => !Object.hasOwn(weights, name));
    if (missing !== undefined) throw new InputError(`weights.${missing} is missing`);
    return { network, ...notes, metadata };
  } catch (error) {
    // Sizes that no memory has.
    if (!(error instanceof InputError || error instanceof RangeError)) throw error;
    throw new InputError(`${source}: ${error.message}`, { cause: error });
  }
}

/** The rule that a model names: the one that is given, or the name of one of the library's. */
function ruleOf(name: string, given: Rule | undefined): string | Rule {
  if (allRules.some((rule) => rule.name === name)) return name;
  if (given === undefined) {
    throw new InputError(`its rule "${name}" is none of the library's (${ruleNames.join(', ')}): give the rule, too`);
  }
  if (given.name === name) return given;
  throw new InputError(`its rule is "${name}", and the one that is given "${given.name}"`);
}

/**
 * The weights in a safetensors file, by name: a model's, or others'. `createNetwork` can start from them. They may lie in the file: see `readSafetensors`.
 *
 * @throws InputError, with `source`, for a file that is not sound or holds none; of a model also one that was changed
 */
export async function readWeights(file: Uint8Array | ArrayBuffer, source: string): Promise<Record<string, Matrix>> {
  const content = readSafetensors(file, source);
  if (content.metadata.format === format) checkSound(bytesGiven(file, source), content, source);
  if (Object.keys(content.tensors).length === 0) throw new InputError(`${source}: there are no weights in it`);
  return content.tensors;
}

function checkSound(bytes: Uint8Array, content: TensorFile, source: string): void {
  const written = content.metadata.version;
  if (written !== version) {
    throw new InputError(
      `${source}: a model file of version ${written ?? 'none'}, and this apical reads version ${version}: save it again with the apical at hand`,
    );
  }
  checkSeal(bytes, content, source);
}
