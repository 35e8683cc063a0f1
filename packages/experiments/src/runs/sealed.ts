import { crc32c } from '../files/crc32c.ts';
import { sha256 } from '../files/sha256.ts';

// Checksums inside of files: each is over the JSON of all else that the file, or the line, says. A reader writes the text again from
// what it has read, and compares: no byte of it can have changed.

/** `config.json`: the config, and in `recorded` what determined the run besides, with a SHA-256 over all of it. */
export function recordText(record: Readonly<Record<string, unknown>> & { readonly recorded: object }): string {
  const sum = sha256(JSON.stringify(record));
  return `${JSON.stringify({ ...record, recorded: { ...record.recorded, sha256: sum } }, null, 2)}\n`;
}

/** `summary.json`: how the run ended, with a SHA-256 over it. */
export function summaryText(summary: object): string {
  return `${JSON.stringify({ ...summary, sha256: sha256(JSON.stringify(summary)) }, null, 2)}\n`;
}

/** A line of JSON with a CRC-32C over it. */
export function checkedLine(value: object): string {
  const sum = crc32c(Buffer.from(JSON.stringify(value)))
    .toString(16)
    .padStart(8, '0');
  return JSON.stringify({ ...value, crc32c: sum });
}
