import { InputError } from '@apical/core';

/**
 * Reads a pickle of Python, of protocol 2 to 5, that is made of dictionaries, lists, tuples, texts, bytes, whole numbers and NumPy's arrays
 * of bytes, as CIFAR's batches are. Unlike Python's `pickle.load` it runs nothing: what is anything else is refused.
 * Dictionaries become maps by text, arrays and bytes a Uint8Array.
 *
 * @param source the file's name, for messages
 * @throws InputError for what is no such pickle
 */
export function readPickle(file: Uint8Array, source: string): unknown {
  try {
    return new Pickle(file).read();
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof RangeError)) throw error;
    const reason = error instanceof Problem ? error.message : 'it is cut or damaged';
    throw new InputError(`${source}: not a pickle of lists and of arrays of bytes: ${reason}`, { cause: error });
  }
}

class Problem extends Error {}

/** Names that a pickle may call; nothing is run. */
const names: ReadonlySet<string> = new Set([
  'numpy.core.multiarray _reconstruct',
  'numpy._core.multiarray _reconstruct',
  'numpy.core.numeric _frombuffer',
  'numpy._core.numeric _frombuffer',
  'numpy ndarray',
  'numpy dtype',
  '_codecs encode',
]);

class Name {
  readonly text: string;

  constructor(text: string) {
    if (!names.has(text)) throw new Problem(`it has ${text}, which is not read`);
    this.text = text;
  }
}

/** What a call gives that gets a state later: an array, whose bytes are in it, or the type of its numbers. */
class Built {
  bytes: Uint8Array | undefined;
}

const mark = Symbol('mark');

class Pickle {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #at = 0;

  constructor(file: Uint8Array) {
    this.#file = file;
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  read(): unknown {
    for (;;) {
      const code = this.number(1);
      if (code === 0x2e) return settled(this.pop());
      const operation = operations[code];
      if (!operation) throw new Problem(`it has the operation 0x${code.toString(16)}, which is not read`);
      operation(this);
    }
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length === 0) throw new RangeError();
    return this.#stack.pop();
  }

  top(): unknown {
    return this.#stack.at(-1);
  }

  /** What stands above the last mark. */
  marked(): unknown[] {
    const at = this.#stack.lastIndexOf(mark);
    if (at < 0) throw new RangeError();
    return this.#stack.splice(at).slice(1);
  }

  /** A whole number of so many bytes, little-endian. */
  number(bytes: 1 | 2 | 4 | 8): number {
    const at = this.#at;
    this.#at += bytes;
    switch (bytes) {
      case 1:
        return this.#view.getUint8(at);
      case 2:
        return this.#view.getUint16(at, true);
      case 4:
        return this.#view.getUint32(at, true);
      default:
        return Number(this.#view.getBigUint64(at, true));
    }
  }

  bytes(length: number): Uint8Array {
    const taken = this.#file.subarray(this.#at, this.#at + length);
    if (taken.length !== length) throw new RangeError();
    this.#at += length;
    return taken;
  }

  line(): string {
    const end = this.#file.indexOf(0x0a, this.#at);
    if (end < 0) throw new RangeError();
    const text = latin1(this.bytes(end - this.#at));
    this.#at += 1;
    return text;
  }

  remember(place: number): void {
    this.#memo.set(place, this.top());
  }

  get memoSize(): number {
    return this.#memo.size;
  }

  recall(place: number): void {
    if (!this.#memo.has(place)) throw new RangeError();
    this.push(this.#memo.get(place));
  }
}

type Operation = (pickle: Pickle) => void;

/** By their codes: see `pickletools` of Python. */
const operations: Readonly<Record<number, Operation>> = {
  128: (p) => p.number(1), // PROTO
  149: (p) => p.number(8), // FRAME
  40: (p) => p.push(mark),
  125: (p) => p.push(new Map()),
  93: (p) => p.push([]),
  41: (p) => p.push([]),
  78: (p) => p.push(null),
  136: (p) => p.push(true),
  137: (p) => p.push(false),
  75: (p) => p.push(p.number(1)), // BININT1
  77: (p) => p.push(p.number(2)), // BININT2
  74: (p) => p.push(p.number(4) | 0), // BININT
  85: (p) => p.push(p.bytes(p.number(1))), // SHORT_BINSTRING
  84: (p) => p.push(p.bytes(p.number(4))), // BINSTRING
  67: (p) => p.push(p.bytes(p.number(1))), // SHORT_BINBYTES
  66: (p) => p.push(p.bytes(p.number(4))), // BINBYTES
  142: (p) => p.push(p.bytes(p.number(8))), // BINBYTES8
  150: (p) => p.push(p.bytes(p.number(8))), // BYTEARRAY8
  140: (p) => p.push(utf8(p.bytes(p.number(1)))), // SHORT_BINUNICODE
  88: (p) => p.push(utf8(p.bytes(p.number(4)))), // BINUNICODE
  99: (p) => p.push(new Name(`${p.line()} ${p.line()}`)), // GLOBAL
  147: (p) => {
    const name = p.pop(); // STACK_GLOBAL
    p.push(new Name(`${p.pop()} ${name}`));
  },
  113: (p) => p.remember(p.number(1)), // BINPUT
  114: (p) => p.remember(p.number(4)), // LONG_BINPUT
  148: (p) => p.remember(p.memoSize), // MEMOIZE
  104: (p) => p.recall(p.number(1)), // BINGET
  106: (p) => p.recall(p.number(4)), // LONG_BINGET
  97: (p) => append(p, [p.pop()]),
  101: (p) => append(p, p.marked()),
  115: (p) => {
    const value = p.pop(); // SETITEM
    setItems(p, [p.pop(), value]);
  },
  117: (p) => setItems(p, p.marked()),
  116: (p) => p.push(p.marked()), // TUPLE
  133: (p) => p.push([p.pop()]),
  134: (p) => p.push([p.pop(), p.pop()].reverse()),
  135: (p) => p.push([p.pop(), p.pop(), p.pop()].reverse()),
  82: (p) => {
    const given = p.pop(); // REDUCE
    p.push(call(p.pop(), given));
  },
  98: (p) => build(p.pop(), p.top()),
};

function append(p: Pickle, values: readonly unknown[]): void {
  const list = p.top();
  if (!Array.isArray(list)) throw new RangeError();
  for (const value of values) list.push(value);
}

function setItems(p: Pickle, values: readonly unknown[]): void {
  const map = p.top();
  if (!(map instanceof Map)) throw new RangeError();
  for (let i = 0; i + 1 < values.length; i += 2) {
    const key = values[i];
    map.set(key instanceof Uint8Array ? latin1(key) : key, settled(values[i + 1]));
  }
}

function call(name: unknown, given: unknown): unknown {
  if (!(name instanceof Name) || !Array.isArray(given)) throw new RangeError();
  if (name.text.endsWith('_frombuffer')) return given[0];
  if (name.text !== '_codecs encode') return new Built();
  // Bytes of Python 3 in a pickle of protocol 2: a text, a character a byte.
  return Uint8Array.from(String(given[0]), (character) => character.charCodeAt(0));
}

/** The state of an array: version, shape, type, order, bytes. That of a type has no bytes. */
function build(state: unknown, built: unknown): void {
  if (!(built instanceof Built) || !Array.isArray(state)) throw new Problem('it has objects, which are not read');
  const [, , , isFortran, bytes] = state;
  if (!(bytes instanceof Uint8Array)) return;
  if (isFortran === true) throw new Problem('its array is in Fortran order');
  built.bytes = bytes;
}

function settled(value: unknown): unknown {
  return value instanceof Built ? value.bytes : value;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
