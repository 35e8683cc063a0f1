import { InputError } from '@apical/core';
import { defaultRunConfig } from '../../src/config/default-config.ts';
import { parseRunConfig } from '../../src/config/parse.ts';

/** The default config with the value at a path replaced, or removed where it is undefined. */
export function configWith(path: string, value: unknown): unknown {
  const config: Record<string, unknown> = JSON.parse(JSON.stringify(defaultRunConfig('bmvr', 'mnist')));
  const names = path.split('.');
  let place = config;
  for (const name of names.slice(0, -1)) place = place[name] as Record<string, unknown>;
  const last = names.at(-1) ?? '';
  if (value === undefined) delete place[last];
  else place[last] = value;
  return config;
}

/** What is said against a config; `accepted` where nothing is. */
export function messageOf(value: unknown): string {
  try {
    parseRunConfig(value, 'run.json');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}
