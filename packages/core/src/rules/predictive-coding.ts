import type { Activity } from '../circuit/activation.ts';
import type { Signal } from '../circuit/signal.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { restOf, settlingState, settlings, tolerance } from './settling.ts';

/**
 * Predictive coding (Whittington and Bogacz 2017), with inputs and labels clamped. Every layer predicts the one above,
 * μ_l = W_l f(v_{l−1}) + b_l, and has an error cell for each value cell, ε_l = π_l (v_l − μ_l). Value cells start at the way up and
 * settle down the energy E = ½ Σ_l π_l ‖v_l − μ_l‖²; then every synapse learns from the cells at its ends. What is predicted is a way up.
 */
export const predictiveCoding = defineRule({
  name: 'predictive-coding',
  title: 'Predictive coding',
  year: 2017,
  source: 'Whittington and Bogacz 2017; fixed prediction Millidge, Tschantz and Buckley 2022',
  shape: { depth: 'any', outputs: ['linear'], biases: true, runningMean: false },
  parameters: {
    gamma: { default: 0.1, above: 0, says: 'γ, the size of a step of settling' },
    steps: { default: 20, min: 1, whole: true, says: 'N, the steps of settling for each sample' },
    settling: { default: 'plain', choices: settlings, says: 'how value cells go down the energy' },
    momentum: { default: 0.9, min: 0, max: 1, says: 'what of a step of settling goes on in the next, with momentum' },
    tolerance,
    prediction: {
      default: 'settling',
      choices: ['settling', 'fixed'],
      says: 'whether predictions follow the value cells as they settle, or stay at those of the way up',
    },
    weightsSee: {
      default: 'after',
      choices: ['after', 'before'],
      says: 'what weights learn from: the state after the last step of settling, or before it',
    },
    activateInput: { default: false, says: 'whether the input enters as f(x)' },
    precision: { default: 1, above: 0, says: 'π of the hidden layers’ errors' },
    outputPrecision: { default: 1, above: 0, says: 'π of the output layer’s errors' },
    outputs: {
      default: 'clamped',
      choices: ['clamped', 'nudged'],
      says: 'whether outputs are clamped to the label, or settle, too, and are drawn to it',
    },
    nudge: { default: 1, above: 0, says: 'β, how strongly the label draws nudged outputs' },
  },
  build(circuit, architecture, parameters) {
    const { gamma, steps, settling, momentum, tolerance, prediction, weightsSee } = parameters;
    const { activateInput, precision, outputPrecision, outputs, nudge } = parameters;
    const layers = new Layers(circuit, architecture);
    const { depth } = layers;
    const top = depth + 1;
    const numbers = Array.from({ length: top }, (_, i) => i + 1);
    const entering = (x: Signal<'stimulus'>) =>
      activateInput ? circuit.activity(x, architecture.activation).output : x;
    const isFixed = prediction === 'fixed';
    const isNudged = outputs === 'nudged';

    /** The layers as they have settled, layer l at place l − 1. */
    function settled(x: Signal<'stimulus'>, y: Signal<'label'>): readonly Layer[] {
      // The way up: u_l = W_l h_{l−1} + b_l, h_l = f(u_l).
      const h: Activity<string>[] = [{ output: entering(x), gate: (signal) => signal }];
      const u = numbers.slice(0, isFixed || isNudged ? top : depth).map((l) => {
        const current = layers.current(l, h[l - 1]!.output).as(`u${l}`);
        if (l <= depth) h[l] = layers.activity(l, current);
        return current;
      });
      const step = { by: settling, rate: gamma, momentum, tolerance };
      const cells = u
        .slice(0, isNudged ? top : depth)
        .map((current, i) => settlingState(circuit, `v${i + 1}`, layers.at(i + 1), current, step));
      const v = (l: number): Signal<string> => cells[l - 1]?.state ?? y;

      /** The layers at this moment, with what they drive, f(v_l) and f′(v_l). */
      const now = () => {
        const active = isFixed
          ? h
          : [h[0]!, ...cells.slice(0, depth).map(({ state }, i) => layers.activity(i + 1, state))];
        const found = numbers.map((l): Layer => {
          const below = active[l - 1]!.output;
          const mu = isFixed || l === 1 ? u[l - 1]! : layers.current(l, below).as(`μ${l}`); //  μ_l = W_l f(v_{l−1}) + b_l
          const deviation = v(l).minus(mu);
          const pi = l === top ? outputPrecision : precision;
          const error = pi === 1 ? deviation : deviation.times(pi, l === top ? 'πo' : 'π');
          return { below, deviation, error: error.as(`ε${l}`) }; //  ε_l = π_l (v_l − μ_l)
        });
        return { active, found };
      };
      const settle = () => {
        const { active, found } = now();
        return cells.toReversed().map((cell, i) => {
          const l = cells.length - i;
          const above = found[l];
          // −∂E/∂v_l = f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1} − ε_l; of nudged outputs β (y − v) − ε
          const drawn = above
            ? active[l]!.gate(
                layers
                  .W(l + 1)
                  .transposed()
                  .drive(above.error),
              )
            : (y as Signal<string>).minus(v(l)).times(nudge, 'β');
          return cell.follow(drawn.minus(found[l - 1]!.error));
        });
      };
      circuit.repeat(weightsSee === 'before' ? steps - 1 : steps, settle, restOf(step));
      return now().found;
    }

    return {
      transform: (x) => layers.forward(entering(x)).h[depth]!,
      predict: (x) => layers.forward(entering(x)).p,
      learn(x, y) {
        for (const [i, { error, below }] of settled(x, y).entries()) layers.learn(i + 1, error, below); // ΔW_l = η ε_l f(v_{l−1})ᵀ
      },
      energy: (x, y) => settled(x, y).map(({ error, deviation }) => error.times(deviation).times(1 / 2)),
    };
  },
});

/** A layer at a moment: f(v_{l−1}) from below, v_l − μ_l, and ε_l. */
interface Layer {
  readonly below: Signal<string>;
  readonly deviation: Signal<string>;
  readonly error: Signal<string>;
}
