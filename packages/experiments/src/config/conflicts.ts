import {
  batchEnd,
  batchStart,
  checkOptimiser,
  checkProbe,
  checkRidge,
  InputError,
  layOut,
  misfitsOf,
  type Optimiser,
  type Rate,
  type Rule,
  rulesInTime,
} from '@apical/core';
import { isStream, isSynthetic, syntheticSet } from '@apical/data';
import { batchesOf, samplesIn } from './evaluation-schedule.ts';
import { imagesNeeded } from './image-part.ts';
import { lossOfRun, outputOfRun } from './loss-of.ts';
import { isNumberData, isOwnData } from './own-data.ts';
import { parameterProblems } from './parameter-problems.ts';
import { recordConflicts } from './record-conflicts.ts';
import { labelRoleOf } from './rule-of.ts';
import type { RunConfig } from './run-config.ts';
import { streamOfRun } from './stream-of-run.ts';

/** What is wrong with settings that are right one by one, apart from what depends on the rule. */
export function conflicts(config: RunConfig): string[] {
  const ofData = dataConflicts(config);
  // How much there is to learn is known where the data are right.
  if (isNumberData(config.data.set) && ofData.length > 0) return [...ofData, ...learningConflicts(config)];
  return [...ofData, ...scheduleConflicts(config), ...learningConflicts(config)];
}

function dataConflicts(config: RunConfig): string[] {
  const { data } = config;
  const { set, split, first = 0, table, inputs } = data;
  if (isOwnData(set)) return ownConflicts(config);
  if (table !== undefined) return [`data.table: must be left out: ${set} is no table`];
  if (isStream(set)) return streamConflicts(config);
  if (isSynthetic(set)) return generatedConflicts(config);
  if (inputs === 'columns') return [`data.inputs: must not be columns: ${set} is no table`];
  const count = samplesIn(data, split);
  return [
    ...(first > count ? [`data.first: ${set} has ${numbers(count)} ${split} images, not ${numbers(first)}`] : []),
    ...classConflicts(config, 'images'),
  ];
}

/** What a stream in time, which has one course, cannot have. */
function streamConflicts({ data, accuracy, running = false, order, ridge, probes }: RunConfig): string[] {
  const { split, shuffle, first, inputs, labels } = data;
  return [
    ...(split === 'train' ? [] : ['data.split: must be train: a stream has no other']),
    ...(shuffle === undefined ? [] : ['data.shuffle: must be left out: a stream has one course']),
    ...(first === undefined ? [] : ['data.first: must be left out: samples says how many steps are done']),
    ...(inputs === 'raw' ? [] : ['data.inputs: must be raw: what a stream says is taken as it is']),
    ...(labels === 'numbers' ? [] : ['data.labels: must be numbers: what a teacher says is taken as it is']),
    ...(order === 'as-given' ? [] : ['order: must be as-given: a stream has one course']),
    ...(ridge === 0 ? [] : ['ridge: must be 0: a stream has none']),
    ...(probes.length === 0 ? [] : ['probes: must be empty: what is measured of rules in time they say themselves']),
    ...(Object.keys(accuracy).length > 0 || running
      ? ['accuracy: a stream has no classes of which one could be right']
      : []),
  ];
}

/** What data whose labels are classes cannot have. */
function classConflicts(config: RunConfig, what: 'images' | 'samples'): string[] {
  const { data, accuracy, running = false } = config;
  const { set, labels } = data;
  const isEntropy = outputOfRun(config) !== 'linear' && lossOfRun(config) === 'cross-entropy';
  return [
    ...(labels === 'numbers'
      ? [`data.labels: must be one-hot or one-hot-centred: the labels of ${set} are classes`]
      : []),
    ...(isEntropy && labels !== 'one-hot' && labelRoleOf(config) === 'predicted'
      ? ['data.labels: must be one-hot with the loss cross-entropy, whose labels are probabilities']
      : []),
    ...(running && accuracy.running ? ['accuracy.running: is the name of the running accuracy; choose another'] : []),
    ...Object.entries(accuracy).flatMap(([name, part]) => {
      const count = samplesIn(data, part.split);
      const needed = imagesNeeded(part);
      return needed > count
        ? [`accuracy.${name}: ${set} has ${numbers(count)} ${part.split} ${what}, not ${numbers(needed)}`]
        : [];
    }),
  ];
}

/** What a table of one's own cannot have. */
function ownConflicts(config: RunConfig): string[] {
  const { data, accuracy, running = false } = config;
  const { set, table, split, shuffle, first = 0, labels } = data;
  if (table === undefined) return [`data.table: is missing: it says by "target" which column of ${set} is learned`];
  const { found, test, holdOut, seed } = table;
  if (found === undefined) return [`data.table.found: is missing: ${set} has not been read`];
  const hasTest = found.test !== undefined;
  const isTest = Object.values(accuracy).some((part) => part.split !== 'train');
  const basics = [
    ...(split === 'train' ? [] : ['data.split: must be train: what is held out is not learned']),
    ...(shuffle === undefined ? [] : ['data.shuffle: must be left out: data.order says the order']),
    ...(first > found.train ? [`data.first: ${numbers(found.train)} samples are learned, not ${numbers(first)}`] : []),
    ...(test !== undefined && holdOut !== undefined
      ? ['data.table: has both test and holdOut, of which there can be one']
      : []),
    ...(seed !== undefined && holdOut === undefined ? ['data.table.seed: is for holdOut, which is not there'] : []),
    ...(isTest && !hasTest
      ? ['accuracy: nothing is held out: data.table.test or data.table.holdOut says what is']
      : []),
  ];
  if (basics.length > 0) return basics;
  if (table.secondView !== undefined && labelRoleOf(config) === 'none') {
    return [`data.table.secondView: must be left out: ${config.rule} learns from inputs alone, and has no second view`];
  }
  if (labels === 'none') return [];
  if (table.target === undefined && found.second === undefined) {
    return [
      `rule: ${config.rule} learns ${labelRoleOf(config) === 'second view' ? 'two views' : 'labels'}, and ${set} has none: data.table.target or data.table.secondView says what it learns`,
    ];
  }
  if (found.classes !== undefined) return classConflicts(config, 'samples');
  return [
    ...(labels === 'numbers' ? [] : [`data.labels: must be numbers: ${table.target ?? 'a second view'} is no classes`]),
    ...(Object.keys(accuracy).length > 0 || running
      ? [`accuracy: ${table.target ?? 'a second view'} is numbers, of which none is a class that could be right`]
      : []),
    ...(outputOfRun(config) === 'linear' && lossOfRun(config) === 'squared'
      ? []
      : ['output: must be linear, and loss squared, to learn numbers']),
  ];
}

/** What generated data, whose inputs are numbers, cannot have. */
function generatedConflicts(config: RunConfig): string[] {
  const { data, accuracy, running = false } = config;
  const { set, split, shuffle, first = 0, labels } = data;
  const unsound = refusal(() => syntheticSet(set));
  if (unsound.length > 0) return unsound.map((message) => `data.set: ${message}`);
  const { train, test, kind } = syntheticSet(set);
  const measured = Object.keys(accuracy).length > 0 || running;
  const isTest = Object.values(accuracy).some((part) => part.split !== 'train');
  const basics = [
    ...(first > train ? [`data.first: ${set} has ${numbers(train)} samples, not ${numbers(first)}`] : []),
    ...(split === 'train' ? [] : ['data.split: must be train: what is held out is not learned']),
    ...(shuffle === undefined ? [] : ['data.shuffle: must be left out: generated data have no order of their own']),
    ...(isTest && test === 0
      ? [`accuracy: nothing of ${set} is held out; test=1000 in its name says how many samples are`]
      : []),
  ];
  if (basics.length > 0) return basics;
  if (kind === 'classes') return labels === 'none' ? [] : classConflicts(config, 'samples');
  if (kind === 'none') {
    if (labelRoleOf(config) !== 'none') return [`rule: ${config.rule} learns labels, and ${set} has none`];
    return labels === 'none' ? [] : [`data.labels: must be none: ${set} has none`];
  }
  return [
    ...(labels === 'numbers' || labels === 'none'
      ? []
      : ['data.labels: must be numbers: those of generated data are no classes']),
    ...(measured ? ['accuracy: generated data have no classes of which one could be right'] : []),
  ];
}

function scheduleConflicts(config: RunConfig): string[] {
  const { samples, evaluateAt } = config;
  const { count, batch } = batchesOf(config);
  if (batch > count) return [`batch: must be at most ${count}, the images that are learned, not ${batch}`];
  const isBeyond = evaluateAt.some((at) => at > samples);
  const inside = evaluateAt.find((at) => at !== samples && batchEnd(at, count, batch) !== at);
  return [
    ...(isBeyond
      ? [
          `evaluateAt: must be a list of ascending whole numbers from 1 to ${samples} (samples), not ${JSON.stringify(evaluateAt)}`,
        ]
      : []),
    ...(inside === undefined ? [] : [`evaluateAt: ${betweenBatches(inside, count, batch)}`]),
    ...(batchEnd(samples, count, batch) === samples ? [] : [`samples: ${betweenBatches(samples, count, batch)}`]),
  ];
}

/** "must be between two batches of 128 (…): 100 is inside one; nearest are …". */
function betweenBatches(at: number, count: number, batch: number): string {
  const [before, after] = [batchStart(at, count, batch), batchEnd(at, count, batch)];
  const nearest = before === 0 ? `${after} is the first that is not` : `nearest are ${before} and ${after}`;
  return `must be between two batches of ${batch} (each epoch of ${count} begins with a new one): ${at} is inside one; ${nearest}`;
}

function learningConflicts({ rates, optimiser, optimisers = {} }: RunConfig): string[] {
  const named: [string, Optimiser][] = Object.entries(optimisers).map(([name, each]) => [`optimisers.${name}`, each]);
  return [
    ...Object.entries(rates).flatMap(([name, rate]) => {
      const falls = fallsOf(rate);
      return falls.length > 1 ? [`rates.${name}: has ${falls.join(' and ')}; a rate can have one of them`] : [];
    }),
    ...[...(optimiser ? [['optimiser', optimiser] as const] : []), ...named].flatMap(([name, each]) =>
      refusal(() => checkOptimiser(name, each)),
    ),
  ];
}

/** What the rule cannot have of it, though its name and all settings are right one by one. */
export function ruleConflicts(rule: Rule, config: RunConfig): string[] {
  const { decoupled, parameters = {}, data, accuracy, running } = config;
  const { set } = data;
  if (rule.time !== undefined && !isStream(set)) {
    return [`data.set: must be a stream, such as stream:poisson?cells=10, not ${set}: ${rule.name} is a rule in time`];
  }
  if (rule.time === undefined && isStream(set)) {
    return [`rule: ${rule.name} is not a rule in time: it learns no stream, as ${rulesInTime[0]!.name} does`];
  }
  const role = rule.shape.labels ?? 'predicted';
  return [
    ...(role === 'none' && data.labels !== 'none'
      ? [`data.labels: must be none: ${rule.name} learns from inputs alone`]
      : []),
    ...(role !== 'none' && data.labels === 'none'
      ? [`data.labels: must not be none: ${rule.name} learns ${role === 'predicted' ? 'labels' : 'two views'}`]
      : []),
    ...(data.labelInputs !== undefined && data.labels !== 'numbers'
      ? ['data.labelInputs: must be left out: it is for labels, or a second view, that are numbers']
      : []),
    ...(role !== 'predicted' && (Object.keys(accuracy).length > 0 || running)
      ? [`accuracy: ${rule.name} predicts no labels, of which one could be right`]
      : []),
    ...misfitsOf(rule, config).map(({ setting, says }) => `${setting}: ${says}`),
    ...(decoupled && rule.parameters.decoupled === undefined
      ? [`decoupled: must be false: ${rule.name} has no such parameter`]
      : []),
    ...parameterProblems(rule, parameters),
    ...(rule.time && parameterProblems(rule, parameters).length === 0
      ? refusal(() => void streamOfRun(config, rule, true))
      : []),
    ...(rule.time ? [] : onlyInTime(config)),
  ];
}

/** What is for rules in time. */
function onlyInTime({ learnFrom, record }: RunConfig): string[] {
  return [
    ...(learnFrom === undefined ? [] : ['learnFrom: must be left out: it is for rules in time']),
    ...(record === undefined ? [] : ['record: must be left out: it is for rules in time']),
  ];
}

/** What does not fit a network whose circuit can be laid out: a ridge, probes, and what is recorded. */
export function networkConflicts(rule: Rule, config: RunConfig): string[] {
  return [...ridgeConflicts(rule, config), ...probeConflicts(rule, config), ...recordConflicts(rule, config)];
}

/** Which probes do not fit it. */
function probeConflicts(rule: Rule, config: RunConfig): string[] {
  return config.probes.flatMap((probe) =>
    refusal(() => checkProbe(probe, { ...config, rule })).map((message) => `probes: ${message}`),
  );
}

/** A ridge that a network of the rule cannot have. */
function ridgeConflicts(rule: Rule, config: RunConfig): string[] {
  return refusal(() => checkRidge(config.ridge, layOut(rule, config))).map((message) =>
    message.replace('ridge must', 'ridge: must'),
  );
}

function fallsOf(rate: Rate): string[] {
  return Object.keys(rate).filter((name) => name !== 'eta0');
}

/** Why a check refuses, in its words; empty if it does not. */
function refusal(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
}

function numbers(count: number): string {
  return count.toLocaleString('en');
}
