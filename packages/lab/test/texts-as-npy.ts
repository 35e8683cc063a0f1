/** Texts as `numpy.save` writes an array of them, of the type `<U12`: 12 characters in 4 bytes each. */
export function textsAsNpy(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.from(`{'descr': '<U12', 'fortran_order': False, 'shape': (${texts.length},)}`);
  const data = texts.map((text) => Uint32Array.from({ length: 12 }, (_, i) => [...text][i]?.codePointAt(0) ?? 0));
  const parts = [Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length, 0]), header];
  return Uint8Array.from(Buffer.concat([...parts, ...data.map(({ buffer }) => Buffer.from(buffer))]));
}
