import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeNpy, writeNpz } from '@apical/data';
import { expect, test } from 'vitest';
import { blob, query } from '../../data/test/duckdb.ts';
import { start, temporaryFolder } from './apical.ts';
import { flowers, header, shape, writeShapes, writeTable } from './own-data.ts';

// docs/own-data.md: its commands are run, one after the other, in a folder with the tables that they name.
const page = readFileSync(fileURLToPath(new URL('../../../docs/own-data.md', import.meta.url)), 'utf8');
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text);
}

test('the commands of the page run, and say what the page says that they understood', async () => {
  const folder = temporaryFolder();
  const lines = [header, ...flowers(150)];
  writeTable(folder, 'flowers.csv', lines);
  mkdirSync(join(folder, 'data'));
  writeTable(folder, 'data/flowers.csv', lines);
  writeTable(folder, 'later.csv', [header, ...flowers(60, 500)]);
  writeTable(
    folder,
    'sizes.csv',
    lines.map((line) => line.replace(/,[^,]*$/, '')),
  );
  const X = { shape: [90, 2], data: Float64Array.from({ length: 180 }, (_, i) => Math.sin(i)) };
  const y = { shape: [90], data: Int32Array.from({ length: 90 }, (_, i) => i % 3) };
  writeFileSync(join(folder, 'x.npy'), writeNpy(X));
  writeFileSync(join(folder, 'y.npy'), writeNpy(y));
  writeFileSync(join(folder, 'samples.npz'), writeNpz({ x: X, y, x_later: X, y_later: y }));
  await query(`COPY (FROM '${join(folder, 'flowers.csv')}') TO '${join(folder, 'flowers.parquet')}'`);
  for (const [name, from] of [
    ['train', 0],
    ['test', 30],
  ] as const) {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const image = blob(shape(i % 2 === 0 ? 'bars' : 'dots', from + i));
      return `({ 'bytes': ${image}, 'path': NULL::VARCHAR }, ${i % 2})`;
    });
    await query(`COPY (FROM (VALUES ${rows.join(', ')}) t(image, label)) TO '${join(folder, `${name}.parquet`)}'`);
  }
  writeShapes(folder, 'shapes', 16);
  writeShapes(folder, 'more-shapes', 5, 30);
  const [study = ''] = blocks('yaml');
  writeFileSync(join(folder, 'flowers.yaml'), study);

  const [, understood = '', ofImages = ''] = blocks('text');
  expect(commands.length).toBeGreaterThan(5);
  for (const [i, command] of commands.entries()) {
    const [, , ...words] = command.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''));
    const { code, stderr } = await start(words, {}, folder).end;
    expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' });
    if (i === 0) expect(stderr).toContain(understood.trim());
    if (command.includes('--data shapes --hold-out')) expect(stderr).toContain(ofImages.trim());
  }
}, 400_000);
