import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { RunConfig } from './run-config.ts';

/**
 * Whether a file holds what runs learned or held out, by its SHA-256 sum. Of samples and targets in files of their own the sum is that of both,
 * and neither is known by it.
 */
export async function holdsData(path: string, runs: readonly Pick<Partial<RunConfig>, 'data'>[]): Promise<boolean> {
  const sums = runs.flatMap(({ data }) => [data?.table?.found?.sha256, data?.table?.found?.testSha256]);
  if (sums.every((sum) => sum === undefined) || !statSync(path).isFile()) return false;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return sums.includes(hash.digest('hex'));
}
