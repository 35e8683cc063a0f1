import { checkProbe, InputError, type ProbedNetwork, parseParameter, type Rule } from '@apical/core';
import { type Separator, separatorNames } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import type { RunOptions } from './run-options.ts';

/** What some options say of a run, as a config has it. */
export type Said = Partial<Omit<RunConfig, 'data'>> & { readonly data?: Partial<RunConfig['data']> };

/**
 * The settings that options give, apart from the rule and how much is learned.
 *
 * @param hasTable whether others lie below them that say what of data of one's own is learned
 * @throws InputError for words that mean nothing
 */
export async function settingsOf(options: RunOptions, rule: Rule | undefined, hasTable = false): Promise<Said> {
  const { split, first, inputs, labels, hidden, activation, meanRate, output, loss, biases } = options;
  const { batch, ridge, fused, order, probe, running, seed } = options;
  const { labelInputs, learnFrom } = options;
  const data = given({
    ...(await dataOf(options, rule, hasTable)),
    ...given({ split }),
    first,
    inputs,
    labels,
    labelInputs,
  });
  const { decoupled: asParameter, ...parameters } = parametersOf(options, rule);
  const decoupled = options.decoupled ?? asParameter;
  return {
    ...(Object.keys(data).length > 0 && { data }),
    ...given({
      hidden,
      activation,
      meanRate,
      output,
      loss,
      biases,
      decoupled,
      batch,
      ridge,
      fused,
      order,
      running,
      probes: probe,
      seed,
      learnFrom,
    }),
    ...recordOf(options),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(await learningOf(options)),
  } as Said;
}

/** The data set: one by its name, or a table of one's own, with what is learned and held out of it. */
async function dataOf(
  options: RunOptions,
  rule: Rule | undefined,
  hasTable: boolean,
): Promise<Partial<RunConfig['data']>> {
  const { data, secondView, testData: test, testTarget, testSecondView, holdOut, holdOutSeed: seed, header } = options;
  const separator = options.separator === undefined ? undefined : nameOfSeparator(options.separator);
  const { isOwnData, ownPath, ownSet } = await import('@apical/experiments');
  const { dataSetNames, folderTarget, isFolder, isSamplesPath, isStream, isSynthetic, samplesPaths, shippedTable } =
    await import('@apical/data');
  const isFile = data !== undefined && !dataSetNames.includes(data) && (isOwnData(data) || isSamplesPath(data));
  if (data !== undefined && !isFile && /[/\\]|\.\w+$/.test(data) && !isSynthetic(data) && !isStream(data)) {
    throw new InputError(`--data ${data}: is nothing that can be read: ${samplesPaths}`);
  }
  const isOwnFolder = isFile && !shippedTable(data) && isFolder(isOwnData(data) ? ownPath(data) : data);
  const usual = isOwnFolder ? folderTarget : data === undefined ? undefined : shippedTable(data)?.target;
  const target = options.target ?? (secondView === undefined ? usual : undefined);
  const table = given({
    ...{ target, secondView, test, testTarget, testSecondView },
    ...{ holdOut, seed, header, separator },
  });
  const role = rule?.shape.labels ?? 'predicted';
  const isSaid = target !== undefined || secondView !== undefined;
  if (isFile && !isSaid && !hasTable && role !== 'none') {
    throw new InputError(
      role === 'second view'
        ? `--data ${data}: where is the second view? --second-view says which columns it is, or which file`
        : `--data ${data}: what of it is to be learned? --target says which column it is, or which file`,
    );
  }
  if (target !== undefined && secondView !== undefined) {
    throw new InputError(
      '--target and --second-view both say what is learned: give one of them; a column that is neither is left out by a table without it',
    );
  }
  if (test !== undefined && holdOut !== undefined) {
    throw new InputError('--test-data and --hold-out both say what is held out: give one of them');
  }
  if (data !== undefined && !isFile && Object.keys(table).length > 0) {
    const hint = isSynthetic(data)
      ? `; of generated data, test=1000 in the name says how many samples are held out`
      : '';
    throw new InputError(`--${optionOf(table)} is for tables of your own, and --data ${data} is none${hint}`);
  }
  return {
    ...(data !== undefined && { set: isFile && !isOwnData(data) ? ownSet(data) : data }),
    ...((isFile || (data !== undefined && isSynthetic(data))) && { split: 'train' }),
    ...((isFile || Object.keys(table).length > 0) &&
      !(hasTable && Object.keys(table).length === 0) && { table: table as RunConfig['data']['table'] & object }),
  };
}

/** What is kept of a run in time. */
function recordOf({ record: signals, recordCells, recordSpans, recordEvery, recordWeights }: RunOptions): Said {
  const record = given({
    ...{ signals, cells: recordCells, spans: recordSpans, every: recordEvery, weights: recordWeights },
  });
  return Object.keys(record).length > 0 ? { record: record as RunConfig['record'] & object } : {};
}

/** What configs call a separator. */
function nameOfSeparator(separator: Separator): string | undefined {
  return Object.entries(separatorNames).find(([, each]) => each === separator)?.[0];
}

const optionNames: Readonly<Record<string, string>> = {
  test: 'test-data',
  secondView: 'second-view',
  testTarget: 'test-target',
  testSecondView: 'test-second-view',
  holdOut: 'hold-out',
  seed: 'hold-out-seed',
};

/** The first option of some settings of a table. */
function optionOf(table: object): string {
  const [name = ''] = Object.keys(table);
  return optionNames[name] ?? name;
}

/**
 * What a file says of its data, and what options say over it: other data, or another part of the same.
 *
 * @param isOwn whether what options name are data of one's own: of these the same is learned and held out, where nothing else is said
 */
export function joinData(own: Said['data'], said: Said['data'], isOwn: boolean): object {
  const { table: ownTable, ...others } = own ?? {};
  const { table: saidTable, ...given } = said ?? {};
  const isOther = given.set !== undefined && given.set !== others.set;
  const keepsTable = ownTable !== undefined && (!isOther || isOwn);
  const { found: _, ...kept } = ownTable ?? {};
  const parts = ['test', 'testTarget', 'testSecondView', 'holdOut', 'seed'] as const;
  const isHeldOut = parts.some((part) => saidTable?.[part] !== undefined && part !== 'seed');
  // What is learned is a target or a second view: the one that options name, with what of it is held out, takes the place of the other.
  const other = saidTable?.target !== undefined ? ['secondView', 'testSecondView'] : ['target', 'testTarget'];
  const isReplaced = saidTable?.target !== undefined || saidTable?.secondView !== undefined;
  const before = Object.fromEntries(
    Object.entries(keepsTable ? kept : {}).filter(
      ([name]) => !(isHeldOut && parts.some((part) => part === name)) && !(isReplaced && other.includes(name)),
    ),
  );
  const isNew = isOther || saidTable !== undefined || given.labels !== undefined;
  const isTable = saidTable !== undefined || keepsTable;
  const table = isTable && isNew ? { ...before, ...saidTable } : isTable ? ownTable : undefined;
  return { ...others, ...given, ...(table && { table }) };
}

/** Rates, starts and optimisers, which are read by what the library has for it. */
async function learningOf({ rate, initial, optimiser, weightDecay }: RunOptions): Promise<Said> {
  const words = await import('@apical/experiments');
  const rates = namedValues('rate', rate, words.parseRateWords, 'RATE, such as W1=0.01:1e3');
  const starts = namedValues('initial', initial, words.parseStartWords, 'FORM:NUMBER, such as W1=normal:0.01');
  const isNamed = (text: string) => /^[^=:]+=/.test(text);
  const own = optimiser?.filter(isNamed);
  const [general, ...others] = optimiser?.filter((text) => !isNamed(text)) ?? [];
  if (others.length > 0) throw new InputError(`--optimiser ${others[0]}: there is one already, ${general}`);
  const optimisers = namedValues('optimiser', own, words.parseOptimiserWords, 'KIND, such as W=adam');
  const parsed = general === undefined ? undefined : reading('optimiser', general, general, words.parseOptimiserWords);
  const decaying = weightDecay === undefined ? parsed : { ...(parsed ?? { kind: 'plain' as const }), weightDecay };
  return {
    ...(rates && { rates }),
    ...(starts && { initial: starts }),
    ...(decaying && { optimiser: decaying }),
    ...(optimisers && { optimisers }),
  };
}

/** `W1=0.01` and others by name; undefined where there are none. */
function namedValues<Value>(
  option: string,
  texts: readonly string[] | undefined,
  parse: (text: string) => Value,
  expected: string,
): Record<string, Value> | undefined {
  if (texts === undefined || texts.length === 0) return undefined;
  const values = new Map<string, Value>();
  for (const text of texts) {
    const [, name, words] = /^([^=:]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || words === undefined)
      throw new InputError(`--${option} ${text}: SYNAPSES=${expected} is expected`);
    if (values.has(name)) throw new InputError(`--${option} ${text}: ${name} is given twice`);
    values.set(name, reading(option, text, words, parse));
  }
  return Object.fromEntries(values);
}

/** What words mean; a mistake in them is one in the option. */
function reading<Value>(option: string, text: string, words: string, parse: (text: string) => Value): Value {
  try {
    return parse(words);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`--${option} ${text}: ${error.message}`) : error;
  }
}

/** The rule's own settings; as they were written, where the rule has none of the name: that is refused where all are checked. */
function parametersOf(
  { parameter = {} }: RunOptions,
  rule: Rule | undefined,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(parameter).map(([name, text]) => {
      const own = rule?.parameters[name];
      return [
        name,
        own ? reading('parameter', `${name}=${text}`, text, (words) => parseParameter(name, own, words)) : text,
      ];
    }),
  );
}

/** Something that an option says of what a rule's network has not. */
export interface Left {
  /** As it is written: `--rate W1`. */
  readonly option: string;
  /** Why, where that says more. */
  readonly why?: string;
}

/** Settings, and what was left out of them. */
export interface Fitting {
  readonly said: Said;
  readonly left: readonly Left[];
}

/** Of the parameters, those that the rule has. */
export function fittingParameters(said: Said, rule: Rule): Fitting {
  return keep(said, { parameters: ['parameter', Object.keys(rule.parameters)] });
}

/** Of rates, starts and optimisers, those of synapses that the network has. */
export function fittingNames(
  said: Said,
  { rates, starts }: { rates: readonly string[]; starts: readonly string[] },
): Fitting {
  return keep(said, { rates: ['rate', rates], initial: ['initial', starts], optimisers: ['optimiser', rates] });
}

function keep(
  said: Said,
  known: Partial<Record<keyof Said, readonly [option: string, names: readonly string[]]>>,
): Fitting {
  const left: Left[] = [];
  const kept = Object.entries(said).flatMap(([part, value]) => {
    const [option, names] = known[part as keyof Said] ?? [];
    if (names === undefined) return [[part, value]];
    const entries = Object.entries(value as object).filter(([name]) => {
      const isKnown = names.includes(name);
      if (!isKnown) left.push({ option: `--${option} ${name}` });
      return isKnown;
    });
    return entries.length > 0 ? [[part, Object.fromEntries(entries)]] : [];
  });
  return { said: Object.fromEntries(kept), left };
}

/** The settings without probes that do not fit their network, and why these do not. */
export function fittingProbes(settings: Record<string, unknown>, probes: readonly string[], rule: Rule) {
  const left = probes.flatMap((probe): Left[] => {
    try {
      checkProbe(probe, { ...settings, rule } as ProbedNetwork);
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return [{ option: `--probe ${probe}`, why: error.message }];
    }
  });
  const fitting = probes.filter((probe) => left.every(({ option }) => option !== `--probe ${probe}`));
  return { settings: { ...settings, probes: fitting }, left };
}

/** Whether a network with these settings can have no ridge: see docs/settings.md. */
export function excludesRidge({ activation = 'linear', output = 'linear' }: Said): boolean {
  return activation !== 'linear' || output !== 'linear';
}

export function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
