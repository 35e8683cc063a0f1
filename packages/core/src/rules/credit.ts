import type { Signal } from '../circuit/signal.ts';
import type { Forward, Layers } from './layers.ts';
import type { Behaviour } from './rule.ts';

/**
 * What arrives at the hidden layer l, from 1 on.
 * @param above δ_{l+1}
 * @param error δ_{L+1}, the output layer's
 * @param y the label
 */
export type Credit = (l: number, above: Signal<string>, error: Signal<'label'>, y: Signal<'label'>) => Signal<string>;

/** What a rule does besides, with δ of every layer at place l. */
export type Besides = (delta: readonly Signal<string>[], forward: Forward) => void;

/**
 * A chain of layers in which the output layer learns from its own δ_{L+1} = −∂L/∂u_{L+1}, and the hidden layer l from
 * δ_l = f′(u_l) ⊙ what arrives there. Rules differ in what arrives.
 */
export function layeredBehaviour(layers: Layers, arrives: Credit, besides?: Besides): Behaviour {
  const { depth } = layers;
  return {
    transform: (x) => layers.forward(x).h[depth]!,
    predict: (x) => layers.forward(x).p,
    learn(x, y) {
      const forward = layers.forward(x);
      const { h, gate } = forward;
      for (let l = 1; l <= depth; l++) h[l]!.as(layers.symbol(l));
      const error = layers.outputError(forward, y);
      const delta: Signal<string>[] = [];
      delta[depth + 1] = error;
      for (let l = depth; l >= 1; l--) {
        const arriving = gate(l, arrives(l, delta[l + 1]!, error, y));
        delta[l] = depth === 1 ? arriving : arriving.as(`δ${l}`);
      }
      for (let l = 1; l <= depth + 1; l++) layers.learn(l, delta[l]!, h[l - 1]!);
      besides?.(delta, forward);
    },
  };
}
