import type { Settings } from '../config/settings.ts';
import { columnsOf } from './csv.ts';

/** Rows as an Apache Parquet file: columns of numbers (double), truths (boolean) or texts; what a row does not have is null. */
export async function parquet(rows: readonly Settings[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = columnsOf(rows).map((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const is = (type: string) => values.every((value) => value === null || typeof value === type);
    if (is('number')) return { name, data: values, type: 'DOUBLE' as const, nullable: true };
    if (is('boolean')) return { name, data: values, type: 'BOOLEAN' as const, nullable: true };
    return { name, data: values.map(asText), type: 'STRING' as const, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function asText(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
