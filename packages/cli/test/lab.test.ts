import { once } from 'node:events';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';

test('the laboratory is served until Ctrl-C', async () => {
  const { child, end } = start(['lab', '--port', '0', '--json']);
  const [chunk] = await once(child.stdout!, 'data');
  const { url } = JSON.parse(String(chunk));
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<title>apical lab</title>');
  child.kill('SIGINT');
  expect((await end).code).toBe(130);
  await expect(fetch(url)).rejects.toThrow();
});

test('the runs of a folder are shown, which is named; one that is none is refused in one line', async () => {
  const runs = temporaryFolder();
  const { child, end } = start(['lab', '--port', '0', '--runs', runs, '--json']);
  const [chunk] = await once(child.stdout!, 'data');
  const document = JSON.parse(String(chunk));
  expect(document.runs).toBe(runs);
  expect(await (await fetch(`${document.url}runs/index.json`)).json()).toEqual({ folder: basename(runs) });
  child.kill('SIGINT');
  expect((await end).code).toBe(130);

  const { code, stderr } = await apical('lab', '--port', '0', '--runs', `${runs}/nowhere`);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `apical: ${runs}/nowhere: there is no such folder, or it may not be read\n`,
  });
});
