import { once } from 'node:events';
import { expect, test } from 'vitest';
import { start } from './apical.ts';

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
