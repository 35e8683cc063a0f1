import { findRule, lastingStates, layersOf, layOut, type Matrix, runRuleNames, weightName } from '@apical/core';
import { circuitOptions, refusalOf } from './circuit.ts';
import { type Experiment, settingsOf } from './experiment.ts';
import { variants } from './setting-names.ts';
import { fitted, withParameters } from './usual-settings.ts';

/** More layers than this are not looked for. */
const mostLayers = 12;

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
  const depths = Array.from({ length: Math.min(names.length, mostLayers) }, (_, i) => i + 1);
  for (const rule of runRuleNames) {
    for (const depth of findRule(rule).shape.depth === 'one' ? [1] : depths) {
      for (const biases of [undefined, true, false]) {
        const network = { ...base, hidden: placeholders(depth), biases, rules: [rule], changes: [] };
        for (const variant of variants(network, rule)) {
          const hidden = hiddenOf(variant, rule, weights, names);
          if (hidden === undefined) continue;
          const { parameters } = settingsOf(variant, rule);
          const found = { ...network, hidden: hidden.length === 1 ? hidden[0]! : hidden };
          if (refusalOf(found, rule) !== undefined) continue;
          const plain = fitted(found, preset, base);
          return fitted(withParameters(plain, preset, rule, parameters), preset);
        }
      }
    }
  }
  return undefined;
}

/** Numbers of units that no two populations share: each stands for the unknown size of a layer. */
function placeholders(depth: number): number | number[] {
  const all = Array.from({ length: depth }, (_, l) => 101 + l);
  return depth === 1 ? all[0]! : all;
}
const [inputs, labels] = [1009, 1013];

/** The units of the hidden layers with which the circuit has these weights, by their names and shapes; undefined where it has others. */
function hiddenOf(
  variant: Experiment,
  rule: string,
  weights: Readonly<Record<string, Matrix>>,
  names: readonly string[],
): readonly number[] | undefined {
  const layers = layersOf(variant.hidden);
  if (layers.some((size, l) => size !== 101 + l) || refusalOf(variant, rule) !== undefined) return undefined;
  const { circuit, behaviour } = layOut(findRule(rule), circuitOptions(variant, rule), { inputs, labels });
  const { allSynapses } = circuit;
  const laid = allSynapses.map(({ name }) => weightName(name));
  if (laid.some((name) => !names.includes(name))) return undefined;
  const lasting = lastingStates(circuit.trace((x, y) => void behaviour.learn(x, y)));
  if (names.some((name) => !laid.includes(name) && !lasting.includes(name))) return undefined;
  const sizes = new Map<number, number>([[1, 1]]);
  for (const { name, pre, post } of allSynapses) {
    const { rows, cols } = weights[weightName(name)]!;
    const ends = name.endsWith('ᵀ')
      ? ([
          [pre, rows],
          [post, cols],
        ] as const)
      : ([
          [post, rows],
          [pre, cols],
        ] as const);
    for (const [{ size }, found] of ends) {
      if ((sizes.get(size) ?? found) !== found) return undefined;
      sizes.set(size, found);
    }
  }
  const hidden = layers.map((size) => sizes.get(size));
  return hidden.every((units) => units !== undefined) ? hidden : undefined;
}
