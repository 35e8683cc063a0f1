import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseRunConfig } from './parse.ts';
import { runConfigSchema } from './schema.ts';

const page = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8');
const [, table = '', examples = ''] = /## The table([\s\S]*?)## Complete examples([\s\S]*?)\n## /.exec(page) ?? [];
const [example = '', ...others] = [...examples.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
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
  // The settings of one optimiser are those of another.
  if (schema instanceof z.ZodRecord && path[0] === 'optimisers') return ['optimisers.*'];
  if (schema instanceof z.ZodRecord) return pathsOf(schema.valueType as z.ZodType, [...path, '*']);
  if (!(schema instanceof z.ZodObject)) return [path.join('.')];
  return Object.entries(schema.shape).flatMap(([name, inner]) => pathsOf(inner as z.ZodType, [...path, name]));
}

test('docs/settings.md has a row for every setting, and for no other', () => {
  expect(rows.map(({ path }) => path).toSorted()).toEqual(pathsOf(runConfigSchema).toSorted());
});

test('its examples are configs; the first has every setting that is not absent unless it is said', () => {
  expect(others.length).toBeGreaterThan(0);
  for (const json of [example, ...others])
    expect(parseRunConfig(JSON.parse(json), 'example')).toEqual(JSON.parse(json));
  const always = Object.entries(runConfigSchema.shape).filter(([, schema]) => !(schema instanceof z.ZodExactOptional));
  expect(Object.keys(JSON.parse(example)).toSorted()).toEqual(always.map(([name]) => name).toSorted());
});

const single = rows.filter(({ path }) => !path.startsWith('accuracy.'));
test.each(single)('$path may be left out if a default is given, and only then', ({ path, defaultValue }) => {
  const config = JSON.parse(example);
  const names = path.replace('*', 'W1').split('.');
  const last = names.pop() ?? '';
  const place = names.reduce((place, name) => place?.[name], config);
  if (place) delete place[last];
  const parse = () => parseRunConfig(config, 'example');
  if (defaultValue.startsWith('needed')) expect(parse).toThrow(`${[...names, last].join('.')}: is missing`);
  else expect(parse).not.toThrow();
});
