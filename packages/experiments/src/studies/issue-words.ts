import type { z } from 'zod';
import { suggestion } from '../config/suggestion.ts';

const typeNames: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  null: 'null',
  object: 'an object',
  record: 'an object',
};

/** What zod has to say against a value, in our words. */
export function issueWords(issue: z.core.$ZodIssue, value: unknown): string {
  const expected = expectation(issue);
  if (expected === undefined) return issue.message;
  if (value === undefined) return `is missing; it must be ${expected}`;
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  const hint = typeof value === 'string' ? suggestion(value, namesIn(issue)) : '';
  return `must be ${expected}${isScalar ? `, not ${JSON.stringify(value)}` : ''}${hint}`;
}

/** What a value must be, as far as the issue says it. */
export function expectation(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
    case 'invalid_union':
      return namesIn(issue).length > 0 ? alternatives(namesIn(issue)) : undefined;
    case 'invalid_format':
      return 'lower-case letters, digits and hyphens, a letter or digit first';
    case 'too_small':
      return sizeWords(issue.origin, `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`);
    case 'too_big':
      return sizeWords(issue.origin, `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`);
    default:
      return undefined;
  }
}

/** The names of which the value has to be one. */
function namesIn(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options as unknown[]).map(String) : [];
}

/** `grid, tpe or asha`. */
function alternatives(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

function sizeWords(origin: string, size: string): string {
  if (origin === 'array') return `a list with ${size} in it`;
  return origin === 'string' ? `a text of ${size} letters` : size;
}
