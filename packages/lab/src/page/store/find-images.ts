import { InputError } from '@apical/core';
import { isSynthetic, shippedTable } from '@apical/data';
import { generatedImages } from '../data/generated.ts';
import type { AnyImages } from '../data/images.ts';
import { loadSet } from '../data/load-set.ts';
import { ownPrefix } from '../data/own-data.ts';
import { shippedImages } from '../data/shipped.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { store } from './store.ts';

/**
 * The samples of an experiment: those that are there, those that were dropped on the page, those that are generated, or else the server's.
 * @throws InputError where there are none
 */
export async function findImages({ set, split }: Experiment): Promise<AnyImages> {
  const isOwn = set.startsWith(ownPrefix);
  const present = isOwn ? store.ownImages.value : store.images.value;
  if (present?.name === set && present.split === split) return present;
  if (isOwn) {
    throw new InputError(`${set.slice(ownPrefix.length)}: these data were on the page only; drop them on it again`);
  }
  if (isSynthetic(set)) return generatedImages(set);
  const table = shippedTable(set);
  if (table) return shippedImages(table, document.baseURI);
  if (!store.catalogue.value[set]?.[split]) {
    throw new InputError(
      `this server does not have the ${split} images of ${set}: run "apical data fetch ${set}", then start "apical lab" again`,
    );
  }
  return loadSet(set, split, document.baseURI);
}

/** What finding them is called while it takes. */
export function findingWords({ set, split }: Experiment): string {
  if (isSynthetic(set)) return `Making ${set}`;
  return shippedTable(set) ? `Fetching ${set}` : `Fetching ${split} images of ${set}`;
}
