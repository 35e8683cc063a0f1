import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readableJson } from './results-json.ts';

test('the layout changes no value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(readableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('an array of doubles is one line, and keeps every bit', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(fc.oneof(finite, fc.constant(null)), { minLength: 1 }), (values) => {
      const [, line = ''] = readableJson({ values }).split('\n');
      expect(JSON.parse(`{${line}}`)).toEqual({ values: values.map((value) => (value === 0 ? 0 : value)) });
    }),
  );
});

test('a string that looks like a laid-out array stays as it is', () => {
  const text = 'a [\n  1,\n  2\n] b';
  expect(JSON.parse(readableJson([text]))).toEqual([text]);
});
