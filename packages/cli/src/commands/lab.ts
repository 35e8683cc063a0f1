import { once } from 'node:events';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { dataDirectoryHelp, wholeNumber } from '../options.ts';

interface LabOptions {
  host: string;
  port: number;
  dataDir?: string;
  runs?: string;
}

/** `apical lab`. */
export function addLabCommand(program: Command, context: Context): void {
  program
    .command('lab')
    .description(
      'Serve the laboratory: a page where networks learn side by side in the browser. Only this machine can reach it, unless --host says otherwise. Ctrl-C ends it.',
    )
    .summary('watch networks learn in the browser')
    .option('--port <n>', 'where to listen; 0: at any port that is free', wholeNumber(0, 65_535), 4040)
    .option('--host <address>', 'the address to listen at', '127.0.0.1')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .option(
      '--runs <dir>',
      'show the runs in this folder, at any depth, too: of apical train --out, or of a sweep; those that are running, live. Nothing is written',
    )
    .addHelpText(
      'after',
      `
Examples:
  apical lab
  apical lab --runs results
  apical lab --port 0 --json`,
    )
    .action((options: LabOptions) => lab(options, context));
}

async function lab(options: LabOptions, { output, signal }: Context): Promise<void> {
  const { host, port, dataDir: directory, runs } = options;
  const { serveLab } = await import('@apical/lab');
  const served = await serveLab({
    host,
    port,
    ...(directory !== undefined && { directory }),
    ...(runs !== undefined && { runs }),
  });
  output.document({ url: served.url, ...(runs !== undefined && { runs }) });
  output.result(`The laboratory is at ${served.url}`);
  if (runs !== undefined) output.result(`The runs in ${runs} are at ${served.url}#/studies`);
  output.note('Ctrl-C ends it.');
  await (signal.aborted || once(signal, 'abort'));
  await served.close();
  throw signal.reason;
}
