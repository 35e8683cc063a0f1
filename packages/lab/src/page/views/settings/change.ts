import { refusalOfChange } from '../../experiment/adapt.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';

/** The experiment with these settings, from its beginning. */
function changed(changes: Partial<Experiment>): Experiment {
  return { ...store.experiment.value, ...changes, changes: [] };
}

/** Begins the experiment anew with these settings. */
export function change(changes: Partial<Experiment>): void {
  laboratory.choose(changed(changes));
}

/** Why these settings cannot be chosen, where they cannot. */
export function whyNot(changes: Partial<Experiment>): string | undefined {
  return refusalOfChange(changed(changes), store.preset.value.experiment, store.experiment.value);
}
