import { writeAddress } from '../experiment/address.ts';
import { store } from './store.ts';

/**
 * Writes the experiment into the address: in place of the present entry of the browser's history, or as a new one, where it is
 * another address.
 * @param at how far the networks go
 */
export function writeHistory(how: 'push' | 'replace', at = store.samplesSeen.value): void {
  const { preset, experiment, brought, view } = store;
  const weights = brought.value?.mark;
  const search = writeAddress({ preset: preset.value, experiment: experiment.value, at, weights });
  // Networks that were paused for the studies come to a stand while these are shown.
  const fragment = view.value === 'studies' ? location.hash : '';
  const isNew = how === 'push' && search !== location.search;
  history[isNew ? 'pushState' : 'replaceState'](undefined, '', search + fragment);
}

/** Keeps where the networks are as an entry of its own, and goes on in another, which is written when they stand. */
export function splitHistory(): void {
  writeHistory('replace');
  history.pushState(undefined, '', location.href);
}
