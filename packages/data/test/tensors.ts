/** A tensor as safetensors describes it. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A safetensors file as the format is described. @param changed the header, changed */
export function writeTensors(
  entries: Readonly<Record<string, TensorEntry>>,
  changed = (header: string) => header,
): Uint8Array {
  let end = 0;
  const described = Object.entries(entries).map(([name, { bytes, ...entry }]) => {
    const start = end;
    end += bytes.length;
    return [name, { ...entry, data_offsets: [start, end] }];
  });
  const header = Buffer.from(changed(JSON.stringify({ __metadata__: { a: 'b' }, ...Object.fromEntries(described) })));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...Object.values(entries).map(({ bytes }) => bytes)]);
}
