import { type ActivationFunction, type Activity, activationNames } from '../circuit/activation.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Architecture } from './architecture.ts';
import { feedbackStart } from './feedback-start.ts';
import type { Layers } from './layers.ts';
import type { Parameters, ParameterValues } from './parameters.ts';
import type { Behaviour } from './rule.ts';
import { anyLayers, type Shape } from './shape.ts';

// What target propagation and difference target propagation have in common: inverses that learn, and layers that learn from targets.

/** Targets are activities that cells can have: no mean is subtracted. */
export const targetShape: Shape = { ...anyLayers, runningMean: false };

export const targetParameters = {
  targetRate: {
    default: 0.5,
    above: 0,
    says: 'η̂, how far the target of the last hidden layer lies along the gradient',
  },
  sigma: { default: 0.3, min: 0, says: 'σ, the standard deviation of the noise with which inverses learn' },
  inverseActivation: {
    default: 'own',
    choices: ['own', ...activationNames],
    says: "f of the inverses; own: the hidden units'",
  },
  epochUpdates: {
    default: 1,
    min: 1,
    whole: true,
    says: 'for how many updates inverses learn alone, and then layers alone for as many, in turn; 1: both at each update',
  },
} as const satisfies Parameters;

/** `g_l(h) = f(V_l h + c_l)` with its slope: what the inverse of layer l + 1 makes of activity there, in the hidden layer l. */
export interface Inverse {
  of(h: Signal<string>): Activity<string>;
  /** ΔV_l = η d qᵀ, Δc_l = η d */
  learn(d: Signal<string>, q: Signal<string>): void;
}

/**
 * ĥ_l, the target of the hidden layer l < L.
 * @param inverse g_l
 * @param own h_l
 * @param above h_{l+1}
 * @param target ĥ_{l+1}
 */
export type Target = (
  inverse: Inverse,
  own: Signal<string>,
  above: Signal<string>,
  target: Signal<string>,
) => Signal<string>;

/**
 * On each batch, first the inverses learn to undo the layers, near the activity that there is: of `h̃_l = h_l + ξ_l`, the layer above
 * makes `q_{l+1} = f(W_{l+1} h̃_l + b_{l+1})`, the inverse `r_l = g_l(q_{l+1})`, and it descends ‖h̃_l − r_l‖². Then targets come down
 * through them, from `ĥ_L = h_L + η̂ W_{L+1}ᵀ δ_{L+1}`, and each hidden layer descends ‖ĥ_l − h_l‖², by its own weights alone. The output
 * layer learns from its δ_{L+1}. With `epochUpdates` N, inverses learn from N batches, and then layers from the N that come next: the same
 * again, where a data set of N batches is presented in the same order every epoch.
 */
export function targetBehaviour(
  circuit: Circuit,
  layers: Layers,
  architecture: Architecture,
  { targetRate, sigma, inverseActivation, epochUpdates }: ParameterValues<typeof targetParameters>,
  targetOf: Target,
): Behaviour {
  const { depth } = layers;
  const f = inverseActivation === 'own' ? architecture.activation.function : inverseActivation;
  const inverses = architecture.hidden.slice(1).map((_, i) => layInverse(circuit, layers, i + 1, f));
  const target = (l: number) => (depth === 1 ? 'ẑ' : `ĥ${l}`);

  const invert = (h: readonly Signal<string>[]) => {
    for (const [i, inverse] of inverses.entries()) {
      const l = i + 1;
      const xi = circuit.noise(`xi ${l}`, layers.at(l), { normal: sigma }).as(`ξ${l}`);
      const code = h[l]!.plus(xi).as(`h̃${l}`);
      const q = layers.answer(l + 1, code).as(`q${l + 1}`);
      const decoded = inverse.of(q);
      const lost = code.minus(decoded.output.as(`r${l}`)).residual(`V${l}`);
      inverse.learn(decoded.gate(lost.times(2)), q); // ΔV_l = η [2 (h̃_l − r_l) ⊙ f′] q_{l+1}ᵀ
    }
  };

  return {
    // With one hidden layer there are no inverses.
    ...(epochUpdates > 1 && depth > 1 && { turns: epochUpdates }),
    transform: (x) => layers.forward(x).h[depth]!,
    predict: (x) => layers.forward(x).p,
    learn(x, y) {
      const forward = layers.forward(x);
      const { h, gate } = forward;
      for (let l = 1; l <= depth; l++) h[l]!.as(layers.symbol(l));
      const learnLayers = () => {
        const error = layers.outputError(forward, y);
        const descent = layers
          .W(depth + 1)
          .transposed()
          .drive(error);
        let above = h[depth]!.plus(descent.times(targetRate, 'η̂')).as(target(depth)); // ĥ_L = h_L + η̂ W_{L+1}ᵀ δ_{L+1}
        const d: Signal<string>[] = [];
        d[depth + 1] = error;
        for (let l = depth; l >= 1; l--) {
          if (l < depth) above = targetOf(inverses[l - 1]!, h[l]!, h[l + 1]!, above).as(target(l));
          const own = gate(l, above.minus(h[l]!).times(2)); // d_l = 2 (ĥ_l − h_l) ⊙ f′(u_l)
          d[l] = depth === 1 ? own : own.as(`d${l}`);
        }
        for (let l = 1; l <= depth + 1; l++) layers.learn(l, d[l]!, h[l - 1]!); // ΔW_l = η d_l h_{l−1}ᵀ
      };
      if (depth === 1) return learnLayers();
      circuit.phase('inverting', () => invert(h));
      circuit.phase('learning', learnLayers);
    },
  };
}

function layInverse(circuit: Circuit, layers: Layers, l: number, f: ActivationFunction): Inverse {
  const { bias } = layers;
  const V = circuit.synapses(`V${l}`, layers.at(l + 1), layers.at(l), feedbackStart);
  const c = bias && circuit.synapses(`c${l}`, bias, layers.at(l), { constant: 0 }, { rateOf: `V${l}`, bias: true });
  const one = (of: NonNullable<typeof bias>) => circuit.constant(of, 1).as('1');
  return {
    of(h) {
      const drive = V.drive(h);
      return circuit.activity(bias && c ? drive.plus(c.drive(one(bias))) : drive, { function: f });
    },
    learn(d, q) {
      V.learn(d, q);
      if (bias) c?.learn(d, one(bias));
    },
  };
}
