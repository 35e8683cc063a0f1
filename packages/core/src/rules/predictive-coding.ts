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
    const numbers = Array.from({ length: layers.depth + 1 }, (_, i) => i + 1);
    const top = layers.depth + 1;
    const f = activations[architecture.activation.function];
    const active = <Name extends string>(v: Signal<Name>) => (f === 'identity' ? v : v.through(f));
    const gated = (v: Signal<string>, s: Signal<string>) => (f === 'identity' ? s : v.slope(f).times(s));
    const entering = (x: Signal<'stimulus'>) => (activateInput ? active(x) : x);
    const isFixed = prediction === 'fixed';

    /** What weights learn from, of layer l at place l − 1: its errors, and what came from below. */
    function settled(x: Signal<'stimulus'>, y: Signal<'label'>): readonly Layer[] {
      const way = [entering(x) as Signal<string>];
      const u = numbers.map((l) => {
        const current = layers.current(l, way[l - 1]!);
        way.push(active(current));
        return current;
      });
      const free = outputs === 'clamped' ? layers.depth : top;
      const cells = u
        .slice(0, free)
        .map((each, i) =>
          settlingState(circuit, `v${i + 1}`, layers.at(i + 1), each, { by: settling, rate: gamma, momentum }),
        );
      const v = (l: number): Signal<string> => cells[l - 1]?.state ?? y;
      const layerNow = (l: number): Layer => {
        const isStill = isFixed || l === 1;
        const below = isStill ? way[l - 1]! : active(v(l - 1));
        const mu = isStill ? u[l - 1]! : layers.current(l, below); // μ_l = W_l f(v_{l−1}) + b_l
        const pi = l === top ? outputPrecision : precision;
        const difference = v(l).minus(mu);
        return { below, error: (pi === 1 ? difference : difference.times(pi, 'π')).as(`ε${l}`) }; // ε_l = π_l (v_l − μ_l)
      };

      circuit.repeat(weightsSee === 'before' ? steps - 1 : steps, () => {
        const now = numbers.map(layerNow);
        for (const [i, cell] of cells.entries()) {
          const l = i + 1;
          // −∂E/∂v_l = f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1} − ε_l; of nudged outputs β (y − v) − ε
          const drawn =
            l === top
              ? (y as Signal<string>).minus(v(l)).times(nudge, 'β')
              : gated(
                  isFixed ? u[i]! : v(l),
                  layers
                    .W(l + 1)
                    .transposed()
                    .drive(now[l]!.error),
                );
          cell.follow(drawn.minus(now[i]!.error));
        }
      });
      return numbers.map(layerNow);
    }
    return {
      transform: (x) => layers.forward(entering(x)).h[layers.depth]!,
      predict: (x) => layers.forward(entering(x)).p,
      learn(x, y) {
        for (const [i, { error, below }] of settled(x, y).entries()) layers.learn(i + 1, error, below); // ΔW_l = η ε_l f(v_{l−1})ᵀ
      },
    };
  },
});

interface Layer {
  readonly below: Signal<string>;
  readonly error: Signal<string>;
}
