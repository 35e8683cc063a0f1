import { join } from 'node:path';
import { RandomStream } from '@apical/core';
import { expect, test } from 'vitest';
import { start, temporaryFolder } from './apical.ts';
import { calmStudy, expectAsCalm, hurried, times } from './torture-study.ts';

const kills = times('APICAL_KILLS', 4);

test(`a sweep on 2 workers that is killed ${kills} times has every run once, complete, and equal to a calm one's`, async () => {
  const folder = temporaryFolder();
  const { path, calm } = await calmStudy(folder, Math.max(2, Math.ceil(kills / 4)));
  const instants = new RandomStream(1, 'instants');
  for (let killed = 0, round = 0; killed < kills; round++) {
    const out = join(folder, `killed-${round}`);
    for (let ended = false; !ended; ) {
      const { child, end } = start(['sweep', path, '--out', out, '--workers', '2', '--quiet', ...hurried]);
      // Most processes are at work after a second or so; some are killed before.
      const timer = killed < kills && setTimeout(() => child.kill('SIGKILL'), 600 + 2400 * instants.uniform());
      const { code, stderr } = await end;
      if (timer) clearTimeout(timer);
      ended = code !== null;
      if (ended) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      else killed++;
    }
    await expectAsCalm(out, calm);
  }
}, 3_600_000);
