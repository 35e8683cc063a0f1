import { InputError } from '@apical/core';

/**
 * Looks at the EXIF data of an image, which are in the form of TIFF.
 * @throws InputError where they say that it is to be turned or mirrored: programs that learn do not agree whether it is
 */
export function checkUpright(exif: Uint8Array, source: string): void {
  const orientation = orientationOf(new DataView(exif.buffer, exif.byteOffset, exif.byteLength));
  if (orientation === undefined || orientation === 1) return;
  throw new InputError(
    `${source}: is to be turned to be seen upright (EXIF orientation ${orientation}): save it turned, as ImageMagick does: mogrify -auto-orient`,
  );
}

/** Entry 0x0112 of the first directory (TIFF 6.0); undefined where there is none. */
function orientationOf(view: DataView): number | undefined {
  if (view.byteLength < 8) return undefined;
  const isLittle = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > view.byteLength) return undefined;
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return undefined;
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle);
  }
  return undefined;
}
