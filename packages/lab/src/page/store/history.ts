import { writeAddress } from '../experiment/address.ts';
import { store } from './store.ts';

/** Writes the experiment into the address: in place of the present entry of the browser's history, or as a new one. */
export function writeHistory(how: 'push' | 'replace'): void {
  const { preset, experiment, samplesSeen, view } = store;
  const search = writeAddress({ preset: preset.value, experiment: experiment.value, at: samplesSeen.value });
  // Networks that were paused for the studies come to a stand while these are shown.
  const fragment = view.value === 'studies' ? location.hash : '';
  history[how === 'push' ? 'pushState' : 'replaceState'](undefined, '', search + fragment);
}
