import { InputError, readSafetensors, sha256 } from '@apical/core';
import { methods, parseRunConfig, type RunConfig } from '@apical/experiments';
import { type Experiment, withConfig } from '../experiment/experiment.ts';
import type { Weights } from '../training/protocol.ts';
import type { BroughtWeights } from './brought-weights.ts';

/** What a file says that was taken away before: a run, and the weights that it starts from. */
export interface Imported {
  readonly experiment: Experiment;
  /** How many samples the run has learned, from its own start. */
  readonly at: number;
  readonly brought?: BroughtWeights;
}

/** A file of more bytes is neither a config nor the weights of a network that fits in here. */
const mostBytes = 200_000_000;

/**
 * Reads a config (JSON) or weights (safetensors).
 * @param base the experiment of which what the file does not say is taken
 * @throws InputError that says what is wrong with it
 */
export async function readImport(file: File, base: Experiment): Promise<Imported> {
  if (file.size > mostBytes) throw new InputError(`${file.name}: too large for a config or weights`);
  if (file.name.endsWith('.json')) {
    const config = readConfig(await file.text(), file.name);
    return { experiment: withConfig(base, config), at: config.samples };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { tensors, metadata } = readSafetensors(bytes, file.name);
  const config = metadata.config === undefined ? undefined : readConfig(metadata.config, file.name);
  const rule = methodOf(config, tensors);
  const { W1 } = tensors;
  if (!W1) throw new InputError(`${file.name}: there is no W1 in it`);
  const experiment: Experiment = config
    ? withConfig(base, config)
    : { ...base, hidden: W1.rows, decoupled: 'R' in tensors, rules: [rule], changes: [] };
  const mark = (await sha256(bytes)).slice(0, 12);
  return { experiment, at: 0, brought: { mark, file: file.name, rule, weights: tensors } };
}

function methodOf(config: RunConfig | undefined, tensors: Weights): string {
  return methods.find((rule) => rule === config?.rule) ?? ('Q' in tensors ? 'bmvr' : 'backprop');
}

function readConfig(text: string, source: string): RunConfig {
  const settings = parseJson(text, source);
  if (typeof settings !== 'object' || settings === null || !('rule' in settings)) {
    throw new InputError(`${source}: is JSON, but no config of a run: it names no rule`);
  }
  return parseRunConfig(settings, source);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${source}: is not JSON: ${(error as Error).message}`);
  }
}
