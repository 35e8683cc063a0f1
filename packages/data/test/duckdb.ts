import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

/** Writes what a query gives as a Parquet file, by DuckDB. @returns its path, in a folder that goes with the test */
export async function writeParquet(query: string, options = ''): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'apical-parquet-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'x.parquet');
  await run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
  return path;
}

/** The rows that a query gives, by DuckDB. */
export async function query(text: string): Promise<Record<string, unknown>[]> {
  return run(text);
}

async function run(text: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(text);
  return reader.getRowObjectsJS();
}

/** Bytes as DuckDB's SQL has them. */
export function blob(bytes: Uint8Array): string {
  return `'${Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'::BLOB`;
}
