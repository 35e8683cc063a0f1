import { InputError } from '@apical/core';
import type { SchemaElement } from 'hyparquet';
import { placeOfRow } from './place-of-row.ts';

/** A value of a Parquet file as it is handed out. @throws InputError for whole numbers that cannot be told exactly */
export function exactValue(
  value: unknown,
  { name, scale }: SchemaElement,
  row: number,
): number | string | Uint8Array | undefined {
  switch (typeof value) {
    case 'number':
      if (!scale || Math.abs(value) * 10 ** scale <= Number.MAX_SAFE_INTEGER) return value;
      throw new InputError(`${value} in ${placeOfRow(row)} of ${name} has more digits than can be read exactly`);
    case 'bigint':
      if (Number.isSafeInteger(Number(value))) return Number(value);
      throw new InputError(`${value} in ${placeOfRow(row)} of ${name} is larger than can be read exactly`);
    case 'boolean':
      return Number(value);
    case 'string':
      return value;
    default: {
      if (value instanceof Uint8Array) return value;
      const { bytes } = (value ?? {}) as { bytes?: unknown };
      return bytes instanceof Uint8Array ? bytes : undefined;
    }
  }
}
