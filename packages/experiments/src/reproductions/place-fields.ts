import { behaviouralContenders, behaviouralFigure, behaviouralMeasures } from './place-fields/behavioural.ts';
import {
  bidirectionalContenders,
  bidirectionalFigures,
  bidirectionalMeasures,
  firstLearnedAt,
} from './place-fields/bidirectional.ts';
import type { Reproduction } from './reproduction.ts';

/** Place fields that plateau potentials make. */
export const placeFields: Reproduction = {
  name: 'place-fields',
  title: 'Place fields by behavioural time scale plasticity',
  says: 'An animal runs laps on a circular track, and a cell that hears place cells has plateau potentials of 300 ms at one place. By the bidirectional rule of 2021 (748 cm, 800 place cells) three plateaus make a place field, and three more at another place move it; at 12.5, 25 and 50 cm/s. By the rule of 2017 (187 cm, 200 place cells), five plateaus, with its long kernels and with those of a standard plasticity, at 15 and 30 cm/s.',
  source:
    'Rules and fitted numbers of Bittner et al., Science 357, 1033–1036 (2017) and Milstein et al., eLife 10, e73046 (2021), as in the programs of the authors; values computed by an independent program',
  selectedOn: 'nothing',
  contenders: [...bidirectionalContenders, ...behaviouralContenders].map(({ label, config, derived }) => ({
    label,
    config,
    ...(derived && { derived }),
  })),
  measures: [...bidirectionalMeasures, ...behaviouralMeasures],
  figures: (runs) => {
    const figures = bidirectionalFigures(runs);
    return figures.length > 0 ? [...figures, behaviouralFigure(runs)] : [];
  },
  seeds: 1,
  minutes: 1,
  quickSamples: firstLearnedAt,
  notes: [
    'A sample is a step of 10 ms; of the control, whose kernels are shorter, of 1 ms. What came of the plateau of a lap is learned at the onset of the next: the three values of the first induction are those after 8,001, 10,993 and 18,893 steps at 25 cm/s.',
    'ramp.peak is in mV; width (between 15 % of the peak above the baseline, the mean of the lowest tenth), shift (the peak’s place minus the plateau’s) and area width (integral over peak) are in cm; asymmetry is the width before the onset over that after it. change is the ramp after the second induction minus that before it, in mV, and where that is, in s of running from the onset.',
    'growth is what plateaus add to a weight, as a part of the largest, by where its place field lies, in s of running from the onset; growth.most is that of the largest over η, in s.',
    'The first lap overshoots: k₊ I₊ + k₋ I₋ is more than 1, so that the step goes beyond the value to which weights move.',
    'Kernels are recursions that are not cut off, by which the largest weights are up to 0.5 % lower than those of the source, whose kernels are cut and normalised anew.',
    'The second induction begins with the weights that the first has left; in the source, with weights that are fitted to a ramp.',
    'Local signals of the rule of 2017 are multiplied by what makes the largest that of the global signal over 1.116 (discrete fit), 1.204 (rate fit) or 0.857 (control), computed from the same sessions.',
  ],
};
