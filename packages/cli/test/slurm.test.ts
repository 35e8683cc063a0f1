import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RandomStream } from '@apical/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Finished, start, temporaryFolder } from './apical.ts';
import { calmStudy, expectAsCalm, hurried, times, writeStudy } from './torture-study.ts';

const script = fileURLToPath(new URL('../../../scripts/slurm.sh', import.meta.url));
const programs = ['slurmctld', 'slurmd', 'munged'];
const isThere =
  process.getuid?.() === 0 &&
  programs.every((name) => ['/usr/sbin', '/usr/bin', '/sbin'].some((folder) => existsSync(join(folder, name))));

// Packages slurm-wlm and munge, and root, are needed to start a Slurm of one's own.
describe.skipIf(!isThere)('on a real Slurm', () => {
  const kills = times('APICAL_SLURM_KILLS', 3);
  let cluster = '';
  let conf = '';
  const slurm = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, SLURM_CONF: conf } });
  const apical = (...args: string[]): Promise<Finished> => start(args, { SLURM_CONF: conf }).end;

  beforeAll(() => {
    cluster = mkdtempSync(join(tmpdir(), 'apical-slurm-'));
    conf = execFileSync(script, ['start', cluster], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
  }, 120_000);
  afterAll(() => {
    execFileSync(script, ['stop', cluster], { stdio: 'ignore' });
    rmSync(cluster, { recursive: true, force: true });
  }, 120_000);

  test(`tasks of a real Slurm share a study out; ${kills} of them are killed, cancelled, or lose their node, and every run is as a calm one's`, async () => {
    const folder = temporaryFolder();
    const { path, calm } = await calmStudy(folder, Math.max(2, kills));
    const out = join(folder, 'slurm');
    const submit = ['sweep', path, '--out', out, '--slurm', '--array', '2', '--requeue', ...hurried];
    const instants = new RandomStream(1, 'instants');
    const tasks = () => slurm('squeue', '--noheader', '--array', '--format=%i %T').trim().split('\n').filter(Boolean);
    const submitted = await apical(...submit);
    expect(submitted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^submitted {2}job \d+, 2 tasks$/m) });
    const ways = ['kill -9', 'scancel', 'slurmd'] as const;
    for (let killed = 0; killed < kills; killed++) {
      if (tasks().length === 0) await apical(...submit);
      await sleep(2000 + 3000 * instants.uniform());
      const way = ways[killed % ways.length];
      const [task] =
        tasks()
          .find((line) => line.endsWith('RUNNING'))
          ?.split(' ') ?? [];
      if (way === 'slurmd') execFileSync(script, ['restart-node', cluster], { stdio: 'ignore' });
      else if (task && way === 'scancel') slurm('scancel', '--quiet', task);
      else if (task) slurm('scancel', '--quiet', '--signal=KILL', '--full', task);
    }
    const status = await apical('sweep', 'status', path, '--out', out);
    expect(status.stdout).toMatch(/^runs +\d+ of \d+, /m);
    const deadline = Date.now() + 600_000;
    while (readdirSync(join(out, 'work')).length > 0 || tasks().length > 0 || !existsSync(join(out, 'report.html'))) {
      expect(Date.now()).toBeLessThan(deadline);
      if (tasks().length === 0) await apical(...submit);
      await sleep(1000);
    }
    await expectAsCalm(out, calm);
  }, 1_800_000);

  test('what Slurm refuses is told in one line; `stop` ends what works on a study', async () => {
    const folder = temporaryFolder();
    const path = writeStudy(folder, 500);
    const out = join(folder, 'slurm');
    const refused = await apical('sweep', path, '--out', out, '--slurm', '--partition', 'none');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^apical: sbatch: .*partition.*\n$/);
    await apical('sweep', path, '--out', out, '--slurm', '--array', '3', ...hurried);
    while (!existsSync(join(out, 'alive')) || readdirSync(join(out, 'alive')).length === 0) await sleep(300);
    expect((await apical('sweep', 'stop', path, '--out', out)).stdout).toMatch(/^asked {2}process \d+ on /m);
    for (let waited = 0; slurm('squeue', '--noheader').trim() !== ''; waited++) {
      expect(waited).toBeLessThan(120);
      await sleep(500);
    }
    expect((await apical('sweep', 'status', path, '--out', out)).stdout).not.toContain('at work');
  }, 300_000);
});
