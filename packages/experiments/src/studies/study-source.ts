import { InputError } from '@apical/core';
import { isMap, isNode, isScalar, Lexer, LineCounter, type Node, Parser, parseDocument, visit } from 'yaml';

/** Takes down a mistake in what is at a path. */
export type Report = (path: readonly PropertyKey[], message: string) => void;

/** How deep lists and objects may lie in each other: as in JSON, see `parseJson`. */
const deepest = 500;
const tooDeepWords = `values lie more than ${deepest} deep in each other`;

/** Line and column of the first list or object that is too deep; found without recursion, unlike what YAML says. */
function depthProblem(text: string): string | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // A generator works as it is gone through.
    for (const _ of parser.next(lexeme));
    if (parser.stack.length <= deepest) continue;
    const inner = parser.stack.filter(isCollection)[deepest];
    if (inner === undefined) continue;
    const lines = text.slice(0, inner.offset).split('\n');
    return `${lines.length}:${lines.at(-1)!.length + 1}`;
  }
  return undefined;
}

function isCollection({ type }: { readonly type: string }): boolean {
  return type === 'block-map' || type === 'block-seq' || type === 'flow-collection';
}

/** Whether values lie deeper in each other than `levels`, aliases replaced by what they stand for. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
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
    const deep = depthProblem(text);
    if (deep !== undefined) throw new InputError(`${name}:${deep}: ${tooDeepWords}`);
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, merge: true });
    const [mistake] = this.#document.errors;
    if (mistake) throw new InputError(`${name}:${this.#placeText(mistake.pos[0])}: ${mistake.message.split('\n')[0]}`);
    this.#checkAliases();
    this.#checkMerges();
    try {
      this.value = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      // What aliases of aliases stand for would be too much.
      const message = error instanceof Error ? error.message : String(error);
      throw new InputError(`${name}:${this.#placeText(0)}: ${message}`, { cause: error });
    }
    if (isDeeper(this.value, deepest))
      throw new InputError(`${name}:${this.#placeText(0)}: with aliases, ${tooDeepWords}`);
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

  /** Of two merges in one object, programs take the first or the last. */
  #checkMerges(): void {
    visit(this.#document, {
      Map: (_key, { items }) => {
        // A key that merges is a symbol; "<<" in quotes is a name like others.
        const [, second] = items.filter(({ key }) => isScalar(key) && typeof key.value === 'symbol');
        if (second === undefined) return;
        const place = this.#placeText((second.key as Node).range![0]);
        throw new InputError(`${this.#name}:${place}: << is given twice; write <<: [*a, *b]`);
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
