import type { ComponentChildren } from 'preact';
import { type Experiment, settingsOf, withChanged } from '../../experiment/experiment.ts';
import { defaultPreset, findPreset } from '../../experiment/presets.ts';
import {
  Backpropagation,
  Decoupling,
  ForwardPass,
  GainControl,
  Hebbian,
  Plateau,
  Regression,
  Saturation,
} from './equations.tsx';

/** A step of the guided tour, and how the page is set up for it. */
export interface Step {
  readonly title: string;
  readonly text: ComponentChildren;
  /** The part of the page that is looked at. */
  readonly spot: 'curves' | 'sample' | 'bmvr' | 'backprop';
  readonly measure: string;
  readonly experiment: Experiment;
  /** How many samples the networks have learned when the step begins, at least. */
  readonly samples: number;
  readonly speed: number;
}

/** The preset that all steps set up, or change. */
export const preset = findPreset('figure-3/mnist') ?? defaultPreset;
const { experiment } = preset;
const decoupled: Experiment = {
  ...withChanged(experiment, 'bmvr', {
    parameters: { decoupled: true },
    initial: { ...settingsOf(experiment, 'bmvr').initial, R: { identity: 1 } },
  }),
  rules: ['bmvr'],
};
const fast = Number.POSITIVE_INFINITY;

/** In the paper's order. */
export const steps: readonly Step[] = [
  {
    title: 'The task',
    text: (
      <>
        <p>
          Both networks learn the same thing, one sample at a time: to predict the label from the image through a few
          hidden units. Objective (1) is what they lower; the dashed line is the best that can be reached, computed in
          closed form.
        </p>
        <Regression />
      </>
    ),
    ...{ spot: 'curves', measure: 'objective', experiment, samples: 0, speed: fast },
  },
  {
    title: 'The forward pass',
    text: (
      <>
        <p>
          The image drives the hidden units by W1; W2 reads the prediction off them. In BMVR the hidden units are
          pyramidal cells, and the image arrives at their proximal dendrites. Its W2 is never run forward while it
          learns. Press <i>+1 sample</i>.
        </p>
        <ForwardPass />
      </>
    ),
    ...{ spot: 'sample', measure: 'objective', experiment, samples: 0, speed: 2 },
  },
  {
    title: 'The weight transport problem',
    text: (
      <>
        <p>
          Backprop computes the error at the label and carries it back through the transpose of W2, in red: synapses of
          one direction would have to know the weights of those of the other. No known synapse does.
        </p>
        <Backpropagation />
      </>
    ),
    ...{ spot: 'backprop', measure: 'objective', experiment, samples: 20, speed: 10 },
  },
  {
    title: 'Gain control by interneurons',
    text: (
      <>
        <p>
          BMVR asks one thing more: that the activity stays bounded. The multiplier of that constraint is QQᵀ, the way
          from pyramidal cells to interneurons and back to the tuft. The more active the cells are, the stronger they
          are inhibited.
        </p>
        <GainControl />
      </>
    ),
    ...{ spot: 'bmvr', measure: 'constraint', experiment, samples: 200, speed: 60 },
  },
  {
    title: 'The plateau potential teaches',
    text: (
      <>
        <p>
          The label arrives at the apical tuft as the current a; interneurons take Q n from it. What is left is the
          calcium plateau potential, and it alone teaches the proximal synapses: no error is computed anywhere. All the
          same, it comes to point where the backpropagated error does.
        </p>
        <Plateau />
      </>
    ),
    ...{ spot: 'bmvr', measure: 'teaching-signal', experiment, samples: 500, speed: 400 },
  },
  {
    title: 'Hebb at the tuft',
    text: (
      <>
        <p>
          The other synapses learn from what both of their ends do, and forget a little. Every rule of BMVR is local:
          the list below each circuit is read off the code that runs.
        </p>
        <Hebbian />
      </>
    ),
    ...{ spot: 'bmvr', measure: 'objective', experiment, samples: 2000, speed: fast },
  },
  {
    title: 'Saturation at the optimum',
    text: (
      <>
        <p>
          When learning is done, the constraint holds with equality: the eigenvalue of E z zᵀ that BMVR holds comes to
          the dashed line at 1, while backprop’s goes where it will. Both are near the optimum of (1) then: choose{' '}
          <i>Objective</i> above the curves to see that, with the paper’s points.
        </p>
        <Saturation />
      </>
    ),
    ...{ spot: 'curves', measure: 'constraint', experiment, samples: 30_000, speed: fast },
  },
  {
    title: 'Decoupled interneurons',
    text: (
      <>
        <p>
          Until here, the way to the interneurons mirrored the way back. Give it weights R of its own, started wrong:
          their Hebbian rules alone bring Qᵀ and R together, whatever the data. Press <i>Play</i>, and see the distance
          between them fall.
        </p>
        <Decoupling />
      </>
    ),
    ...{ spot: 'curves', measure: 'decoupling', experiment: decoupled, samples: 0, speed: 1000 },
  },
];
