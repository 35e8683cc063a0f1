import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { apical } from '../../cli/test/apical.ts';
import { browser } from '../../core/test/browser.ts';
import { drop } from './drop.ts';
import { digestOf, learnTo, objectiveOf, reach, samplesSeen, small, stand, useLab } from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-lab-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!browser)('what is taken away', { timeout: 240_000 }, () => {
  const open = useLab();
  const query =
    '?preset=figure-3/fashion-mnist&hidden=3&seed=5&order=reshuffled&bmvr.rates.W1=0.004&bmvr.initial.Q=identity:0.2';

  test('the command gives the same weights', async () => {
    const page = await open(query);
    await learnTo(page, 3000);
    for (const method of ['bmvr', 'backprop']) {
      const command = await page.getByTestId(`command-${method}`).innerText();
      const { stdout, stderr } = await apical(...command.split(' ').slice(1), '--json', '--quiet');
      expect(stderr).toBe('');
      expect(JSON.parse(stdout).weightsSha256, command).toBe(await digestOf(page, method));
    }
  });

  test('the command and the program of a deep network give the same weights, batch by batch', async () => {
    const page = await open(
      '?preset=figure-3/mnist&rules=kolen-pollack weight-mirror&hidden=12,8&activation=relu&output=softmax&batch=48&optimiser=adam:0.8' +
        '&weight-mirror.parameters.amplitude=0.2&kolen-pollack.rates.W=0.002:500&kolen-pollack.initial.B=uniform:0.3',
    );
    await learnTo(page, 1000, 1008);
    await page.getByText('In TypeScript').first().click();
    await page.getByText('In TypeScript').last().click();
    for (const rule of ['kolen-pollack', 'weight-mirror']) {
      const digest = await digestOf(page, rule);
      const command = await page.getByTestId(`command-${rule}`).innerText();
      const { stdout, stderr } = await apical(...command.split(' ').slice(1), '--json', '--quiet');
      expect(stderr).toBe('');
      expect(JSON.parse(stdout).weightsSha256, command).toBe(digest);
      const program = join(import.meta.dirname, `.${rule}-${process.pid}.mts`);
      await writeFile(program, await page.getByTestId(`program-${rule}`).innerText());
      try {
        const { stdout: printed } = await promisify(execFile)(process.execPath, [program]);
        expect(printed.trim().split('\n').at(-1)).toBe(digest);
      } finally {
        rmSync(program);
      }
    }
  });

  test('a config that is brought back trains to the same weights; weights that are, start with them', async () => {
    const page = await open(query);
    await learnTo(page, 700);
    const digest = await digestOf(page, 'bmvr');
    const bmvr = page.getByRole('article', { name: 'BMVR' }).last();
    const take = async (name: string, file: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), bmvr.getByRole('button', { name }).click()]);
      await writeFile(join(folder, file), await readFile(await download.path()));
    };
    await take('Config (JSON)', 'bmvr.json');
    await take('Weights (safetensors)', 'bmvr.safetensors');

    const objective = await objectiveOf(page, 'bmvr');

    const other = await open();
    const bring = (file: string) => other.getByLabel('Bring a config').setInputFiles(join(folder, file));
    await bring('bmvr.json');
    await reach(other, 700);
    expect(await digestOf(other, 'bmvr')).toBe(digest);
    await bring('bmvr.safetensors');
    await reach(other, 0);
    expect(await digestOf(other, 'bmvr')).toBe(digest);
    await other.getByText('began with weights that were brought').waitFor();
    await other.getByRole('status').getByText('bring the file again').waitFor();
    await learnTo(other, 90);
    const learned = await digestOf(other, 'bmvr');
    const line = await other.getByTestId('command-bmvr').innerText();
    const words = line.split(' ').slice(1);
    const there = words.map((word) => (word === 'bmvr.safetensors' ? join(folder, word) : word));
    const repeated = await apical(...there, '--json', '--quiet');
    expect(JSON.parse(repeated.stdout).weightsSha256, line).toBe(learned);

    // The browser goes back to them and on to them again; a page that is loaded anew has them no more.
    await other.getByLabel('Seed').fill('6');
    await other.getByLabel('Seed').press('Enter');
    await reach(other, 0);
    expect(await digestOf(other, 'bmvr')).not.toBe(digest);
    await other.goBack();
    await reach(other, 90);
    expect(await digestOf(other, 'bmvr')).toBe(learned);
    await other.reload();
    await other.getByRole('alert').getByText('bring the file again').waitFor();
    await reach(other, 0);
    expect(await digestOf(other, 'bmvr')).not.toBe(digest);
    expect(other.url()).not.toContain('weights=');

    const printed = await apical('train', '--config', join(folder, 'bmvr.json'), '--json', '--quiet');
    expect(JSON.parse(printed.stdout).weightsSha256).toBe(digest);
    const measured = await apical('evaluate', join(folder, 'bmvr.safetensors'), '--data', 'fashion-mnist', '--json');
    expect(JSON.parse(measured.stdout).objective.toFixed(6)).toBe(objective.toFixed(6));
  });

  test('weights of two networks that are brought together learn side by side', async () => {
    const page = await open(query);
    await learnTo(page, 300);
    const digests = [await digestOf(page, 'bmvr'), await digestOf(page, 'backprop')];
    for (const [title, file] of [
      ['BMVR', 'two-bmvr.safetensors'],
      ['Backprop', 'two-backprop.safetensors'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('article', { name: title, exact: true }).last().getByRole('button', { name: 'Weights' }).click(),
      ]);
      await writeFile(join(folder, file), await readFile(await download.path()));
    }
    const other = await open();
    const files = ['two-bmvr.safetensors', 'two-backprop.safetensors'].map((file) => join(folder, file));
    await other.getByLabel('Bring a config').setInputFiles(files);
    await other
      .getByRole('status')
      .getByText('two-bmvr.safetensors and two-backprop.safetensors: their weights')
      .waitFor();
    await reach(other, 0);
    expect([await digestOf(other, 'bmvr'), await digestOf(other, 'backprop')]).toEqual(digests);
    await learnTo(other, 20);
    expect(await other.getByTestId('command-backprop').innerText()).toContain('--init two-backprop.safetensors');
    // Two of the same rule cannot learn side by side: none of them is lost without a word.
    await other.getByLabel('Bring a config').setInputFiles([files[0]!, files[0]!]);
    await other.getByRole('alert').getByText('both have a network of BMVR: bring one of them').waitFor();
    expect(await samplesSeen(other)).toBe(20);
  });

  test('the weights of a table of one’s own are measured by the command as by the page, and brought back to it with the table', async () => {
    const page = await open('?hidden=2');
    const rows = Array.from({ length: 90 }, (_, i) => {
      const [x, y] = [Math.sin(1.7 * i), 3000 * Math.cos(2.3 * i)];
      return `${x},${y},${x < -0.3 ? 'left' : x > 0.3 ? 'right' : 'neither'}`;
    });
    const table = ['x,y,side', ...rows, ''].join('\n');
    await drop(page, { 'sides.csv': table });
    await page.getByRole('status').getByText('choose inputs that are standardised column by column').waitFor();
    await page.getByText('Inputs and starts', { exact: true }).first().click();
    await page.getByRole('combobox', { name: 'Inputs' }).first().selectOption('columns');
    await stand(page);
    await learnTo(page, 2000);
    const measured = [await objectiveOf(page, 'bmvr'), await page.getByTestId('accuracy-bmvr').innerText()];
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('article', { name: 'BMVR' }).last().getByRole('button', { name: 'Weights' }).click(),
    ]);
    const weights = await readFile(await download.path());
    const [model, data] = [join(folder, 'own.safetensors'), join(folder, 'sides.csv')];
    await writeFile(model, weights);
    await writeFile(data, table);
    const { stdout, stderr } = await apical('evaluate', model, '--data', data, '--json');
    const { objective, accuracy } = JSON.parse(stdout);
    expect([Number(objective.toFixed(6)), `${(100 * accuracy).toFixed(2)} %`], stderr).toEqual(measured);

    await open();
    await drop(page, { 'own.safetensors': weights, 'sides.csv': table });
    await page.getByRole('status').getByText('sides.csv: all samples were learned by own.safetensors.').waitFor();
    await stand(page);
    expect([await objectiveOf(page, 'bmvr'), await page.getByTestId('accuracy-bmvr').innerText()]).toEqual(measured);
  });

  test('no command is offered where none gives the weights', async () => {
    const page = await open(small);
    const command = page.getByTestId('command-bmvr');
    await page.getByText('It has learned nothing yet').first().waitFor();
    expect(await command.count()).toBe(0);
    await learnTo(page, 30);
    expect(await command.count()).toBe(1);
    const slider = page.getByLabel('η of W1').first();
    await slider.fill(String(Number(await slider.inputValue()) - 20));
    // Nothing was learned with that rate yet.
    expect(await command.count()).toBe(1);
    await learnTo(page, 50);
    await page.getByText('Its rates were changed once').waitFor();
    expect(await command.count()).toBe(0);
    expect(await page.getByTestId('command-backprop').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(1);
  });

  test('where the command does not learn the files, that is said in its place, with what to do', async () => {
    const page = await open('?hidden=2');
    const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(1.7 * i + 1), Math.cos(2.3 * i), i % 2]);
    await drop(page, {
      'x.csv': rows.map(([x, y]) => `${x},${y}`).join('\n'),
      'y.csv': rows.map(([, , side]) => (side === 0 ? 'left' : 'right')).join('\n'),
    });
    await page.getByText('2 classes (left, right)').first().waitFor();
    await learnTo(page, 60);
    await page.getByText('The command takes no classes of x.csv from another file: save both as one').first().waitFor();
    expect(await page.getByTestId('command-bmvr').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Config (JSON)' }).first().isDisabled()).toBe(true);
  });

  test('files that are nothing of the kind are told so, and leave the run alone', async () => {
    const page = await open(small);
    await learnTo(page, 20);
    const digest = await digestOf(page, 'bmvr');
    const cases: [name: string, content: string | Uint8Array, message: RegExp][] = [
      ['broken.json', '{"rule": ', /broken\.json: is not JSON/],
      ['other.json', '{"rule": "perceptron"}', /other\.json: rule: must be one of/],
      ['list.json', '[1, 2]', /^list\.json: is JSON, but no config of a run: it names no rule$/],
      ['empty.safetensors', new Uint8Array(), /empty\.safetensors: not a sound safetensors file/],
      ['cut.safetensors', new Uint8Array(40).fill(255), /cut\.safetensors: not a sound safetensors file/],
    ];
    for (const [name, content, message] of cases) {
      await writeFile(join(folder, name), content);
      await page.getByLabel('Bring a config').setInputFiles(join(folder, name));
      await page.getByRole('alert').getByText(message).waitFor();
      await page.getByRole('button', { name: 'Close the message' }).click();
    }
    await stand(page);
    expect(await samplesSeen(page)).toBe(20);
    expect(await digestOf(page, 'bmvr')).toBe(digest);
  });
});
