import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { parseJson } from './parse-json.ts';

test('any JSON is read as it was written, with a byte order mark or without, however it is laid out', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), (value, spaces, mark) => {
      const text = JSON.stringify(value, null, spaces);
      expect(parseJson(`${mark ? '\ufeff' : ''}${text}`, 'a')).toEqual(JSON.parse(text));
    }),
  );
});

test.each<[string, string, string]>([
  ['a key given twice', '{\n "seed": 1,\n "rule": "bmvr",\n "seed": 2\n}', 'line 4, column 2: "seed" is given twice'],
  ['a key within', '{"a": [{"b": 1, "c": {"b": 2}, "b": 3}]}', 'line 1, column 32: "b" is given twice'],
  ['a key that is written otherwise', '{"a": 1, "\\u0061": 2}', 'line 1, column 10: "\\u0061" is given twice'],
  ['nothing', '', 'is not JSON: it is empty'],
  ['a text cut short', '{"a": "', 'is not JSON: '],
  ['another language', 'rule: bmvr\nseed: 1', 'is not JSON: '],
  ['a second object', '{"a": 1}\n{"a": 2}\n', 'is not JSON: line 2, column 1: more follows after the end of its value'],
  ['a second list', '[1, "]"] [2]', 'is not JSON: line 1, column 10: more follows after the end of its value'],
  ['a second number', '1\n2', 'is not JSON: line 2, column 1: more follows after the end of its value'],
  ['a second text', '"a, \\" " b', 'is not JSON: line 1, column 10: more follows after the end of its value'],
  ['a bracket too many', '{"a": {}}}', 'is not JSON: line 1, column 10: more follows after the end of its value'],
  ['depth', '[{"a":'.repeat(1e5), 'line 1, column 1501: values lie more than 500 deep in each other'],
])('%s is refused in one line', (_, text, message) => {
  expect(() => parseJson(text, 'x.json')).toThrow(`x.json: ${message}`);
  expect(() => parseJson(text, 'x.json')).toThrow(/^[^\n]*$/);
});

test('what is wrong before a second value is told, not the second value', () => {
  for (const text of ['{"a" 1} {}', '[1, 2} {}', '{"a": 1,} {}', ', {}', '{} {}'.slice(1)]) {
    expect(() => parseJson(text, 'x.json')).toThrow(/^x\.json: is not JSON: (?!.*more follows)/);
  }
});

test('the same key in different objects, and in texts, is none given twice', () => {
  const text = '{"a": {"a": "\\"a\\": {"}, "b": ["a", "a"], "c": "{\\"c\\":1}"}';
  expect(parseJson(text, 'a')).toEqual(JSON.parse(text));
});

test('500 deep is not too deep', () => {
  const text = `${'['.repeat(500)}${']'.repeat(500)}`;
  expect(parseJson(text, 'a')).toEqual(JSON.parse(text));
});

test('texts are read in UTF-8 and, with its mark, UTF-16', () => {
  expect(decodeText(Buffer.from('\ufeffweiß 靴'), 'a')).toBe('weiß 靴');
  const wide = Buffer.from('\ufeffweiß 靴', 'utf16le');
  expect(decodeText(wide, 'a')).toBe('weiß 靴');
  expect(decodeText(wide.swap16(), 'a')).toBe('weiß 靴');
  expect(() => decodeText(Uint8Array.of(0x61, 0xe4), 'x.csv')).toThrow('x.csv: is not a text in UTF-8');
});
