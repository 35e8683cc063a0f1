import { optimiserNames, orderNames, probeNames } from '@apical/core';
import { dataSetNames, type Separator, separatorNames, shippedTables } from '@apical/data';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseSeparator } from './model-options.ts';
import { addNetworkOptions, type NetworkOptions } from './network-options.ts';
import {
  collect,
  dataDirectoryHelp,
  namesAmong,
  parseCells,
  parseNames,
  parseNumber,
  parseSpans,
  wholeNumber,
} from './options.ts';

/** The settings of a run, as options name them; what is not given stays as it is. */
export interface RunOptions extends NetworkOptions {
  /** A rule's name, or the path of a module that has one. */
  rule?: string;
  data?: string;
  /** Of data of one's own. */
  target?: string;
  secondView?: string;
  testSecondView?: string;
  labelInputs?: string;
  testData?: string;
  testTarget?: string;
  holdOut?: number;
  holdOutSeed?: number;
  header?: boolean;
  separator?: Separator;
  split?: string;
  first?: number;
  inputs?: string;
  labels?: string;
  batch?: number;
  ridge?: number;
  fused?: boolean;
  /** Rates, starts and optimisers as they were written: `W1=0.01:1e3`. */
  rate?: readonly string[];
  initial?: readonly string[];
  optimiser?: readonly string[];
  weightDecay?: number;
  order?: string;
  seed?: number;
  epochs?: number;
  samples?: number;
  evaluate?: number;
  test?: string;
  running?: boolean;
  probe?: string[];
  learnFrom?: number;
  record?: readonly string[];
  recordCells?: number[];
  recordSpans?: [number, number][];
  recordEvery?: number;
  recordWeights?: readonly string[];
  dataDir?: string;
}

/** What `--rule` says of itself, after the names of the rules. */
export const ruleHelp = 'or the path of a module that has one: ./my-rule.ts';

/** Adds the options that every command has that learns from data, but for the rule and the seed. */
export function addRunOptions(command: Command): Command {
  command
    .option(
      '--data <name>',
      `data set: ${dataSetNames.join(', ')} (default: mnist); a table that comes with the program: ${shippedTables.map(({ name }) => name).join(', ')}; generated data, 'synthetic:NAME?samples=1000&test=200&seed=1' (apical data list has the names); or a file of your own: a table (.csv, .tsv, .txt; - for standard input), an array (.npy, .npz:NAME, IDX), each also .gz, a tensor (.safetensors:NAME), a Parquet file, or a folder of PNG or JPEG images with a folder a class`,
    )
    .option(
      '--target <column>',
      'of a table: the column to learn, by its name, or its number from 1 on, or several with commas between them; of an array: the file, or the array of the same archive, that has what to learn',
    )
    .option(
      '--second-view <columns>',
      'the second view of rules that learn from two: columns of the table, by names or numbers (humidity,pressure or 5-8); or the file, or the array of the same archive, that has it',
    )
    .option('--test-data <file>', 'of a file: another one like it, on which what is learned is measured')
    .option('--test-target <file>', 'of arrays: where the target of those is')
    .option('--test-second-view <file>', 'of files: where the second view of those is')
    .option('--hold-out <share>', 'of a file: the share of its samples that is held out for that: 0.2', parseShare)
    .option('--hold-out-seed <n>', 'by which these are chosen (default: 1)', wholeNumber(0))
    .option(
      '--separator <name>',
      `what stands between the cells of tables: ${Object.keys(separatorNames).join(', ')} (default: found)`,
      parseSeparator,
    )
    .option('--header', 'line 1 of tables names the columns (default: decided by what stands there)')
    .option('--no-header', 'line 1 of tables is a sample')
    .option('--split <name>', 'train or test images (default: test, as the paper)')
    .option('--first <n>', 'learn only the first n of these images (default: all)', parseNumber)
    .option(
      '--inputs <name>',
      'pixels as they are (raw), unit, unit-length or standardised (default; of networks unlike the paper’s, unit); of tables also columns, standardised one by one',
    )
    .option(
      '--label-inputs <name>',
      'of labels, or a second view, that are numbers: raw (default), standardised, columns (default of a second view of your own) or centred',
    )
    .option(
      '--labels <name>',
      'one-hot or one-hot-centred (default; where outputs are sigmoid or softmax, one-hot); of tables also numbers: the target is to be told as a number',
    );
  return addNetworkOptions(command, 'one layer, as Figure 3')
    .option(
      '--ridge <λ>',
      "added to the diagonal of the inputs' covariance (default: 0.1 for bmvr and backprop, where it can be; for one layer of linear units)",
      parseNumber,
    )
    .option(
      '--rate <synapses=η0…>',
      'learning rate of W1, W2, … or of all of them, W; by updates falling as η0/(1 + t/t0): W=0.01:1e3; W=0.3:linear:10000:0.02 to 0.02 of it, W=0.3:cosine:10000, W=0.3:steps:1000,2000:0.1; repeatable (default: as Figure 3, whose rates are for its own k: more hidden units need smaller ones, such as 0.002 at k = 10; of networks unlike it 0.01, with rmsprop and adam 0.001)',
      collect,
    )
    .option(
      '--initial <synapses=form:number>',
      'how synapses start: normal:SD or uniform:BOUND, each also with :fan-in, :fan-out or :fan-sum, orthogonal:FACTOR, identity:FACTOR, constant:NUMBER; repeatable (default: as Figure 3; of networks unlike it, as the rule says)',
      collect,
    )
    .option('--batch <n>', 'samples that are learned at once (default: 1)', parseNumber)
    .option(
      '--fused',
      'add products without rounding them before: batches take as little as half the time, and last digits differ from those without',
    )
    .option(
      '--optimiser <kind…>',
      `${optimiserNames.join(', ')} (default: plain), with numbers in their order: momentum:0.9, rmsprop:0.99:1e-8, adam:0.9:0.999:1e-8; of some synapses B=plain; repeatable`,
      collect,
    )
    .option('--weight-decay <λ>', 'by which weights decay, but biases do not (default: 0)', parseNumber)
    .option(
      '--order <name>',
      `order of the samples in every epoch: ${orderNames.join(', ')} (default: repeated; of networks unlike the paper’s, reshuffled)`,
    )
    .addOption(
      new Option('--epochs <n>', 'times to learn the whole data set').argParser(wholeNumber(1)).conflicts('samples'),
    )
    .option('--samples <n>', 'samples to learn (default: 100000, to the end of the last batch)', parseNumber)
    .option('--evaluate <n>', 'how often to evaluate, evenly on a logarithmic axis (default: 11)', wholeNumber(1))
    .option(
      '--test <split>',
      'also measure accuracy, on the images learned and on those held out, of the other split: train or test',
    )
    .option('--running', 'also measure how many images are classified right as they come, before they are learned')
    .option(
      '--probe <names>',
      `also measure at each evaluation, separated by commas: ${probeNames.join(', ')}`,
      namesAmong(probeNames),
    )
    .option('--learn-from <step>', 'of rules in time: synapses learn after so many steps (default: 0)', wholeNumber(0))
    .option('--record <names>', 'of rules in time: keep these signals and states, separated by commas: U,n', parseNames)
    .option('--record-cells <list>', 'of which cells, the first being 0: 0-19,40 (default: all)', parseCells)
    .option('--record-spans <list>', 'in which spans of steps: 0-4000,50000-54000 (default: all)', parseSpans)
    .option('--record-every <n>', 'only every n steps (default: 1)', wholeNumber(1))
    .option(
      '--record-weights <names>',
      'of rules in time: keep the weights of these synapses at evaluations',
      parseNames,
    )
    .option('--data-dir <dir>', dataDirectoryHelp);
}

/** @throws InvalidArgumentError for what is not more than 0 and less than 1 */
function parseShare(text: string): number {
  const share = parseNumber(text);
  if (share > 0 && share < 1) return share;
  throw new InvalidArgumentError('A number of more than 0 and less than 1 is expected.');
}
