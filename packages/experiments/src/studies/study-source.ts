import { InputError } from '@apical/core';
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** Takes down a mistake in what is at a path. */
export type Report = (path: readonly PropertyKey[], message: string) => void;

/** @throws InputError for lists in lists, and objects in objects, that the stack does not hold */
function parsed(text: string, name: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${name}: has objects in objects beyond all settings`, { cause: error });
  }
}

/** The text of a study's file, with the places of what is in it. */
export class StudySource {
  /** What the YAML says, as plain data. */
  readonly value: unknown;
  readonly #name: string;
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  /** @param name the file's, for messages. @throws InputError with line and column for what is not YAML */
  constructor(text: string, name: string) {
    this.#name = name;
    this.#document = parsed(text, name, this.#lines);
    const [mistake] = this.#document.errors;
    if (mistake) throw new InputError(`${name}:${this.#placeText(mistake.pos[0])}: ${mistake.message.split('\n')[0]}`);
    this.#checkAliases();
    try {
      this.value = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      // What aliases of aliases stand for would be too much.
      const message = error instanceof Error ? error.message : String(error);
      throw new InputError(`${name}:${this.#placeText(0)}: ${message}`, { cause: error });
    }
  }

  /** Aliases have an anchor before them, and are not part of what they stand for. */
  #checkAliases(): void {
    visit(this.#document, {
      Alias: (_key, alias, path) => {
        const place = `${this.#name}:${this.#placeText(alias.range![0])}: *${alias.source}`;
        const node = alias.resolve(this.#document);
        if (node === undefined) throw new InputError(`${place}: there is no &${alias.source} before it`);
        if (path.includes(node)) throw new InputError(`${place} would contain itself`);
      },
    });
  }

  /** What is at a path; undefined where nothing is. */
  valueAt(path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
      this.value,
    );
  }

  /** A message that begins with file, line and column of what is at the path, or of the nearest thing above it. */
  mistake(path: readonly PropertyKey[], message: string): string {
    const named = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
    return `${this.#name}:${this.#placeText(this.#offset(path))}: ${named}${message}`;
  }

  /** Where the key is, for what has one; where it stands in the list, for the others. */
  #offset(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length--) {
      const [parent, last] = [path.slice(0, length - 1), path[length - 1]];
      const above: unknown = parent.length === 0 ? this.#document.contents : this.#document.getIn(parent, true);
      if (!isNode(above)) continue;
      const pair = isMap(above)
        ? above.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
        : undefined;
      const node: unknown = pair ? pair.key : this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && (node as Node).range) return (node as Node).range![0];
    }
    return 0;
  }

  #placeText(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${line}:${col}`;
  }
}
