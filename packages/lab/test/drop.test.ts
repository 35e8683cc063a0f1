import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, onTestFinished, test } from 'vitest';
import { browser } from '../../core/test/browser.ts';
import { drop, dropPaths } from './drop.ts';
import { digestOf, learnTo, objectiveOf, samplesSeen, small, stand, useLab } from './page.ts';

/** Two classes: bright on the left, bright on the right. */
const sides = Array.from({ length: 200 }, (_, i) => {
  const noise = (j: number) => (i * 37 + j * 91) % 40;
  const row = Array.from({ length: 16 }, (_, j) => (j % 4 < 2 === (i % 2 === 0) ? 180 : 20) + noise(j));
  return [i % 2, ...row].join(',');
}).join('\n');

describe.skipIf(!browser)('files that are dropped on the page', { timeout: 240_000 }, () => {
  const open = useLab();

  test('as data of one’s own are learned by both rules', async () => {
    const page = await open('?hidden=1&bmvr.rates.W1=0.01:1000');
    await drop(page, { 'sides.csv': sides });
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Data set' }).inputValue(), { timeout: 60_000 })
      .toContain('sides.csv');
    await stand(page);
    const before = [await objectiveOf(page, 'bmvr'), await objectiveOf(page, 'backprop')];
    await learnTo(page, 2000);
    expect(await objectiveOf(page, 'bmvr')).toBeLessThan(0.2 * before[0]!);
    expect(await objectiveOf(page, 'backprop')).toBeLessThan(0.2 * before[1]!);
    await page.getByText('The page does not know the path of the file').first().waitFor();
    expect(await page.getByTestId('command-bmvr').innerText()).toContain('--data sides.csv --target 1 ');
    expect(await page.locator('.take-away .warning').count()).toBe(0);
    const preset = page.getByRole('combobox', { name: 'Experiment of the paper' });
    const chosen = (box: typeof preset) => box.locator('option:checked').innerText();
    expect(await chosen(preset)).toBe('none of them');

    // A page that is loaded anew has them no more, and shows no others in their place.
    await page.reload();
    await page.getByRole('alert').getByText('drop them on it again').waitFor();
    expect(await chosen(page.getByRole('combobox', { name: 'Data set' }))).toContain('sides.csv');
    expect(await chosen(preset)).toBe('none of them');
    await drop(page, { 'sides.csv': sides });
    await stand(page);
    expect(await objectiveOf(page, 'bmvr')).toBe(before[0]);
  });

  test('the folder of a run and later data, whose columns are in another order: the accuracy is the one of the run and of the command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apical-model-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const names = ['left', 'right', 'neither'];
    const table = (from: number, count: number) => {
      const rows = Array.from({ length: count }, (_, i) => {
        const [x, y] = [Math.sin(1.7 * (from + i)), 300 * Math.cos(2.3 * (from + i))];
        return `${x},${y},${names[x < -0.3 ? 0 : x > 0.3 ? 1 : 2]}`;
      });
      return ['x,y,side', ...rows, ''].join('\n');
    };
    const later = table(500, 77);
    writeFileSync(join(folder, 'learned.csv'), table(0, 90));
    writeFileSync(join(folder, 'later.csv'), later);
    const apical = fileURLToPath(new URL('../../cli/bin/apical.mjs', import.meta.url));
    const run = (words: string) => {
      const args = [apical, ...words.split(' '), '--json'];
      return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }));
    };
    const learning =
      '--target side --test-data later.csv --inputs columns --rule backprop --hidden 3 --activation tanh';
    const { evaluations } = run(`train --data learned.csv ${learning} --samples 2000 --out run`);
    const { accuracy, objective } = run('evaluate run --data later.csv');
    expect(evaluations.at(-1).accuracy.test).toBe(accuracy);

    const page = await open();
    const turned = join(folder, 'turned.csv');
    writeFileSync(turned, later.replaceAll(/^(.*),(.*),(.*)$/gm, '$3,$2,$1'));
    await dropPaths(page, [turned, join(folder, 'run')]);
    await page.getByText('turned.csv is prepared as what the network learned').waitFor();
    await stand(page);
    await page.getByRole('button', { name: 'Accuracy', exact: true }).click();
    await expect
      .poll(() => page.getByTestId('accuracy-backprop').innerText(), { timeout: 60_000 })
      .toBe(`${(100 * accuracy).toFixed(2)} %`);
    expect(await objectiveOf(page, 'backprop')).toBe(Number(objective.toFixed(6)));

    // With what it learned, of which a share was held out: by its weights, and by its config.
    run(
      `train --data learned.csv --hold-out 0.2 ${learning.replace('--test-data later.csv ', '')} --samples 2000 --out parted`,
    );
    const shares = ['train', 'test'].map(
      (split) => run(`evaluate parted --data learned.csv --split ${split}`).accuracy,
    );
    for (const [file, words] of [
      ['weights.safetensors', '72 of 90 samples were learned by weights.safetensors; the page learns these'],
      ['config.json', 'learned.csv: 72 samples × 2 inputs, 18 held out (0.2 of each class, by seed 1)'],
    ] as const) {
      await dropPaths(page, [join(folder, 'learned.csv'), join(folder, 'parted', file)]);
      await page.getByText(words).waitFor();
      await stand(page);
      const shown = ['accuracy', 'held-out'].map((name) => page.getByTestId(`${name}-backprop`));
      await expect
        .poll(() => Promise.all(shown.map((each) => each.innerText())), { timeout: 60_000 })
        .toEqual(shares.map((share) => `${(100 * share).toFixed(2)} %`));
      expect(await page.getByText(/prepare[sd] /).count()).toBe(0);
    }
  });

  test('in Parquet, and in gzip of several members, are the same samples as in a plain table', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => [Math.sin(i), Math.cos(2 * i), ['left', 'right'][i % 2]!] as const,
    );
    const text = rows.map((row) => row.join()).join('\n');
    const members = [`${text.slice(0, 700)}`, text.slice(700)].map((part) => gzipSync(part));
    const columns = (['a', 'b', 'side'] as const).map((name, j) => ({ name, data: rows.map((row) => row[j]!) }));
    const parquet = new Uint8Array(parquetWriteBuffer({ columnData: columns as ColumnSource[] }));
    const page = await open(small);
    const digests: string[] = [];
    for (const [name, content] of [
      ['plain.csv', text],
      ['members.csv.gz', Buffer.concat([members[0]!, Buffer.alloc(3), members[1]!])],
      ['table.parquet', parquet],
    ] as const) {
      await drop(page, { [name]: content });
      await expect
        .poll(() => page.getByRole('combobox', { name: 'Data set' }).inputValue(), { timeout: 60_000 })
        .toContain(name);
      await stand(page);
      await learnTo(page, 200);
      digests.push(await digestOf(page, 'bmvr'));
    }
    expect(digests).toEqual([digests[0], digests[0], digests[0]]);
  });

  test('as PNG in a column of a Parquet file are the same images as in IDX; others are left to the command', async () => {
    const pixels = Uint8Array.from({ length: 40 * 6 }, (_, i) => (i * i * 37 + 11 * i) % 256);
    const classes = Uint8Array.from({ length: 40 }, (_, i) => i % 3);
    const pngs = Array.from({ length: 40 }, (_, i) =>
      encode({ width: 3, height: 2, channels: 1, data: pixels.subarray(6 * i, 6 * i + 6) }),
    );
    const parquet = (images: Uint8Array[]) =>
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'image', data: images, type: 'BYTE_ARRAY' },
            { name: 'label', data: [...classes], type: 'INT32' },
          ],
        }),
      );
    const idx = (sizes: readonly number[], data: Uint8Array) =>
      Buffer.concat([Buffer.from([0, 0, 8, sizes.length, ...sizes.flatMap((size) => [0, 0, 0, size])]), data]);
    const page = await open(small);
    const digests: string[] = [];
    for (const files of [
      { 'i-idx3-ubyte': idx([40, 2, 3], pixels), 'c-idx1-ubyte': idx([40], classes) },
      { 'images.parquet': parquet(pngs) },
    ]) {
      await drop(page, files as Record<string, Uint8Array>);
      const [name] = Object.keys(files);
      await expect
        .poll(() => page.getByRole('combobox', { name: 'Data set' }).inputValue(), { timeout: 60_000 })
        .toContain(name);
      await stand(page);
      await learnTo(page, 100);
      digests.push(await digestOf(page, 'bmvr'));
    }
    expect(digests[1]).toBe(digests[0]);
    const deep = encode({ width: 3, height: 2, channels: 1, depth: 16, data: new Uint16Array(6) });
    await drop(page, { 'deep.parquet': parquet(pngs.with(3, deep)) });
    await page.getByRole('alert').getByText('row 3 (from 0): image: the page reads PNG images of 8 bits').waitFor();
  });

  test('that are no data are told so in place, and leave the run alone', async () => {
    const page = await open(small);
    await learnTo(page, 30);
    const digest = await digestOf(page, 'bmvr');
    for (const [name, content, message] of [
      ['thesis.pdf', '%PDF-1.7', 'thesis.pdf: tables (.csv, .tsv, .txt, .parquet)'],
      ['ragged.csv', '0,1,2\n1,2\n', 'ragged.csv: line 2 has 2 cells'],
      ['empty.csv', '', 'empty.csv: is empty'],
      ['folder.zip', 'PK\u0003\u0004', 'folder.zip: is an archive'],
    ] as const) {
      await drop(page, { [name]: content });
      await page.getByRole('alert').getByText(message).waitFor();
      await page.getByRole('button', { name: 'Close the message' }).click();
    }
    const folder = mkdtempSync(join(tmpdir(), 'apical-no-run-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'x.csv'), '1,2\n');
    const message = `${basename(folder)}: is none of a run: it has no weights.safetensors and no config.json`;
    for (const bringFolder of [
      () => dropPaths(page, [folder]),
      () => page.getByLabel('the folder of a run').setInputFiles(folder),
    ]) {
      await bringFolder();
      await page.getByRole('alert').getByText(message).waitFor();
      await page.getByRole('button', { name: 'Close the message' }).click();
    }
    await drop(page, { 'ragged.csv': '0,1,2\n1,2\n' });
    await page.getByRole('alert').getByText('ragged.csv').waitFor();
    await drop(page, { 'empty.csv': '' });
    await page.getByRole('alert').getByText('empty.csv').waitFor();
    expect(await page.getByText('ragged.csv').count()).toBe(0);
    expect(await samplesSeen(page)).toBe(30);
    expect(await digestOf(page, 'bmvr')).toBe(digest);
    await learnTo(page, 40);
  });
});
