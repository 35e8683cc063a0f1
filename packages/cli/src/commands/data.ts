import { join } from 'node:path';
import { InputError } from '@apical/core';
import {
  dataDirectory,
  dataSetNames,
  fetchDataSet,
  type ListedGenerator,
  listDataSets,
  listGenerators,
  shippedTables,
  verifyDataSet,
} from '@apical/data';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { formatTable } from '../format.ts';
import { dataDirectoryHelp } from '../options.ts';
import { beginProgress } from '../progress/progress.ts';

interface DataOptions {
  dataDir?: string;
}

interface FetchOptions extends DataOptions {
  mirror?: string;
}

/** `apical data list`, `fetch` and `verify`. */
export function addDataCommand(program: Command, context: Context): void {
  const data = program.command('data').description('list, download and verify data sets');
  const names = dataSetNames.join(', ');

  data
    .command('list')
    .description('list the data sets, which of them are there, and what can be generated')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText('after', '\nExamples:\n  apical data list\n  apical data list --json')
    .action(({ dataDir }: DataOptions) => list(dataDir, context));

  data
    .command('fetch')
    .description('download data sets into the data folder, and verify them; what is there is left alone')
    .argument('<names...>', `any of ${names}`)
    .option('--data-dir <dir>', dataDirectoryHelp)
    .option('--mirror <url>', 'address of a folder that has the files, for one data set')
    .addHelpText(
      'after',
      `
Examples:
  apical data fetch mnist fashion-mnist
  apical data fetch cifar-10 --data-dir /data
  apical data fetch mnist --mirror https://example.org/mnist/`,
    )
    .action((sets: string[], options: FetchOptions) => fetchAll(checked(sets), options, context));

  data
    .command('verify')
    .description('compare the files that are there with the official ones, by their SHA-256 sums')
    .argument('[names...]', `any of ${names} (default: all)`)
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical data verify
  apical data verify mnist --data-dir /data

Exit code: 1 if a file is damaged, or if nothing is there of a data set that was named; missing files are only listed.`,
    )
    .action(async (sets: string[], { dataDir }: DataOptions) => {
      context.exitCode = await verify(checked(sets), dataDir, context);
    });
}

/** The names, each once. @throws InputError for one that is no data set */
function checked(names: readonly string[]): string[] {
  const unknown = names.find((name) => !dataSetNames.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`unknown data set "${unknown}": choose among ${dataSetNames.join(', ')}`);
  }
  return [...new Set(names)];
}

async function list(directory: string | undefined, { output }: Context): Promise<void> {
  const sets = await listDataSets(directory);
  const generators = listGenerators();
  output.document({ directory: dataDirectory(directory), sets, tables: shippedTables, generators });
  const rows = sets.map((set) => {
    const { height, width, channels } = set.shape;
    const shape = channels === 1 ? `${height} × ${width}` : `${height} × ${width} × ${channels}`;
    const there = set.available.length === 0 ? `not there; apical data fetch ${set.name}` : set.available.join(', ');
    return [set.name, shape, `${set.classNames.length} classes`, there];
  });
  output.result(formatTable([['name', 'image', 'labels', 'there'], ...rows]));
  const tables = shippedTables.map(({ name, samples, inputs, classNames, target }) => [
    name,
    `${samples} × ${inputs}`,
    `${classNames.length} classes`,
    target,
  ]);
  output.result(
    `\ntables that come with the program:\n${formatTable([['name', 'samples × inputs', 'labels', 'target'], ...tables])}`,
  );
  output.result(
    `\nmade by a seed, with --data '${generators[0]?.name}?samples=500&seed=1':\n${formatTable([
      ['name', 'labels', 'settings, as they are unless given'],
      ...generators.map(generatorRow),
    ])}`,
  );
  output.note(`data folder: ${dataDirectory(directory)}`);
}

function generatorRow({ name, labels, parameters }: ListedGenerator): string[] {
  const settings = Object.entries(parameters).map(([key, parameter]) => `${key}=${parameter.default}`);
  return [name, labels, settings.join(' ')];
}

async function fetchAll(names: readonly string[], options: FetchOptions, context: Context): Promise<void> {
  const { output, signal } = context;
  const directory = dataDirectory(options.dataDir);
  if (options.mirror !== undefined && names.length > 1) {
    throw new InputError('--mirror has the files of one data set: fetch one at a time with it');
  }
  for (const name of names) {
    output.note(`${name}: fetching what is missing into ${join(directory, name)}`);
    const progress = beginProgress(output);
    let current: string | undefined;
    await fetchDataSet(name, {
      directory,
      mirror: options.mirror,
      signal,
      onProgress: (bytes, total = 0, file) => {
        if (file !== current) {
          if (current !== undefined) progress.finish(0);
          progress.start([{ label: `${name}/${file}`, total }]);
          current = file;
        }
        progress.update(0, bytes);
      },
    });
    if (current !== undefined) progress.finish(0);
    output.endProgress();
    output.result(`${name}: ${current === undefined ? 'was there already' : 'fetched'}, in ${join(directory, name)}`);
  }
  output.document({ directory, sets: names });
}

async function verify(names: readonly string[], directory: string | undefined, context: Context): Promise<number> {
  const { output, signal } = context;
  const sets = [];
  for (const name of names.length > 0 ? names : dataSetNames) {
    const files = await verifyDataSet(name, { directory, signal });
    sets.push({ name, files });
    for (const file of files) output.result(`${name}/${file.name}: ${file.message}`);
  }
  output.document({ directory: dataDirectory(directory), sets });
  const damaged = sets.flatMap(({ files }) => files.filter((file) => file.status === 'damaged'));
  if (damaged.length > 0) {
    output.error(`apical: damaged: ${damaged.map((file) => file.path).join(', ')}; delete and fetch again`);
    return exitCodes.failure;
  }
  const others = sets.flatMap(({ files }) => files.filter((file) => file.status === 'other'));
  if (others.length > 0) {
    output.error(`apical: data of somebody's own: ${others.map((file) => file.path).join(', ')}`);
    return exitCodes.failure;
  }
  const absent = sets.filter(({ files }) => files.every((file) => file.status === 'missing')).map(({ name }) => name);
  if (names.length > 0 && absent.length > 0) {
    output.error(`apical: not there: ${absent.join(', ')}; run "apical data fetch ${absent.join(' ')}"`);
    return exitCodes.failure;
  }
  return exitCodes.success;
}
