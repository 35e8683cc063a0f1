import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import type { ShippedTable } from './registry/shipped-tables.ts';

/**
 * The folder that holds the data sets: the one given, else the one that the environment variable APICAL_DATA names,
 * else `apical` in the user's cache folder (`~/.cache`, `~/Library/Caches` or `%LOCALAPPDATA%`). It need not exist.
 * Within it, each data set has a folder of its name with the official files, gzipped or not.
 */
export function dataDirectory(explicit?: string): string {
  return resolve(explicit || process.env.APICAL_DATA || envPaths('apical', { suffix: '' }).cache);
}

/** The folder of what ships with this package, laid out like the data folder. */
export const shippedDirectory = fileURLToPath(new URL('../shipped', import.meta.url));

/** Where a table that ships with this package lies. */
export function shippedPath({ file }: ShippedTable): string {
  return join(shippedDirectory, file);
}
