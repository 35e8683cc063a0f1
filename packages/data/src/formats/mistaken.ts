import { InputError } from '@apical/core';

/** How files begin that are taken for others, and what they are. */
const beginnings: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP archive, as .npz and spreadsheets are: call it .npz, or save it as CSV'],
  ['\xd0\xcf\x11\xe0', 'a spreadsheet: save it as CSV'],
  ['\x1f\x8b', 'compressed by gzip, once more than is expected: uncompress it'],
  ['BZh91AY&SY', 'compressed by bzip2: uncompress it, or use gzip'],
  ['\xfd7zXZ\0', 'compressed by xz: uncompress it, or use gzip'],
  ['\x28\xb5\x2f\xfd', 'compressed by Zstandard: uncompress it, or use gzip'],
  ['PAR1', 'in the format of Parquet: its name should end in .parquet'],
  ['\x93NUMPY', "in NumPy's format: its name should end in .npy"],
  ['\x89HDF\r\n', 'in HDF5, which is not read: save it as .npy, .csv or .parquet'],
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['%PDF-', 'in PDF'],
  ['version https://git-lfs', 'a pointer of Git LFS, not the file that it stands for: git lfs pull brings that'],
];

/** @throws InputError for a file that begins as those of another kind do, with what it is */
export function refuseMistaken(bytes: Uint8Array, source: string): void {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  const [, known] = beginnings.find(([beginning]) => start.startsWith(beginning)) ?? [];
  const isPage = /^\s*<(!doctype html|html)\b/i.test(start);
  const what = isPage ? 'a page of HTML, such as servers send for a file that they do not have' : known;
  if (what !== undefined) throw new InputError(`${source}: is ${what}`);
}
