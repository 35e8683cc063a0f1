import type { z } from 'zod';
import type { RunConfig } from './run-config.ts';
import { runConfigSchema } from './schema.ts';
import { isRecord } from './settings.ts';

/** Settings that were asked for, on which the defaults of others depend. */
export type Asked = Partial<Omit<RunConfig, 'rule' | 'ruleModule' | 'data' | 'rates' | 'initial'>> & {
  readonly data?: Partial<Omit<RunConfig['data'], 'set'>>;
};

/** What of some settings is right by itself: the others are refused where all of them are checked. */
export function askedOf(settings: Readonly<Record<string, unknown>>): Asked {
  const { shape } = runConfigSchema;
  const learned = isRecord(settings.data) ? soundOf(settings.data, shape.data.shape, ['set']) : {};
  const others = soundOf(settings, shape, ['rule', 'ruleModule', 'data', 'rates', 'initial']);
  return { ...others, ...(Object.keys(learned).length > 0 && { data: learned }) };
}

function soundOf(settings: Readonly<Record<string, unknown>>, shapes: z.ZodRawShape, but: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const value = settings[name];
      if (value === undefined || but.includes(name)) return [];
      return (shape as z.ZodType).safeParse(value).success ? [[name, value]] : [];
    }),
  );
}
