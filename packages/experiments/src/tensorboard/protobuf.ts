// Fields of a Protocol Buffers message as they are encoded (https://protobuf.dev/programming-guides/encoding): the little that
// TensorBoard's Event message needs.

/** What a field's number is followed by. */
const wireTypes = { varint: 0, eightBytes: 1, lengthDelimited: 2, fourBytes: 5 } as const;

export function doubleField(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(field, 'eightBytes'), bytes]);
}

export function floatField(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, 'fourBytes'), bytes]);
}

/** @param value a whole number, zero or more */
export function integerField(field: number, value: number): Uint8Array {
  return Buffer.concat([tag(field, 'varint'), varint(value)]);
}

export function textField(field: number, text: string): Uint8Array {
  return messageField(field, Buffer.from(text));
}

/** A message inside of a message, given by its own fields. */
export function messageField(field: number, ...fields: readonly Uint8Array[]): Uint8Array {
  const message = Buffer.concat(fields);
  return Buffer.concat([tag(field, 'lengthDelimited'), varint(message.length), message]);
}

function tag(field: number, type: keyof typeof wireTypes): Uint8Array {
  return varint(field * 8 + wireTypes[type]);
}

/** Seven bits a byte, the lowest first; the eighth says whether more follow. Divided, not shifted: numbers go to 2^53. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...bytes, rest);
}
