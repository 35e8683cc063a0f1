import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@apical/core';

/** What reports, runs and studies are made of: a folder with one of these is somebody's. */
const telling = /^(report\.html|results\.json|config\.json|study\.json|(figure-3|table-1)\.(svg|csv))$/;

/**
 * Makes the folder of a report, so that runs of hours do not end at a folder that cannot be written.
 *
 * @param kind what `results.json` of the report says of itself: only a report of the same kind is replaced
 * @throws InputError where the folder holds something else by the names that the report has, or a run or a study
 */
export async function prepareFolder(path: string, kind: Readonly<Record<string, string>>): Promise<void> {
  const { jsonIfSound, makeFolder } = await import('@apical/experiments');
  makeFolder(path);
  await access(path, constants.W_OK);
  const found = (await readdir(path)).filter((name) => telling.test(name));
  if (found.length === 0) return;
  const before = jsonIfSound(join(path, 'results.json')) as Record<string, unknown> | undefined;
  const isOfKind = Object.entries(kind).every(([name, value]) => before?.[name] === value);
  const isOther = found.includes('config.json') || found.includes('study.json');
  if (isOfKind && !isOther) return;
  const what = Object.values(kind).at(-1);
  throw new InputError(
    `${path}: holds ${found.join(', ')} that no ${what} of apical wrote; choose an empty or new folder with --out`,
  );
}
