import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseRunConfig } from './parse.ts';
import { runConfigSchema } from './schema.ts';

const page = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8');
const [, table = '', example = ''] =
  /## The table([\s\S]*?)## A complete example[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
/** Each row's setting, with a star for names of one's own, and its default. */
const rows = [...table.matchAll(/^\| `([\w.]+)` \| .*? \| (.*?) \|/gm)].map(([, path = '', defaultValue = '']) => ({
  path: path.replace(/SYNAPSES|NAME/, '*'),
  defaultValue,
}));

/** The paths of all settings that a schema has. */
function pathsOf(schema: z.ZodType, path: readonly string[] = []): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodExactOptional) {
    return pathsOf(schema.unwrap() as z.ZodType, path);
  }
  if (schema instanceof z.ZodRecord) return pathsOf(schema.valueType as z.ZodType, [...path, '*']);
  if (!(schema instanceof z.ZodObject)) return [path.join('.')];
  return Object.entries(schema.shape).flatMap(([name, inner]) => pathsOf(inner as z.ZodType, [...path, name]));
}

test('docs/settings.md has a row for every setting, and for no other', () => {
  expect(rows.map(({ path }) => path).toSorted()).toEqual(pathsOf(runConfigSchema).toSorted());
});

test('its example is a config, which has every setting that needs no other to be changed', () => {
  const config = parseRunConfig(JSON.parse(example), 'example');
  expect(config).toEqual(JSON.parse(example));
  expect(Object.keys(config).toSorted()).toEqual(
    Object.keys(runConfigSchema.shape)
      .filter((name) => name !== 'meanRate')
      .toSorted(),
  );
});

const single = rows.filter(({ path }) => !path.startsWith('accuracy.'));
test.each(single)('$path may be left out if a default is given, and only then', ({ path, defaultValue }) => {
  const config = JSON.parse(example);
  const names = path.replace('*', 'W1').split('.');
  const last = names.pop() ?? '';
  delete names.reduce((place, name) => place[name], config)[last];
  const parse = () => parseRunConfig(config, 'example');
  if (defaultValue.startsWith('needed')) expect(parse).toThrow(`${[...names, last].join('.')}: is missing`);
  else expect(parse).not.toThrow();
});
