import { best } from './best.ts';
import type { Settings } from './method-settings.ts';
import { reproducing } from './reproducing.ts';

/** Names of settings: those that reproduce the paper's figures, and the best that were found for accuracy on held-out images. */
export type SettingsName = 'paper' | 'best';
export const settingsNames: readonly SettingsName[] = ['paper', 'best'];

export const settings: Readonly<Record<SettingsName, Settings>> = { paper: reproducing, best };
