import { access, constants, mkdir } from 'node:fs/promises';

/** Makes the folder of a report, so that runs of hours do not end at a folder that cannot be written. */
export async function prepareFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await access(path, constants.W_OK);
}
