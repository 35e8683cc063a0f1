import { Command, Option } from 'commander';
import { layersShapeName, layersShapes } from './layers/shapes.ts';
import { type PartName, partNames } from './part-names.ts';
import { shapeName, shapes } from './race/shapes.ts';

/** The command line of `npm run bench`. */
export interface BenchOptions {
  readonly shape?: readonly string[];
  readonly part?: readonly PartName[];
  readonly quick?: true;
  readonly whole?: true;
  readonly python?: string;
  readonly from?: string;
  readonly out?: string;
  readonly picture?: string;
  readonly markdown?: string;
}

/** Mistakes are thrown (CommanderError), never printed here. */
export function createProgram(run: (options: BenchOptions) => Promise<void>): Command {
  return new Command('npm run bench --')
    .description('Measure apical beside plain JavaScript, C++, NumPy and PyTorch, in one run.')
    .addOption(new Option('--part <name...>', 'measure these parts only').choices(partNames))
    .addOption(
      new Option('--shape <name...>', 'measure these shapes only').choices([
        ...shapes.map(shapeName),
        ...layersShapes.map(layersShapeName),
      ]),
    )
    .option(
      '--quick',
      'a minute or two instead of many, some shapes of each kind: shows that all works, but its numbers say little',
    )
    .option('--whole', 'also a whole Figure 3 and Table 1 by the clock (needs CIFAR and MNIST: APICAL_DATA)')
    .option('--python <program>', 'the Python of NumPy and PyTorch (default: the one that has most of them)')
    .addOption(
      new Option('--from <file>', 'measure nothing: show what --out wrote into this file').conflicts([
        ...['part', 'shape', 'quick', 'whole', 'python', 'out'],
      ]),
    )
    .option('--out <file>', 'write all that was measured as JSON, after each part')
    .option('--picture <file>', 'draw it (SVG)')
    .option('--markdown <file>', 'put the tables into this document, between its lines "measured: begin" and "… end"')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      `
Parts:
  shapes      each rule and shape: every implementation in turns, from the same weights to the same weights
  layers      networks of layers, sample by sample and in batches: every implementation in turns
  layers-accuracy
              how far networks of layers are from float64
  representation
              networks that predict nothing, beside NumPy
  roofline    what the WebAssembly engine can do, against the bytes and operations of a sample
  growth      cost against hidden units, inputs and zeros
  browser     the same kernels in headless Chromium
  evaluation  objective and accuracy over a data set
  memory      of a run, beside its weights
  settling    what predictive coding takes beside backprop
  in-time     how long a step of rules in time takes, as networks grow
  scaling     runs side by side: over two workers, and in two processes
  accuracy    runs of the paper beside the same equations in float64

Examples:
  npm run bench -- --quick
  npm run bench -- --part shapes --shape bmvr-784-1 backprop-784-1
  npm run bench -- --whole --out results/bench.json
  npm run bench -- --from results/bench.json --picture docs/performance.svg --markdown docs/performance.md`,
    )
    .action(run);
}
