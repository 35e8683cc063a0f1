import { activations } from '../circuit/activation.ts';
import type { Signal } from '../circuit/signal.ts';
import { Layers } from './layers.ts';
import { defineRule } from './rule.ts';
import { settlingState, settlings } from './settling.ts';

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
    const { gamma, steps, settling, momentum, prediction, weightsSee, activateInput } = parameters;
    const { precision, outputPrecision, outputs, nudge } = parameters;
    const layers = new Layers(circuit, architecture);
    const top = layers.depth + 1;
    const numbers = Array.from({ length: top }, (_, i) => i + 1);
    const f = activations[architecture.activation.function];
    const active = <Name extends string>(v: Signal<Name>) => (f === 'identity' ? v : v.through(f));
    const gated = (v: Signal<string>, s: Signal<string>) => (f === 'identity' ? s : v.slope(f).times(s));
    const entering = (x: Signal<'stimulus'>) => (activateInput ? active(x) : x);
    const isFixed = prediction === 'fixed';
    const isNudged = outputs === 'nudged';

    /** The layers as they have settled, layer l at place l − 1. */
    function settled(x: Signal<'stimulus'>, y: Signal<'label'>): readonly Layer[] {
      // The way up: u_l = W_l h_{l−1} + b_l, h_l = f(u_l).
      const h: Signal<string>[] = [entering(x)];
      const u = numbers.slice(0, isFixed || isNudged ? top : -1).map((l) => {
        const current = layers.current(l, h[l - 1]!).as(`u${l}`);
        h[l] = active(current);
        return current;
      });
      const step = { by: settling, rate: gamma, momentum };
      const cells = u
        .slice(0, isNudged ? top : layers.depth)
        .map((current, i) => settlingState(circuit, `v${i + 1}`, layers.at(i + 1), current, step));
      const v = (l: number): Signal<string> => cells[l - 1]?.state ?? y;
      const layer = (l: number): Layer => {
        const isStill = isFixed || l === 1;
        const below = isStill ? h[l - 1]! : active(v(l - 1));
        const mu = isStill ? u[l - 1]! : layers.current(l, below); //  μ_l = W_l f(v_{l−1}) + b_l
        const deviation = v(l).minus(mu);
        const pi = l === top ? outputPrecision : precision;
        const error = pi === 1 ? deviation : deviation.times(pi, l === top ? 'πo' : 'π');
        return { below, deviation, error: error.as(`ε${l}`) }; //  ε_l = π_l (v_l − μ_l)
      };
      /** What draws the cells of layer l to other values than are predicted: f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1}, or the label. */
      const drawn = (l: number, above: Layer | undefined): Signal<string> => {
        if (!above) return (y as Signal<string>).minus(v(l)).times(nudge, 'β');
        const back = layers.W(l + 1).transposed();
        return gated(isFixed ? u[l - 1]! : v(l), back.drive(above.error));
      };
      circuit.repeat(weightsSee === 'before' ? steps - 1 : steps, () => {
        const now = numbers.map(layer);
        for (let l = cells.length; l >= 1; l--) cells[l - 1]!.follow(drawn(l, now[l]).minus(now[l - 1]!.error)); // −∂E/∂v_l
      });
      return numbers.map(layer);
    }

    return {
      transform: (x) => layers.forward(entering(x)).h[layers.depth]!,
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
