export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses a gzip file.
 * @throws Error where it is corrupt, ends early, or is followed by something else
 */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch {
    // Browsers read one member only; and they do not say what is wrong.
    const { gunzipMembers } = await import('./gzip-members.ts');
    return gunzipMembers(bytes);
  }
}
