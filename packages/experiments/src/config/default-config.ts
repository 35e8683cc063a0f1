import {
  batchEnd,
  groupOf,
  type Initial,
  InputError,
  type LabelRole,
  layersOf,
  type Optimiser,
  type OptimiserKind,
  type OutputFunction,
  predictsLabels,
  type Rate,
  type Rule,
  runRuleNames,
  usualArchitecture,
} from '@apical/core';
import { dataSetNames, findDataSet, isStream, syntheticSet } from '@apical/data';
import { panelNames, panels } from '../figure-3/panels.ts';
import { figure3Data, type Method, methods, ridge } from '../figure-3/protocol.ts';
import type { PanelName } from '../figure-3/results.ts';
import type { Asked } from './asked.ts';
import { batchesOf, evaluationSchedule, evenSchedule } from './evaluation-schedule.ts';
import { foundIn, isNumberData, isOwnData } from './own-data.ts';
import { type NamedRule, ruleOf } from './rule-of.ts';
import type { OwnTable, RunConfig } from './run-config.ts';
import { suggestion } from './suggestion.ts';
import { type SynapseNames, synapseNamesIfAny } from './synapse-names.ts';

const usualSamples = 100_000;
/** The hidden units of networks that learn what the paper does not have. */
const usualHidden = 32;

/** The learning rate of each optimiser where nothing else is known: 0.01 for steps along the gradient, 0.001 for steps of its scale. */
export const usualRates: Readonly<Record<OptimiserKind, number>> = {
  plain: 0.01,
  momentum: 0.01,
  rmsprop: 0.001,
  adam: 0.001,
};

/**
 * A config to start from, with seed 1, for 100,000 samples (or to the end of the batch that this is in).
 *
 * - A network like the paper's, of one hidden layer with linear outputs, no biases and squared error, learns what Figure 3 of the paper
 *   learns from this data set: with BMVR or backprop by their settings there, with other rules by backprop's, without a ridge;
 *   feedback weights start as widely spread as the weights that they run against.
 *   Where its optimiser is not plain, or it learns in batches, its rates are those of other networks.
 * - Other networks, rules with usual rates of their own, and whatever learns other images, learn pixels / 255, in a new order every epoch, and start as the rule says,
 *   at the rule's rates or at `usualRates` of their optimiser.
 *   Labels are one-hot, but for linear outputs centred.
 *
 * - Rules that predict no labels learn inputs that are centred, and none of the labels or those as a second view.
 *
 * - Data of one's own (`file:PATH`, read before: see `ensureDataOf`) are learned likewise, but standardised; numbers by linear outputs. Of
 *   classes the accuracy is measured, on what is learned and on what is held out. So are generated data (`synthetic:…`), their inputs as
 *   they are.
 *
 * Rectified and other nonlinear units have no ridge.
 *
 * @param rule its name, or that of a module that was loaded, with what names the module
 * @param asked what the config is to have; whether that goes together is not checked
 * @throws InputError for a rule or data set that does not exist
 */
export function defaultRunConfig(rule: string | NamedRule, set: string, asked: Asked = {}): RunConfig {
  const named = typeof rule === 'string' ? { rule } : rule;
  const found = ruleOf(named);
  if (found === undefined) throw unknownName('learning rule', named.rule, runRuleNames);
  if (found.time !== undefined || isStream(set)) return defaultInTime(named, found, set, asked);
  const panel = panelNames.find((name) => name === set);
  const isImages = dataSetNames.includes(set);
  if (!isImages && !isNumberData(set)) throw unknownName('data set', set, dataSetNames);

  const {
    hidden = panel ? panels[panel].hidden : Math.min(usualHidden, mostUnits(found, set, asked)),
    activation = usualArchitecture(found, {}).activation,
    decoupled = false,
  } = asked;
  const network = { ...asked, hidden, activation, decoupled };
  const isPapers = panel !== undefined && isLikePapers(found, network);
  const isPlain = (asked.batch ?? 1) === 1 && isPlainOptimiser(asked);
  const method = methods.find((name) => name === found.name);
  const names = synapseNamesIfAny(found, network);
  const table = isOwnData(set) ? foundTable(set, asked) : undefined;
  const numbers = isImages ? undefined : numbersIn(set, table);
  const data = {
    ...(numbers
      ? numberData(set, numbers, found, asked)
      : panel && isPapers
        ? figure3Data(panel)
        : otherImages(set, found, asked)),
    ...asked.data,
    ...(table && { table }),
  };
  const batches = batchesOf({ data, batch: asked.batch ?? 1 });
  const samples = asked.samples ?? batchEnd(usualSamples, batches.count, batches.batch);
  const {
    output = outputFor(found, data.labels),
    loss,
    biases,
    parameters,
    batch,
    meanRate,
    fused,
    optimiser,
    optimisers,
  } = asked;
  return {
    ...named,
    data: inDataOrder(data),
    hidden,
    activation,
    ...(meanRate !== undefined && { meanRate }),
    ...(output !== undefined && { output }),
    ...(loss !== undefined && { loss }),
    ...(biases !== undefined && { biases }),
    ...(parameters !== undefined && { parameters }),
    decoupled,
    ...(batch !== undefined && { batch }),
    ridge: asked.ridge ?? (method && isPapers && isPlain && activation === 'linear' ? ridge : 0),
    ...(fused !== undefined && { fused }),
    rates: names
      ? ratesOf(names, found, panel && isPapers && isPlain ? panelRates(panel, method) : {}, asked)
      : panelRates(panel ?? 'mnist', method),
    ...(optimiser !== undefined && { optimiser }),
    ...(optimisers !== undefined && { optimisers }),
    initial: panel && isPapers && names ? startsOf(panel, names) : {},
    order: asked.order ?? (isPapers ? 'repeated' : 'reshuffled'),
    samples,
    evaluateAt: asked.evaluateAt ?? evaluationSchedule(samples, undefined, batches),
    accuracy: asked.accuracy ?? (numbers && predictsLabels(found.shape) ? accuracyOf(numbers, data.first) : {}),
    probes: asked.probes ?? [],
    seed: asked.seed ?? 1,
  };
}

/** The numbers of a sample of a data set, and of its label or second view. */
function numbersOf(set: string, asked: Asked): { readonly inputs: number; readonly labels: number } {
  if (dataSetNames.includes(set)) {
    const { shape, classNames } = findDataSet(set);
    return { inputs: shape.height * shape.width * shape.channels, labels: classNames.length };
  }
  if (!isOwnData(set)) return syntheticSet(set);
  const found = foundTable(set, asked).found;
  return {
    inputs: found?.inputs ?? usualHidden,
    labels: found?.second ?? found?.classes?.length ?? found?.labels ?? usualHidden,
  };
}

/** As many components as there can be, of a rule that finds them. */
function mostUnits({ shape }: Rule, set: string, asked: Asked): number {
  if (predictsLabels(shape)) return usualHidden;
  const { inputs, labels } = numbersOf(set, asked);
  return shape.labels === 'none' ? inputs : Math.min(inputs, Math.max(1, labels));
}

/** Steps of a run in time where nothing is said. */
const usualSteps = 10_000;

/** One cell that learns a stream by the rule's usual rates. */
function defaultInTime(named: NamedRule, rule: Rule, set: string, asked: Asked): RunConfig {
  const { hidden = 1, activation = usualArchitecture(rule, {}).activation, parameters, samples = usualSteps } = asked;
  const names = synapseNamesIfAny(rule, { ...asked, hidden });
  return {
    ...named,
    data: { set, split: 'train', inputs: 'raw', labels: 'numbers', ...asked.data },
    hidden,
    activation,
    ...(parameters !== undefined && { parameters }),
    decoupled: false,
    ridge: asked.ridge ?? 0,
    ...(asked.fused !== undefined && { fused: asked.fused }),
    rates: names ? ratesOf(names, rule, {}, asked) : {},
    initial: {},
    order: asked.order ?? 'as-given',
    samples,
    evaluateAt: asked.evaluateAt ?? evenSchedule(samples),
    accuracy: asked.accuracy ?? {},
    probes: asked.probes ?? [],
    ...(asked.learnFrom !== undefined && { learnFrom: asked.learnFrom }),
    ...(asked.record !== undefined && { record: asked.record }),
    seed: asked.seed ?? 1,
  };
}

/** Whether a network is of the kind that the paper has, and its rule has no usual rates of its own: see `defaultRunConfig`. */
function isLikePapers(rule: Rule, { hidden, biases, ...asked }: Asked & Pick<RunConfig, 'hidden'>): boolean {
  const { output, loss } = usualArchitecture(rule, asked);
  const isPlain = layersOf(hidden).length === 1 && output === 'linear' && loss === 'squared' && biases !== true;
  return isPlain && rule.usualRates === undefined;
}

function isPlainOptimiser({ optimiser, optimisers = {} }: Asked): boolean {
  return [optimiser, ...Object.values(optimisers)].every((each) => each === undefined || each.kind === 'plain');
}

function otherImages(set: string, rule: Rule, asked: Asked): RunConfig['data'] {
  const { output } = usualArchitecture(rule, asked);
  const labels = output === 'linear' ? 'one-hot-centred' : 'one-hot';
  const images = { set, split: 'test' } as const;
  const role = rule.shape.labels ?? 'predicted';
  if (role === 'predicted') return { ...images, inputs: 'unit', labels };
  return { ...images, inputs: 'centred', labels: role === 'none' ? 'none' : labels };
}

/** What there is to know of samples that are numbers: a table of one's own, or generated data. */
interface Numbers {
  readonly isGenerated: boolean;
  readonly hasClasses: boolean;
  /** Whether the second view is of a table of one's own. */
  readonly hasSecond?: boolean;
  readonly hasTest: boolean;
}

/** @throws InputError for generated data that there are not */
function numbersIn(set: string, table: OwnTable | undefined): Numbers {
  if (!table) {
    const { kind, test } = syntheticSet(set);
    return { isGenerated: true, hasClasses: kind === 'classes', hasTest: test > 0 };
  }
  const { classes, test, second } = table.found ?? {};
  const hasTest = test !== undefined;
  return { isGenerated: false, hasClasses: classes !== undefined, hasSecond: second !== undefined, hasTest };
}

/** How inputs of a table are prepared, by what labels are to the rule. */
const usualInputs: Readonly<Record<LabelRole, RunConfig['data']['inputs']>> = {
  predicted: 'standardised',
  teacher: 'standardised',
  'second view': 'columns',
  none: 'centred',
};

/** Inputs of a table standardised, generated ones as they are, and labels as the target and the outputs need them. */
function numberData(set: string, numbers: Numbers, rule: Rule, asked: Asked): RunConfig['data'] {
  const { output } = usualArchitecture(rule, asked);
  const labels = output === 'linear' ? 'one-hot-centred' : 'one-hot';
  const role = rule.shape.labels ?? 'predicted';
  const inputs = numbers.isGenerated ? 'raw' : usualInputs[role];
  if (role === 'none') return { set, split: 'train', inputs, labels: 'none' };
  const labelInputs = numbers.hasSecond && role === 'second view' && { labelInputs: 'columns' as const };
  return { set, split: 'train', inputs, labels: numbers.hasClasses ? labels : 'numbers', ...labelInputs };
}

/** The table that was asked for, with what was found in it. @throws InputError where it was not read */
function foundTable(set: string, { data = {} }: Asked): OwnTable {
  const { table, labels } = data;
  const found = table && (table.found ?? foundIn({ set, table, ...(labels && { labels }) }));
  if (!table || !found)
    throw new InputError(
      `${set} has not been read: data.table says which column of it is the target; in a study, in its base`,
    );
  return { ...table, found };
}

/** Linear outputs for numbers, where the rule's are others. */
function outputFor(rule: Rule, labels: RunConfig['data']['labels']): OutputFunction | undefined {
  return labels === 'numbers' && usualArchitecture(rule, {}).output !== 'linear' ? 'linear' : undefined;
}

/** Accuracy of classes is measured on what is learned and on what is held out. */
function accuracyOf({ hasClasses, hasTest }: Numbers, first: number | undefined): RunConfig['accuracy'] {
  if (!hasClasses) return {};
  return {
    train: { split: 'train', ...(first !== undefined && { first }) },
    ...(hasTest && { test: { split: 'test' } }),
  };
}

function inDataOrder({
  set,
  table,
  split,
  shuffle,
  first,
  inputs,
  labels,
  labelInputs,
}: RunConfig['data']): RunConfig['data'] {
  return {
    set,
    ...(table !== undefined && { table }),
    split,
    ...(shuffle !== undefined && { shuffle }),
    ...(first !== undefined && { first }),
    inputs,
    labels,
    ...(labelInputs !== undefined && { labelInputs }),
  };
}

function panelRates(panel: PanelName, method: Method = 'backprop'): Record<string, Rate> {
  return { ...panels[panel][method].rates };
}

/** The rates of the panel for what it has; for plain steps those that are the rule's own; of what else there is, those of the optimiser, one a group. */
function ratesOf(
  { rated }: SynapseNames,
  { usualRates: own = {} }: Rule,
  ofPanel: Record<string, Rate>,
  asked: Asked,
): Record<string, Rate> {
  return Object.fromEntries(
    rated.map((name) => {
      const [known, kind, group] = [ofPanel[name], kindOf(name, asked), groupOf(name)];
      if (known) return [name, known];
      if (kind === 'plain' && own[name] !== undefined) return [name, { eta0: own[name] }];
      return [group, { eta0: (kind === 'plain' ? own[group] : undefined) ?? usualRates[kind] }];
    }),
  );
}

function kindOf(name: string, { optimiser, optimisers = {} }: Asked): OptimiserKind {
  const { kind }: Optimiser = optimisers[name] ?? optimisers[groupOf(name)] ?? optimiser ?? { kind: 'plain' };
  return Object.hasOwn(usualRates, kind) ? kind : 'plain';
}

/**
 * How the panel has those synapses start that learn. Feedback to them starts in the form that the rule says, as widely spread as what it
 * runs against: at Figure 3's rates a wider one would let the activity explode. Others start as the rule says.
 */
function startsOf(panel: PanelName, { plastic, feedback }: SynapseNames): RunConfig['initial'] {
  const initial: Readonly<Record<string, Initial>> = panels[panel].initial;
  const own = Object.entries(initial).filter(([name]) => plastic.includes(name));
  const back = feedback.flatMap(({ name, against, start }): [string, Initial][] => {
    const spread = initial[against];
    if (initial[name] || !spread || !('normal' in spread)) return [];
    return [[name, 'constant' in start ? { constant: spread.normal } : spread]];
  });
  return Object.fromEntries([...own, ...back]);
}

function unknownName(what: string, name: string, all: readonly string[]): InputError {
  return new InputError(`unknown ${what} "${name}"${suggestion(name, all)}: choose one of ${all.join(', ')}`);
}
