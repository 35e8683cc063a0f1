/** Numbers of cells that stand for any number of them while a rule lays out its circuit, and what they are called. */
export interface SymbolicSizes {
  /** m, the numbers in an input. */
  readonly inputs: number;
  /** n, the numbers in a label. */
  readonly labels: number;
  /** k where there is one hidden layer, else k1, k2 … from the input up. */
  readonly hidden: readonly number[];
}

/** Sizes for so many hidden layers: primes, so that none is a multiple of another. */
export function symbolicSizes(layers: number): SymbolicSizes {
  return { inputs: 1_000_003, labels: 1_000_033, hidden: primesFrom(1_009, layers) };
}

/** How many cells there are, in symbols: `m`, `k2`, `2 k`, `k2 n`; a number where it stands for none. */
export function sizeSymbol(size: number, { inputs, labels, hidden }: SymbolicSizes): string {
  const known = [inputs, labels, ...hidden];
  const found = known.findIndex((each) => size > 0 && size % each === 0);
  if (found < 0) return String(size);
  const symbol = ['m', 'n'][found] ?? (hidden.length === 1 ? 'k' : `k${found - 1}`);
  const rest = size / (known[found] ?? 1);
  return rest === 1 ? symbol : `${sizeSymbol(rest, { inputs, labels, hidden })} ${symbol}`;
}

/** The number that a symbol of one hidden layer stands for. */
export function unitsOf(symbol: string, hidden: number | readonly number[] | undefined): number | undefined {
  const layers = typeof hidden === 'number' ? [hidden] : hidden;
  const [, layer] = /^k(\d*)$/.exec(symbol) ?? [];
  return layer === undefined ? undefined : layers?.[Number(layer || 1) - 1];
}

function primesFrom(start: number, count: number): number[] {
  const found: number[] = [];
  for (let candidate = start; found.length < count; candidate += 2) if (isPrime(candidate)) found.push(candidate);
  return found;
}

/** Of an odd number. */
function isPrime(candidate: number): boolean {
  for (let factor = 3; factor * factor <= candidate; factor += 2) if (candidate % factor === 0) return false;
  return true;
}
