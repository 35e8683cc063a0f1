import { appendFileSync, closeSync, fsyncSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../config/run-config.ts';
import { isRecord } from '../../config/settings.ts';
import { jsonOf } from '../../files/read-file.ts';
import { explaining } from '../../files/write-problem.ts';
import { parseRecord, parseSummary } from '../../runs/read-record.ts';
import { checkedLine } from '../../runs/sealed.ts';
import { readStoredRun } from '../../runs/stored-run.ts';
import type { Summary } from '../../runs/summary.ts';
import { RunStore } from './run-store.ts';
import { studyFiles } from './study-folder.ts';

/** How much of a file is read at once, unless a line is longer. */
const pieceBytes = 1 << 22;

/** A longer line is none of ours. */
const mostLineBytes = 1 << 24;

/** A finished run as the index has it. */
export interface IndexedRun {
  readonly name: string;
  readonly config: RunConfig;
  readonly summary: Summary;
}

/**
 * The finished runs of a study without opening each of their folders: every process appends a line a run to a file of its own.
 * The folders are the truth: what the index lacks is read from them, and what has no folder does not count. The index can be
 * deleted at any time.
 */
export class RunIndex {
  readonly runs = new Map<string, IndexedRun>();
  readonly store: RunStore;
  readonly #directory: string;
  readonly #own: string;
  /** How far each file has been read, in bytes. */
  readonly #read = new Map<string, number>();
  #unwritten: IndexedRun[] = [];

  /** @param owner the name of this process's file */
  constructor(study: string, owner: string) {
    this.store = new RunStore(study);
    this.#directory = join(study, studyFiles.index);
    this.#own = `${owner}.jsonl`;
  }

  /**
   * Reads what has come since the last call, and compares with the folders.
   *
   * @param repair whether to add what no process wrote: those that are at work may yet
   */
  refresh({ repair = false } = {}): void {
    const there = new Set(this.store.names());
    for (const file of readdirSync(this.#directory)) {
      for (const run of this.#newLines(file)) if (there.has(run.name)) this.runs.set(run.name, run);
    }
    for (const name of this.runs.keys()) if (!there.has(name)) this.runs.delete(name);
    for (const name of there) if (!this.runs.has(name)) this.#readFolder(name, repair);
  }

  /** Takes down a run whose folder is in the store, but for its confusion matrices. Written by `flush`. */
  add(run: IndexedRun): void {
    const { confusion: _, ...summary } = { confusion: {}, ...run.summary };
    this.runs.set(run.name, { ...run, summary });
    this.#unwritten.push({ ...run, summary });
  }

  /** Writes what was added, if anything was. */
  flush(): void {
    if (this.#unwritten.length === 0) return;
    const path = join(this.#directory, this.#own);
    const text = this.#unwritten.map((run) => `${checkedLine(run)}\n`).join('');
    explaining(path, () => {
      appendFileSync(path, text);
      const file = openSync(path, 'a');
      fsyncSync(file);
      closeSync(file);
    });
    this.#unwritten = [];
  }

  #readFolder(name: string, repair: boolean): void {
    const { config, summary } = readStoredRun(this.store.folderOf(name)) ?? {};
    if (config === undefined || summary === undefined) return;
    const run = { name, config, summary };
    if (repair) this.add(run);
    else this.runs.set(name, run);
  }

  /**
   * The whole lines that a file has gained, piece by piece: all of them need not fit into one string. A line that is damaged is
   * left out: its run is then read from its folder.
   */
  *#newLines(name: string): Generator<IndexedRun> {
    const path = join(this.#directory, name);
    if (!lstatSync(path).isFile()) return;
    const file = openSync(path, 'r');
    try {
      let piece = Buffer.allocUnsafe(pieceBytes);
      for (;;) {
        const at = this.#read.get(name) ?? 0;
        const length = readSync(file, piece, 0, piece.length, at);
        const end = piece.subarray(0, length).lastIndexOf(10) + 1;
        this.#read.set(name, at + end);
        for (const line of piece.toString('utf8', 0, end).split('\n')) {
          const run = parseIndexLine(line);
          if (run) yield run;
        }
        if (length < piece.length) return;
        if (end > 0) continue;
        if (piece.length < mostLineBytes) piece = Buffer.allocUnsafe(2 * piece.length);
        else this.#read.set(name, at + piece.length);
      }
    } finally {
      closeSync(file);
    }
  }
}

/**
 * The run that a line of an index tells of; undefined where the line is damaged. What has its checksum is as it was written; what
 * has none, for an earlier version wrote it, is checked as what folders hold.
 */
export function parseIndexLine(line: string): IndexedRun | undefined {
  const held = line === '' ? undefined : jsonOf(line);
  if (!isRecord(held)) return undefined;
  const { crc32c, ...run } = held;
  const { name, config, summary } = run;
  if (typeof name !== 'string' || !isRecord(config) || !isRecord(summary)) return undefined;
  if (crc32c !== undefined) return checkedLine(run) === line ? (run as unknown as IndexedRun) : undefined;
  const sound = parseSummary({ value: JSON.stringify(summary) }).value;
  const known = parseRecord({ value: JSON.stringify({ ...config, recorded: {} }) }).value;
  return sound && known && { name, config: known.config, summary: sound };
}
