import { InputError } from '../errors.ts';

const pageBytes = 65_536;
/** What an arena takes at a time: small ones share a page. */
const rangeBytes = 1024;
/** Where a line of the cache begins: small vectors then lie in one. */
const alignment = 64;
/** 2 GiB, what the kernels' module declares; address space, not memory: pages are taken as they are needed. */
const maximumPages = 32_768;

/** Makes an empty memory that the kernels accept. It is shared: it can be posted to workers, which then see its data. */
export function createMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
}

/** Refuses what the kernels cannot live in. @throws InputError */
export function checkMemory(memory: unknown): void {
  if (memory instanceof WebAssembly.Memory && !(memory.buffer instanceof ArrayBuffer)) return;
  throw new InputError('the memory must be one that createMemory has made');
}

/** Numbers of the kinds that data sets have. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** A length rounded up to a multiple of four: that of vectors of float32 numbers. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** A stretch of memory, in bytes. */
interface Range {
  readonly start: number;
  readonly bytes: number;
}

/** What this thread has of each memory and no arena uses: given back, or the rest of pages. */
const unused = new WeakMap<WebAssembly.Memory, Range[]>();

/**
 * Hands out blocks of a WebAssembly memory. Any number of arenas, in any number of workers, can share one memory
 * without knowing of each other: each thread takes pages with `memory.grow`, which is atomic, and its arenas share these. Shared memory never
 * moves, so views stay valid when it grows; but `memory.buffer` is another, longer buffer then.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  readonly #ranges: Range[] = [];
  readonly #wholePages: boolean;
  #next = 0;
  #end = 0;

  /** @param wholePages whether it has pages of its own, beside which nothing else lies: as what all threads read */
  constructor(memory: WebAssembly.Memory, { wholePages = false } = {}) {
    this.memory = memory;
    this.#wholePages = wholePages;
  }

  /** The address of a new block of zeroed bytes, aligned to 64. */
  allocate(bytes: number): number {
    const size = Math.ceil(bytes / alignment) * alignment;
    const missing = this.#next + size - this.#end;
    if (missing > 0) {
      const longer = this.#wholePages ? undefined : takeUnused(this.memory, inRanges(missing), this.#end);
      const range =
        longer ?? (this.#wholePages ? takePages(this.memory, size) : takeRange(this.memory, inRanges(size)));
      this.#ranges.push(range);
      if (!longer) this.#next = range.start;
      this.#end = range.start + range.bytes;
    }
    const address = this.#next;
    this.#next += size;
    return address;
  }

  float32(length: number): Float32Array {
    const address = this.allocate(4 * length);
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(length: number): Float64Array {
    const address = this.allocate(8 * length);
    return new Float64Array(this.memory.buffer, address, length);
  }

  uint32(length: number): Uint32Array {
    const address = this.allocate(4 * length);
    return new Uint32Array(this.memory.buffer, address, length);
  }

  uint16(length: number): Uint16Array {
    const address = this.allocate(2 * length);
    return new Uint16Array(this.memory.buffer, address, length);
  }

  int32(length: number): Int32Array {
    const address = this.allocate(4 * length);
    return new Int32Array(this.memory.buffer, address, length);
  }

  bytes(length: number): Uint8Array {
    const address = this.allocate(length);
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** A copy of these numbers, of the same kind. */
  copy<Kind extends NumberArray>(from: Kind): Kind {
    const copy = this.#like(from);
    copy.set(from);
    return copy as Kind;
  }

  #like(numbers: NumberArray): NumberArray {
    if (numbers instanceof Float32Array) return this.float32(numbers.length);
    if (numbers instanceof Uint32Array) return this.uint32(numbers.length);
    return numbers instanceof Uint16Array ? this.uint16(numbers.length) : this.bytes(numbers.length);
  }

  /** Gives everything back, for later arenas of this thread. What was handed out must not be used again. */
  dispose(): void {
    leave(this.memory, this.#ranges.splice(0));
    this.#next = this.#end = 0;
  }
}

/** What networks of this thread have in common of each memory, by its use. */
const common = new WeakMap<WebAssembly.Memory, Map<string, Range>>();

/**
 * The address of so many bytes that all networks of this thread have in common for a use: for what nobody reads any more when a call of theirs
 * has returned. What lies there is what the last one left.
 */
export function commonRoom(memory: WebAssembly.Memory, use: string, bytes: number): number {
  const rooms = common.get(memory) ?? new Map<string, Range>();
  common.set(memory, rooms);
  let room = rooms.get(use);
  if (!room || room.bytes < bytes) {
    // A smaller one stays with those that have it.
    room = takeRange(memory, inRanges(bytes));
    rooms.set(use, room);
  }
  return room.start;
}

/** These ranges are for whoever asks next. */
function leave(memory: WebAssembly.Memory, ranges: readonly Range[]): void {
  unused.set(memory, merge([...(unused.get(memory) ?? []), ...ranges]));
}

/** The same bytes in as few ranges as possible. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && last.start + last.bytes === range.start) {
      merged[merged.length - 1] = { start: last.start, bytes: last.bytes + range.bytes };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function inRanges(bytes: number): number {
  return Math.ceil(bytes / rangeBytes) * rangeBytes;
}

/** So many bytes that are unused, zeroed, where there are so many side by side: anywhere, or from `start` on. */
function takeUnused(memory: WebAssembly.Memory, bytes: number, start?: number): Range | undefined {
  const ranges = unused.get(memory) ?? [];
  const index = ranges.findIndex((range) => range.bytes >= bytes && (start ?? range.start) === range.start);
  const range = ranges[index];
  if (!range) return undefined;
  const rest = { start: range.start + bytes, bytes: range.bytes - bytes };
  ranges.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
  new Uint8Array(memory.buffer, range.start, bytes).fill(0);
  return { start: range.start, bytes };
}

/** So many bytes that are unused, zeroed; with new pages, where there are not so many side by side. */
function takeRange(memory: WebAssembly.Memory, bytes: number): Range {
  const range = takeUnused(memory, bytes);
  if (range) return range;
  const last = unused.get(memory)?.at(-1);
  const atEnd = last && last.start + last.bytes === memory.buffer.byteLength ? last.bytes : 0;
  leave(memory, [takePages(memory, bytes - atEnd)]);
  // They lie beside what was at the end, unless another thread has taken pages meanwhile.
  return takeRange(memory, bytes);
}

/** New pages of so many bytes, all zero. */
function takePages(memory: WebAssembly.Memory, bytes: number): Range {
  const pages = Math.ceil(bytes / pageBytes);
  try {
    return { start: memory.grow(pages) * pageBytes, bytes: pages * pageBytes };
  } catch {
    const used = Math.round(memory.buffer.byteLength / 2 ** 20);
    throw new RangeError(
      `the kernels' memory is full: ${used} MiB are in use, and ${Math.ceil(bytes / 2 ** 20)} MiB more were asked for`,
    );
  }
}
