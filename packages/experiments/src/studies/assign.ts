import { InputError } from '@apical/core';
import { isRecord } from '../config/settings.ts';

/** What an object of objects has at a dotted path. */
export function valueIn(object: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, name) => (isRecord(inner) ? inner[name] : undefined), object);
}

/**
 * Puts a value at a dotted path, or takes away what is there where it is null; objects on the way are made where there are none. Numbers in a text, with commas between them, are a
 * list where the setting is one: of `hidden` layers, of `steps.at`.
 *
 * @throws InputError where something else than an object is on the way
 */
export function assign(config: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let place = config;
  for (const name of names) {
    const inner = Object.hasOwn(place, name) ? place[name] : undefined;
    if (inner !== undefined && !isRecord(inner)) throw new InputError(`: ${path}: there is no such setting`);
    const next = inner ?? {};
    Object.defineProperty(place, name, { value: next, enumerable: true, writable: true, configurable: true });
    place = next;
  }
  if (value === null) {
    delete place[last];
    return;
  }
  place[last] = isList(path) ? asList(value) : value;
}

function isList(path: string): boolean {
  return path === 'hidden' || path.endsWith('.steps.at');
}

function asList(value: unknown): unknown {
  const isNumbers = typeof value === 'string' && /^\d+(\s*,\s*\d+)*$/.test(value);
  return isNumbers ? value.split(',').map(Number) : value;
}
