/** A pickle of protocol 2, put together of bytes, texts and numbers below 256. */
function bytes(...parts: readonly (string | number | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : typeof part === 'number' ? Buffer.of(part) : part,
    ),
  );
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

const text = (word: string) => bytes('U', word.length, word);

/**
 * A batch of CIFAR-10 of the records of a binary file, as Python 2 pickled those that the authors publish: a dictionary of batch_label, labels,
 * data (an array of NumPy) and filenames.
 */
export function py2Batch(records: Uint8Array): Buffer {
  const [size, count] = [3072, records.length / 3073];
  const at = (i: number) => records.subarray(i * (size + 1), (i + 1) * (size + 1));
  const all = Array.from({ length: count }, (_, i) => at(i));
  const pixels = Buffer.concat(all.map((record) => record.subarray(1)));
  return bytes(
    ...['\x80\x02}q\x01(', text('batch_label'), 'q\x02', text('training batch 1 of 5'), 'q\x03'],
    ...[text('labels'), 'q\x04]q\x05(', ...all.flatMap((record) => ['K', record[0]!]), 'e'],
    ...[
      text('data'),
      'q\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08K\x00\x85U\x01b\x87Rq\x09',
    ],
    ...['(K\x01K', count, 'M\x00\x0c\x86cnumpy\ndtype\nq\x0aU\x02u1K\x00K\x01\x87Rq\x0b'],
    ...['(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T', uint32(pixels.length), pixels, 'tb'],
    ...[text('filenames'), 'q\x0c]q\x0d(', ...all.map((_, i) => text(`image_${i}.png`)), 'eu.'],
  );
}
