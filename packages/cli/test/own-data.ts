import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
