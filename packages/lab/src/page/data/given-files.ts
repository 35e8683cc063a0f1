import { InputError } from '@apical/core';
import { imageFiles } from './opened-files.ts';

/** By which of its files a run is opened: its model, or where that is not kept, its config. */
const runFiles = ['weights.safetensors', 'config.json'];

/**
 * The files that are dropped; of the folder of a run, its model. To be called while the event lasts.
 * @throws InputError, later, for another folder
 */
export async function droppedFiles(items: DataTransferItemList): Promise<readonly File[]> {
  const things = Array.from(items, (item) => [item.webkitGetAsEntry(), item.getAsFile()] as const);
  const files = things.map(([entry, file]) =>
    entry?.isDirectory ? runIn(entry.name, (name) => fileIn(entry as FileSystemDirectoryEntry, name)) : (file ?? []),
  );
  return (await Promise.all(files)).flat();
}

/** Of all files in a folder that was chosen, the model of the run in it. @throws InputError where it is none of a run */
export async function filesOfFolder(files: readonly File[]): Promise<readonly File[]> {
  const [folder = ''] = files[0]?.webkitRelativePath.split('/') ?? [];
  return [await runIn(folder, async (name) => files.find((file) => file.webkitRelativePath === `${folder}/${name}`))];
}

async function runIn(folder: string, find: (name: string) => Promise<File | undefined>): Promise<File> {
  for (const name of runFiles) {
    const file = await find(name);
    if (file) return new File([file], `${folder}/${name}`);
  }
  throw new InputError(
    `${folder || 'the folder'}: is none of a run: it has no ${runFiles.join(' and no ')}. Bring the folder of one run, or data as files; ${imageFiles}`,
  );
}

/** Undefined where there is none. */
function fileIn(folder: FileSystemDirectoryEntry, name: string): Promise<File | undefined> {
  return new Promise((take) => {
    const none = () => take(undefined);
    folder.getFile(name, {}, (entry) => (entry as FileSystemFileEntry).file(take, none), none);
  });
}
