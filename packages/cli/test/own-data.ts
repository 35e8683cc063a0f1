import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';

const species = {
  setosa: [5, 3.4, 1.5, 0.2],
  versicolor: [5.9, 2.8, 4.3, 1.3],
  virginica: [6.6, 3, 5.5, 2],
} as const;

/** Lines of flowers around the means of their species, all equally often. @param from which deviates they have */
export function flowers(count: number, from = 0): string[] {
  const kinds = Object.entries(species);
  return Array.from({ length: count }, (_, i) => {
    const [name, means] = kinds[i % kinds.length]!;
    const cells = means.map((mean, j) => (mean + 0.25 * Math.sin(1.7 * (from + i) + 2.3 * j * j)).toFixed(2));
    return [...cells, name].join(',');
  });
}

export const header = 'sepal length,sepal width,petal length,petal width,species';

/** Writes a table into a folder. @returns its path */
export function writeTable(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** A grey image of 12 × 12, in PNG: bars, or dots, that lie otherwise in each. */
export function shape(kind: 'bars' | 'dots', number: number): Uint8Array {
  const data = Uint8Array.from({ length: 144 }, (_, at) => {
    const [x, y] = [at % 12, Math.floor(at / 12)];
    const on = kind === 'bars' ? (x + number) % 4 < 2 : (x + number) % 4 < 2 && (y + number) % 4 < 2;
    return on ? 200 + (number % 50) : 10;
  });
  return encode({ width: 12, height: 12, channels: 1, depth: 8, data });
}

/** Writes a folder of shapes, a folder a kind. */
export function writeShapes(folder: string, name: string, count: number, from = 0): void {
  for (const kind of ['bars', 'dots'] as const) {
    mkdirSync(join(folder, name, kind), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(join(folder, name, kind, `${i}.png`), shape(kind, from + i));
  }
}
