import type { RunConfig } from '../config/run-config.ts';

/** How many samples of the table that its run read a model learned, in words. */
export function learnedShare(table: string, { first, table: own }: RunConfig['data'], path: string): string {
  const { found, holdOut } = own ?? {};
  const train = found?.train ?? 0;
  const learned = first ?? train;
  const all = train + (holdOut === undefined ? 0 : (found?.test ?? 0));
  const share = learned === all ? 'all' : `${learned.toLocaleString('en')} of ${all.toLocaleString('en')}`;
  return `${table}: ${share} samples were learned by ${path}`;
}
