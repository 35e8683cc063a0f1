import { findRule, layOut, type Matrix, ruleNames, weightName } from '@apical/core';
import { circuitOptions, refusalOf } from './circuit.ts';
import { type Experiment, settingsOf } from './experiment.ts';
import { variants } from './setting-names.ts';
import { fitted, withParameters } from './usual-settings.ts';

/**
 * The experiment whose network has these weights, by the first rule that has such a one; undefined where none has. Weights say the
 * units of the layers, biases, and which synapses there are.
 *
 * @param base of which all else is taken
 */
export function guessNetwork(
  weights: Readonly<Record<string, Matrix>>,
  base: Experiment,
  preset: Experiment,
): Experiment | undefined {
  const names = Object.keys(weights).filter((name) => !/^zbar\d*$/.test(name));
  const layers = names.filter((name) => /^W\d+$/.test(name)).length;
  const hidden = Array.from({ length: layers - 1 }, (_, l) => weights[`W${l + 1}`]?.rows);
  if (!isWhole(hidden)) return undefined;
  const biases = names.includes('b1');
  const network = {
    ...base,
    hidden: hidden.length === 1 ? hidden[0]! : hidden,
    biases: biases === usualBiases(base, hidden.length) ? undefined : biases,
    changes: [],
  };
  const sizes = { inputs: weights.W1?.cols ?? 0, labels: weights[`W${layers}`]?.rows ?? 0 };
  const sought = names
    .map((name) => `${name} ${weights[name]?.data.length}`)
    .toSorted()
    .join();
  for (const rule of ruleNames) {
    for (const variant of variants({ ...network, rules: [rule] }, rule)) {
      if (refusalOf(variant, rule) !== undefined || variant.hidden !== network.hidden) continue;
      const { allSynapses } = layOut(findRule(rule), circuitOptions(variant, rule), sizes).circuit;
      const all = allSynapses.map(({ name, pre, post }) => `${weightName(name)} ${pre.size * post.size}`);
      if (all.toSorted().join() !== sought) continue;
      const { parameters } = settingsOf(variant, rule);
      const plain = fitted({ ...network, rules: [rule] }, preset, base);
      return fitted(withParameters(plain, preset, rule, parameters), preset);
    }
  }
  return undefined;
}

/** Whether networks have biases where nothing is said of them. */
function usualBiases({ output }: Experiment, layers: number): boolean {
  return layers > 1 || output !== 'linear';
}

function isWhole(hidden: readonly (number | undefined)[]): hidden is readonly number[] {
  return hidden.length > 0 && hidden.every((units) => units !== undefined);
}
