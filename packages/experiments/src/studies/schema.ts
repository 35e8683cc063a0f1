import { z } from 'zod';
import type { AxisValue } from './study.ts';

/** A list, such as the units of hidden layers, is kept as a text: it can be named in conditions, and equal ones are the same. */
const value = z
  .union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.number()).min(1)])
  .overwrite((given) => (Array.isArray(given) ? given.join(',') : given) as never)
  .describe(
    'a number, a text, true or false, a list of numbers, or null: without the setting',
  ) as unknown as z.ZodType<AxisValue>;
const condition = z.string().min(1);
const whole = (minimum: number) => z.int().min(minimum);
const pair = z.tuple([z.number(), z.number()]);

const axis = z.strictObject({
  sets: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('the settings that take the value, by dotted paths; without it, the one that the axis is named after'),
  values: z.array(value).min(1).optional().describe('these values'),
  range: pair.optional().describe('from the first number to the second; with step or points, a grid of them'),
  step: z.number().positive().optional().describe('of a range: how far its numbers are apart'),
  log: pair
    .optional()
    .describe('from the first to the second on a logarithmic scale; with perDecade or points, a grid'),
  perDecade: whole(1)
    .optional()
    .describe('of a logarithmic scale: how many numbers there are from one to ten times as much'),
  points: whole(1).optional().describe('how many numbers there are, the ends included'),
  whole: z.boolean().optional().describe('only whole numbers'),
  when: condition.optional().describe('the axis counts only where this holds of the axes before it: rule=bmvr'),
});

const seed = whole(0).optional().describe('determines what is drawn at random; default 1');
const trials = whole(1).describe('how many points of the axes are tried');

const search = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('grid').describe('every combination of values') }),
  z.strictObject({ method: z.literal('random'), trials, seed }),
  z.strictObject({ method: z.literal('sobol').describe("Sobol's sequence, evenly spread"), trials, seed }),
  z.strictObject({
    method: z.literal('tpe').describe('the tree-structured Parzen estimator'),
    trials,
    seed,
    batch: whole(1).optional().describe('how many trials are proposed at a time; default 8'),
    startup: whole(1).optional().describe('how many of the first are random; default 16'),
  }),
  z.strictObject({
    method: z.literal('asha').describe('asynchronous successive halving'),
    trials,
    seed,
    eta: z.int().min(2).optional().describe('one trial in so many goes on, to so many times the samples; default 3'),
    minSamples: whole(1).describe('how many samples every trial learns'),
    parallel: whole(1).optional().describe('how many trials go on at a time where it decides who goes on; default 8'),
  }),
]);

/** What the file of a study looks like. */
export const studySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .describe('lower-case letters, digits and hyphens'),
  description: z.string().optional(),
  base: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('settings that all runs have in common, as in config.json of a run; the others are as in Figure 3'),
  axes: z
    .record(z.string(), z.union([z.array(value).min(1), axis]))
    .describe('what is varied: settings by dotted paths, such as rates.W1.eta0'),
  where: condition.optional().describe('only combinations for which this holds: rates.W1.eta0 >= rates.W2.eta0'),
  seeds: z
    .union([whole(1), z.array(whole(0)).min(1)])
    .optional()
    .describe('a list, or how many from 1 on; every trial is done with each; default 1'),
  objective: z
    .strictObject({
      metric: z
        .string()
        .optional()
        .describe('objective (default), or what base.accuracy or base.probes has measured, such as accuracy.test'),
      at: z
        .union([z.enum(['last', 'best']), whole(1)])
        .optional()
        .describe('at the last evaluation (default), the best, or the one after so many samples'),
      goal: z.enum(['min', 'max']).optional().describe('default: max for accuracies, else min'),
    })
    .optional(),
  search: search.optional().describe('default: grid'),
  marked: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        settings: z.record(z.string(), value).describe('a value of each axis'),
      }),
    )
    .optional()
    .describe("settings that are done, too, and marked in the report: the paper's"),
  keepWeights: z.boolean().optional().describe('whether runs keep their final weights; default false'),
});

export type StudyFile = z.infer<typeof studySchema>;

/** The JSON Schema of the file of a study, for editors. */
export function studyJsonSchema(): object {
  return { title: 'A study of apical', ...z.toJSONSchema(studySchema, { io: 'input' }) };
}
