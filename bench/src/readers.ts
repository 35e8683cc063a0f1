/**
 * What the readers of data of one's own take, in memory beside what the program takes and in CPU time: `node bench/src/readers.ts [MEGABYTES] [RUNS] [NAME]`, on
 * Linux. Files of that size are made in a folder for temporary files, and each is read by so many processes, one after the other, of its own: the least and the
 * most that they took are told. With NAME, only files are read in whose names it is.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { RandomStream } from '@apical/core';
import { loadOwnData, writeNpy, writeNpz } from '@apical/data';
import { parquetWriteBuffer } from 'hyparquet-writer';

const holdOut = 0.2;
const kinds = ['setosa', 'versicolor', 'virginica'];
const random = new RandomStream(1, 'readers');

/** Lines of tables: with what stands in front of them. */
const tables: Readonly<Record<string, { readonly header: string; readonly line: () => string }>> = {
  'short rows': { header: 'a,b,t', line: () => `${number(4)},${number(4)},${kind()}` },
  'all cells in quotes': { header: '"a","b","t"', line: () => `"${number(4)}","${number(4)}","${kind()}"` },
  'quotes in quotes': { header: 'a,b,t', line: () => `${number(4)},${number(4)},"the ""${kind()}"", one"` },
  'numbers to regress on': { header: 'a,b,t', line: () => `${number(6)},${number(6)},${number(7)}` },
  'numbers of 17 digits': { header: 'a,b,t', line: () => `${random.uniform()},${random.uniform()},${kind()}` },
  'single digits': { header: 'a,b,t', line: () => `${random.integer(9)},${random.integer(9)},${random.integer(3)}` },
  '784 columns of bytes': {
    header: [...Array.from({ length: 784 }, (_, i) => `c${i}`), 't'].join(','),
    line: () =>
      [...Array.from({ length: 784 }, () => (random.uniform() < 0.2 ? random.integer(256) : 0)), kind()].join(','),
  },
};

function number(digits: number): string {
  return random.uniform().toFixed(digits);
}

function kind(): string {
  return kinds[random.integer(3)]!;
}

function table({ header, line }: (typeof tables)[string], bytes: number): Buffer {
  const block = Array.from({ length: header.length > 100 ? 300 : 20_000 }, line).join('\n');
  const blocks = Math.ceil(bytes / block.length);
  return Buffer.from([header, ...Array.from({ length: blocks }, () => block), ''].join('\n'));
}

/** The file, uncompressed of so many bytes, and its target. */
interface Case {
  readonly name: string;
  readonly path: string;
  readonly target: string;
  readonly bytes: number;
  /** Whether the target is a second view. */
  readonly isView?: boolean;
}

function writeCases(folder: string, bytes: number): Case[] {
  const cases: Case[] = [];
  for (const [name, described] of Object.entries(tables)) {
    const content = table(described, bytes);
    const path = join(folder, `${cases.length}.csv`);
    writeFileSync(path, content);
    cases.push({ name, path, target: 't', bytes: content.length });
    if (name === 'numbers to regress on') {
      cases.push({ name: 'a second view, of two columns', path, target: 'b,t', bytes: content.length, isView: true });
    }
    if (cases.length > 1) continue;
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 1 }));
    cases.push({ name: `${name}, gzipped`, path: `${path}.gz`, target: 't', bytes: content.length });
  }
  const target = (rows: number) => {
    const path = join(folder, `classes-${rows}.npy`);
    writeFileSync(path, writeNpy({ shape: [rows], data: Uint8Array.from({ length: rows }, (_, i) => i % 3) }));
    return path;
  };
  for (const [kind, size] of [
    ['Uint8Array', 1],
    ['Float32Array', 4],
    ['Float64Array', 8],
  ] as const) {
    const rows = Math.floor(bytes / size / 100);
    const data = new globalThis[kind](rows * 100).map((_, i) => (i * 7) % 101);
    const path = join(folder, `${kind}.npy`);
    writeFileSync(path, writeNpy({ shape: [rows, 100], data }));
    cases.push({ name: `NPY, ${kind}`, path, target: target(rows), bytes: rows * 100 * size });
  }
  const other = (name: string, descr: string, fortran: boolean, size: number) => {
    const rows = Math.floor(bytes / size / 100);
    const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${rows}, 100), }`;
    const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header.padEnd(117)}\n`, 'latin1');
    const path = join(folder, `${cases.length}.npy`);
    writeFileSync(path, Buffer.concat([start, new Uint8Array(rows * 100 * size)]));
    cases.push({ name, path, target: target(rows), bytes: rows * 100 * size });
  };
  other('NPY, bytes in Fortran order', '|u1', true, 1);
  other('NPY, float32 in Fortran order', '<f4', true, 4);
  other('NPY, float64, big-endian', '>f8', false, 8);
  other('NPY, int64', '<i8', false, 8);
  other('NPY, float16', '<f2', false, 2);
  other('NPY, float16 in Fortran order', '<f2', true, 2);
  other('NPY, truth values', '|b1', false, 1);
  const pairs = Math.floor(bytes / 404);
  const pair = writeNpz({
    x: { shape: [pairs, 100], data: new Float32Array(pairs * 100) },
    y: { shape: [pairs], data: Int32Array.from({ length: pairs }, (_, i) => i % 3) },
  });
  writeFileSync(join(folder, 'pair.npz'), pair);
  cases.push({ name: 'NPZ, a pair of arrays', path: `${join(folder, 'pair.npz')}:x`, target: 'y', bytes: pair.length });
  for (const [dtype, size] of [
    ['F64', 8],
    ['F16', 2],
    ['BF16', 2],
  ] as const) {
    const rows = Math.floor(bytes / size / 100);
    const end = rows * 100 * size;
    const header = JSON.stringify({ x: { dtype, shape: [rows, 100], data_offsets: [0, end] } });
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(header.length));
    const file = join(folder, `${dtype}.safetensors`);
    writeFileSync(file, Buffer.concat([start, Buffer.from(header), new Uint8Array(end)]));
    cases.push({ name: `safetensors, ${dtype}`, path: file, target: target(rows), bytes: end });
  }
  const images = Math.floor(bytes / 784);
  const idx = new Uint8Array(16 + 784 * images).map((_, i) => (i * 7) % 256);
  idx.set([0, 0, 8, 3, images >>> 24, images >>> 16, images >>> 8, images, 0, 0, 0, 28, 0, 0, 0, 28]);
  const path = join(folder, 'images-idx3-ubyte');
  writeFileSync(path, idx);
  cases.push({ name: 'IDX, bytes', path, target: target(images), bytes: idx.length });
  const shorts = Buffer.concat([
    Uint8Array.of(0, 0, 11),
    idx.subarray(3, 16),
    idx.subarray(16, 16 + 784 * 2 * (images >> 1)),
  ]);
  shorts.writeUInt32BE(images >> 1, 4);
  const shortPath = join(folder, 'shorts-idx3-short');
  writeFileSync(shortPath, shorts);
  cases.push({ name: 'IDX, 16 bits', path: shortPath, target: target(images >> 1), bytes: shorts.length });
  for (const [type, size] of [
    ['FLOAT', 4],
    ['DOUBLE', 8],
    ['INT32', 4],
  ] as const) {
    const rows = Math.floor(bytes / size / 100);
    const column = (name: string, data: number[]) => ({ name, data, type });
    const columnData = Array.from({ length: 100 }, (_, j) =>
      column(
        `c${j}`,
        Array.from({ length: rows }, () =>
          type === 'INT32'
            ? random.integer(2 ** 24)
            : type === 'FLOAT'
              ? Math.fround(random.uniform())
              : random.uniform(),
        ),
      ),
    );
    const classes = { name: 't', data: Array.from({ length: rows }, (_, i) => i % 3), type: 'INT32' as const };
    const file = join(folder, `${type}.parquet`);
    const content = new Uint8Array(
      parquetWriteBuffer({ columnData: [...columnData, classes], codec: 'UNCOMPRESSED', rowGroupSize: 100_000 }),
    );
    writeFileSync(file, content);
    cases.push({ name: `Parquet, ${type}`, path: file, target: 't', bytes: content.length });
  }
  return cases;
}

/** Reads one, and prints the most memory that was taken beside what was there before, in bytes, and the CPU time, in seconds. */
async function measure(path: string, target: string, isView: boolean): Promise<void> {
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  await loadOwnData({ path, [isView ? 'secondView' : 'target']: target, holdOut });
  const { user, system } = process.cpuUsage(start);
  // What resourceUsage says of memory is, of a child, no less than its parent's.
  const [, most] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  console.log(JSON.stringify([1024 * Number(most) - before, (user + system) / 1e6]));
}

/** The least and the most of some numbers, as texts of two digits; one where these are the same. */
function range(values: readonly number[]): string {
  const texts = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2));
  return [...new Set(texts)].join(' – ');
}

function main(megabytes: number, runs: number, wanted: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'apical-readers-'));
  try {
    console.log('| file | memory, times its size | CPU time, s for 100 MB |\n| --- | --- | --- |');
    const program = fileURLToPath(import.meta.url);
    for (const { name, path, target, bytes, isView } of writeCases(folder, megabytes * 1e6)) {
      if (!name.includes(wanted)) continue;
      const given = [program, 'read', path, target, ...(isView ? ['view'] : [])];
      const taken = Array.from(
        { length: runs },
        () => JSON.parse(execFileSync(process.execPath, given, { encoding: 'utf8' })) as [number, number],
      );
      const memory = taken.map(([most]) => most / bytes);
      const seconds = taken.map(([, time]) => (time * 1e8) / bytes);
      console.log(`| ${name} | ${range(memory)} | ${range(seconds)} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first = '100', second = '1', third = '', view] = process.argv.slice(2);
if (first === 'read') await measure(second, third, view !== undefined);
else main(Number(first), Number(second), third);
