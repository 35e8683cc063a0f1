import { writeAddress } from '../experiment/address.ts';
import { keptLabel } from '../experiment/run-label.ts';
import { presentNumber } from './begun.ts';
import { type KeptRun, store } from './store.ts';

/** Keeps the present curves, to compare others with them: those of an experiment once, as far as they are now. */
export function keepCurves(): void {
  const { experiment, preset, networks, kept } = store;
  const [begun, weights] = [presentNumber(), store.brought.value?.mark];
  const address = writeAddress({ preset: preset.value, experiment: experiment.value, at: 0, weights });
  const isSame = (run: KeptRun) => run.begun === begun || run.address === address;
  const others = kept.value.filter((run) => !isSame(run));
  const same = kept.value.find(isSame);
  const number = same?.number ?? Math.max(0, ...others.map((run) => run.number)) + 1;
  const runs = networks.value.map(({ rule, points, failure }) => ({
    ...{ rule, points, begun, address, number, hasFailed: failure !== undefined },
    label: keptLabel(rule, experiment.value, preset.value, number),
  }));
  kept.value = [...others, ...runs.filter(({ points }) => points.length > 1)];
}
