/** The types of numbers that can be read from a safetensors file, as float32. */
export interface TensorType {
  /** In bytes. */
  readonly size: number;
  /** The numbers that bytes are, little-endian: float32 a view of them, where they lie as numbers do, else a copy. */
  read(bytes: Uint8Array): Float32Array;
}

export const tensorTypes: Readonly<Record<string, TensorType>> = {
  F32: { size: 4, read: floats },
  F16: { size: 2, read: (bytes) => halfFloats(new Uint16Array(copyOf(bytes))) },
  BF16: { size: 2, read: (bytes) => brainFloats(new Uint16Array(copyOf(bytes))) },
  F64: { size: 8, read: (bytes) => Float32Array.from(new Float64Array(copyOf(bytes))) },
};

function floats(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  return byteOffset % 4 === 0 ? new Float32Array(buffer, byteOffset, byteLength / 4) : new Float32Array(copyOf(bytes));
}

/** In a buffer of its own, because a typed array cannot view an address that is no multiple of its numbers' size. */
function copyOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(byteLength);
  copy.set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy.buffer;
}

/** Numbers of IEEE 754's binary16, of which these are the bits: (−1)^s · 2^(e − 15) · (1 + f / 1024), all of them float32 numbers. */
export function halfFloats(bits: Uint16Array): Float32Array {
  const table = new Float32Array(2 ** 16);
  for (let i = 0; i < table.length; i++) {
    const [sign, exponent, fraction] = [i >> 15 ? -1 : 1, (i >> 10) & 31, i & 1023];
    if (exponent === 31) table[i] = fraction === 0 ? sign / 0 : Number.NaN;
    else table[i] = sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  }
  const floats = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) floats[i] = table[bits[i]!]!;
  return floats;
}

/** Numbers of bfloat16, of which these are the bits: the upper half of those of float32. */
export function brainFloats(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16;
  return new Float32Array(words.buffer);
}
