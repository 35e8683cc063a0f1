import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { allRuleNames, FailureError, InputError, runRuleNames } from '@apical/core';
import type { Comparison, RunConfig } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { prepareFolder } from '../folder.ts';
import { formatCount, formatSeconds } from '../format.ts';
import { parseNumber, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { followRuns } from '../progress/follow-runs.ts';
import { type ReadConfig, readRunConfig } from '../read-run-config.ts';
import { addRunOptions, type RunOptions, ruleHelp } from '../run-options.ts';

interface CompareOptions extends RunOptions {
  seeds: number;
  seed: number;
  confidence: number;
  workers?: number;
  out: string;
}

/** A contender. */
interface Entry {
  readonly label: string;
  readonly config: RunConfig;
}

/** `apical compare`. */
export function addCompareCommand(program: Command, context: Context): void {
  const command = program
    .command('compare')
    .description(
      'Train several rules or configs on the same data with the same seeds, and compare them seed by seed: paired differences with confidence intervals.',
    )
    .summary('compare rules or configs on the same data and seeds')
    .argument(
      '<contenders...>',
      `two or more: learning rules (${runRuleNames.join(', ')}, ${ruleHelp}) or config files (.json)`,
    )
    .option('--seeds <n>', 'runs of each, on seeds one after the other', wholeNumber(1), 5)
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option('--confidence <share>', 'of the intervals', parseNumber, 0.95)
    .option('--workers <n>', 'runs at a time; changes no result (default: one a core)', wholeNumber(1))
    .option('--out <dir>', 'folder for the report and the values', 'results/compare');
  addRunOptions(command)
    .addHelpText(
      'after',
      `
Everything is compared with the first contender. Other options are those of "apical train", and hold for all contenders; rates, starts
and parameters, for those that have what they name.

Examples:
  apical compare bmvr backprop
  apical compare bmvr backprop --data fashion-mnist --hidden 2 --probe constraint --seeds 10
  apical compare backprop feedback-alignment frozen-hidden --hidden 64 --activation relu --rate W=0.001 --inputs unit
  apical compare backprop one.json two.json --epochs 5 --test train --json`,
    )
    .action((names: string[], options: CompareOptions) => compareAndReport(names, options, context));
}

async function compareAndReport(
  names: readonly string[],
  options: CompareOptions,
  { output, signal }: Context,
): Promise<void> {
  const { compare, dataWarnings, describeData, formatComparisonTable, isRulePath, writeComparisonReport } =
    await import('@apical/experiments');
  const { seeds, seed, confidence, workers, out, dataDir: directory } = options;
  if (names.length < 2) throw new InputError('a comparison needs two contenders at least: rules, or config files');
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`--confidence must be more than 0 and less than 1, not ${confidence}`);
  }
  const contenders = names.map((name) => ({
    name,
    isRule: allRuleNames.includes(name) || isRulePath(name),
  }));
  const read = await readContenders(contenders, options, output);
  const entries = names.map((name, i) => ({ label: labelOf(name, names), config: read[i]!.config }));
  checkDifferences(entries);
  const understood = new Set(entries.flatMap(({ config }) => describeData(config.data) ?? []));
  for (const line of understood) output.note(line);
  for (const line of new Set(entries.flatMap(({ config }) => dataWarnings(config)))) output.warn(line);
  for (const line of unequalLengths(entries)) output.warn(line);
  await prepareFolder(out, { experiment: 'comparison' });
  const compared = await compare(entries, {
    seeds,
    seed,
    confidence,
    workers,
    directory,
    signal,
    ...followRuns(output),
  });
  output.endProgress();

  const { results } = compared;
  output.document(results);
  output.result(`${formatComparisonTable(results)}\n`);
  const files = await writeComparisonReport(compared, out);
  for (const path of Object.values(files)) output.result(`written  ${path}`);
  output.note(`took ${formatSeconds(results.provenance.seconds)} with ${results.provenance.workers} workers`);
  for (const text of diverged(results)) output.error(`apical: ${text}`);
  signal.throwIfAborted();
  const lost = results.contenders.filter(({ runs }) => runs.diverged.length === runs.seeds.length);
  if (lost.length > 0) {
    const labels = lost.map(({ label }) => label).join(', ');
    throw new FailureError(`${labels} diverged with every seed, and cannot be compared: ${adviceFor(entries, lost)}`);
  }
}

/** What to change where runs diverge: options with a tenth of the rates, and what they hold for. */
function adviceFor(entries: readonly Entry[], lost: Comparison['contenders']): string {
  const configs = entries.filter(({ label }) => lost.some((each) => each.label === label)).map(({ config }) => config);
  const rates = new Map(configs.flatMap(({ rates }) => Object.entries(rates).map(([name, { eta0 }]) => [name, eta0])));
  const smaller = [...rates].map(([name, eta0]) => `--rate ${name}=${Number((eta0 / 10).toPrecision(3))}`);
  const alone = entries.length > lost.length ? ', for all contenders; a config file says it for one alone' : '';
  return `use smaller learning rates, such as a tenth of these: ${smaller.join(' ')}${alone}`;
}

/** @throws InputError where two contenders of different names have the same settings, but for when they are evaluated */
function checkDifferences(entries: readonly Entry[]): void {
  const compared = ({ seed: _, evaluateAt: __, ...settings }: RunConfig) => settings;
  for (const [i, { label, config }] of entries.entries()) {
    const same = entries.slice(0, i).find((other) => isDeepStrictEqual(compared(other.config), compared(config)));
    if (same === undefined || same.label === label) continue;
    throw new InputError(
      `${same.label} and ${label} have the same settings, so that there is nothing to compare; options such as --hidden hold for all contenders`,
    );
  }
}

/** What is to be said where contenders learn different numbers of samples. */
function unequalLengths(entries: readonly Entry[]): string[] {
  if (new Set(entries.map(({ config }) => config.samples)).size < 2) return [];
  const each = entries.map(({ label, config }) => `${label} ${formatCount(config.samples)}`);
  return [`the contenders do not learn as many samples: ${each.join(', ')}; each is measured at its own end`];
}

/** A rule, by its name or the path of its module; or a config file. */
interface Named {
  readonly name: string;
  readonly isRule: boolean;
}

/**
 * The configs of all contenders. Options hold for all of them, but for what a rule has not: it is refused where none has it. Rules
 * whose usual ridges differ have none.
 */
async function readContenders(all: readonly Named[], options: CompareOptions, output: Output): Promise<ReadConfig[]> {
  const first: ReadConfig[] = [];
  for (const each of all) first.push(await readContender(each, options));
  checkLeft(first);
  const ridges = new Set(first.flatMap(({ config }, i) => (all[i]?.isRule ? [config.ridge] : [])));
  if (options.ridge !== undefined || ridges.size < 2) return readAlike(all, options, first, output);
  output.note('all rules learn without a ridge, which not all of them have by default; --ridge says another');
  const without = { ...options, ridge: 0 };
  const read = await Promise.all(all.map((each, i) => (each.isRule ? readContender(each, without) : first[i]!)));
  return readAlike(all, without, read, output);
}

/**
 * The same where the defaults of rules differ in units, loss, inputs, labels or order: as one of the rules has them by default, the
 * first with which all can be compared.
 */
async function readAlike(
  all: readonly Named[],
  options: CompareOptions,
  read: ReadConfig[],
  output: Output,
): Promise<ReadConfig[]> {
  const { lossOfRun, outputOfRun } = await import('@apical/experiments');
  const terms = ({ config }: ReadConfig) => {
    const { activation, data, order } = config;
    const { inputs, labels } = data;
    return { activation, output: outputOfRun(config), loss: lossOfRun(config), inputs, labels, order };
  };
  const ofRules = read.filter((_, i) => all[i]?.isRule).map(terms);
  if (ofRules.every((each) => isDeepStrictEqual(each, ofRules[0]))) return read;
  const first = all.findIndex(({ isRule }) => isRule);
  const words = ([name, value]: readonly [string, string]) => `--${name} ${value}`;
  for (const each of ofRules) {
    const alike = { ...each, ...given(options) };
    const found = await Promise.all(
      all.map((named, i) => (named.isRule ? readContender(named, alike) : read[i]!)),
    ).catch((error: unknown) => {
      if (error instanceof InputError) return undefined;
      throw error;
    });
    if (found === undefined) continue;
    output.note(
      `by default the rules differ in more than the rule; all have ${Object.entries(terms(found[first]!)).map(words).join(' ')}`,
    );
    return found;
  }
  return read;
}

/** The options that were given. */
function given(options: CompareOptions): CompareOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as CompareOptions;
}

/** A rule's defaults, or a file's settings, with the options over them. */
function readContender({ name, isRule }: Named, { seed: _first, ...options }: CompareOptions): Promise<ReadConfig> {
  return isRule ? readRunConfig(undefined, { ...options, rule: name }, true) : readRunConfig(name, options, true);
}

/** @throws InputError for what options say that no contender has */
function checkLeft(all: readonly ReadConfig[]): void {
  const [first, ...others] = all;
  const left = first?.left.find(({ option }) =>
    others.every((each) => each.left.some((other) => other.option === option)),
  );
  if (left) throw new InputError(left.why ?? `${left.option}: none of the contenders has that`);
}

/** A rule's name, or a file's or module's without its ending; its whole path where two would be called the same. */
function labelOf(name: string, all: readonly string[]): string {
  const short = (text: string) =>
    allRuleNames.includes(text) ? text : basename(text).replace(/\.(json|m?[jt]s)$/, '');
  return all.filter((other) => short(other) === short(name)).length > 1 ? name : short(name);
}

function diverged({ contenders }: Comparison): string[] {
  return contenders.flatMap(({ label, runs }) =>
    runs.diverged.map(
      ({ seed, sample }) => `${label} diverged with seed ${seed} at sample ${sample.toLocaleString('en')}`,
    ),
  );
}
