import { expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { runAll } from '../pool/run-all.ts';
import { groupOf } from '../runs/group.ts';
import { reproduce } from './reproduce.ts';
import type { Reproduction } from './reproduction.ts';

test('a contender that is shuffled holds out others with each seed: those that the seed’s shuffle puts last', async () => {
  const config: RunConfig = {
    rule: 'backprop',
    data: { set: 'mnist', split: 'test', shuffle: 7, first: 40, inputs: 'unit', labels: 'one-hot' },
    ...{ hidden: 3, activation: 'tanh', decoupled: false, ridge: 0, rates: { W: { eta0: 0.1 } }, initial: {} },
    ...{ order: 'reshuffled', samples: 40, evaluateAt: [40], probes: [], seed: 1 },
    accuracy: { rest: { split: 'test', from: 40, first: 10 } },
  };
  const reproduction: Reproduction = {
    ...{
      name: 'x',
      title: 'x',
      says: '',
      source: '',
      selectedOn: '',
      measures: [],
      seeds: 2,
      minutes: 1,
      quickSamples: 40,
    },
    contenders: [
      { label: 'same', config },
      { label: 'anew', config, shuffled: true },
    ],
    notes: [],
  };
  const { contenders } = await reproduce(reproduction, { workers: 1 });
  const weightsOf = (label: string) => contenders.find((each) => each.label === label)?.runs.weightsSha256;
  const wanted = (shuffle: (seed: number) => number) =>
    [1, 2].map((seed) => ({ ...config, data: { ...config.data, shuffle: shuffle(seed) }, seed }));
  const weights = async (configs: RunConfig[]) => groupOf(await runAll(configs, { workers: 1 })).weightsSha256;
  expect(weightsOf('same')).toEqual(await weights(wanted(() => 7)));
  expect(weightsOf('anew')).toEqual(await weights(wanted((seed) => seed)));
  expect(weightsOf('anew')).not.toEqual(weightsOf('same'));
});

test('a contender that is drawn learns what its generator makes of the seed', async () => {
  const config: RunConfig = {
    rule: 'similarity-matching',
    data: { set: 'synthetic:spiked?samples=30', split: 'train', inputs: 'raw', labels: 'none' },
    ...{ hidden: 2, activation: 'linear', decoupled: false, ridge: 0, rates: { W: { eta0: 0.1 }, M: { eta0: 0.1 } } },
    ...{ initial: {}, order: 'as-given', samples: 30, evaluateAt: [30], accuracy: {}, probes: [], seed: 1 },
  };
  const reproduction: Reproduction = {
    ...{ name: 'x', title: 'x', says: '', source: '', selectedOn: '', measures: [], notes: [] },
    ...{ seeds: 2, minutes: 1, quickSamples: 40, contenders: [{ label: 'drawn', config, drawn: true }] },
  };
  const { contenders } = await reproduce(reproduction, { workers: 1 });
  const wanted = [1, 2].map((seed) => {
    return { ...config, data: { ...config.data, set: `synthetic:spiked?samples=30&seed=${seed}` }, seed };
  });
  expect(contenders[0]?.runs.weightsSha256).toEqual(groupOf(await runAll(wanted, { workers: 1 })).weightsSha256);
});
