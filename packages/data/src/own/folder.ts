import { statSync } from 'node:fs';

/** The name of the target of a folder of images: in which of its folders an image is. */
export const folderTarget = 'folder';

/** Whether a path is that of a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
