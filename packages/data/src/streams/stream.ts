import { InputError, parameterValues, RandomStream } from '@apical/core';
import { settingsIn } from '../synthetic/settings-in.ts';
import { bouts } from './bouts.ts';
import { events } from './events.ts';
import { type Clock, exact, type StreamGenerator } from './generator.ts';
import { givenSpikes, type SpikeReader } from './given-spikes.ts';
import { normal } from './normal.ts';
import { placeFields } from './place-fields.ts';
import { poisson } from './poisson.ts';
import { regular } from './regular.ts';
import { constant, pulses, ramp, sine } from './waveforms.ts';

/** All generators of streams. A new one is a file and a line here. */
export const streamGenerators: readonly StreamGenerator[] = [
  poisson,
  placeFields,
  normal,
  bouts,
  events,
  regular,
  constant,
  sine,
  ramp,
  pulses,
];

/** The stream of spikes that are given in a file. */
const fromFile = 'spikes';

/** What the names of streams begin with. */
const prefix = 'stream:';

/** Whether the name is that of a stream in time. */
export function isStream(name: string): boolean {
  return name.startsWith(prefix);
}

/** What presynaptic cells and a teacher say in time. */
export interface Stream {
  /** m, the presynaptic cells. */
  readonly inputs: number;
  /** n, the numbers that the teacher says in a step: a number a cell for each channel. */
  readonly teacher: number;
  /** Writes steps first … first + count − 1: X is count × m, Y count × n, row-major. */
  fill(X: Float32Array, Y: Float32Array, first: number, count: number): void;
}

/** What a stream is made for. */
export interface StreamOptions {
  /** The length of a step. */
  readonly dt: number;
  readonly seed: number;
  /** The cells that are taught, and what the teacher says to each of them. */
  readonly cells: number;
  readonly channels: readonly string[];
  /** How many steps are asked for, where that is known: given spikes must not come later. */
  readonly steps?: number | undefined;
  /** Reads files of spikes; absent where there are no files. */
  readonly read?: SpikeReader;
}

/** A generator with what its name says. */
type Named =
  | { readonly generator: StreamGenerator; readonly values: ReturnType<typeof parameterValues> }
  /** Spikes that are given in a file. */
  | { readonly file: string; readonly exact: boolean };

/**
 * A stream by its name: `stream:poisson?cells=200&rate=0.01&frozen=200;gE=sine?mean=5.4&amplitude=4.8&period=100;gI=constant?value=18`. First
 * the presynaptic cells, how many and what they say, then each channel of the teacher that says something; all others are silent, and what is
 * said of one several times is added up. A function of
 * the name, the seed, the step and the cell.
 *
 * @throws InputError for generators, settings and channels that there are not, and values that are out of range
 */
export function streamOf(name: string, options: StreamOptions): Stream {
  const { dt, cells, channels } = options;
  const [first = '', ...taught] = name.slice(prefix.length).split(';');
  const { inputs, ...afferents } = parseInputs(name, first);
  const write = start(afferents, inputs, options, 'inputs');
  const teacher = taught.map((part, place) => {
    const [, channel = '', rest = ''] = /^([^=?]*)=(.*)$/s.exec(part) ?? [];
    if (!channels.includes(channel)) {
      const known = channels.length > 0 ? `there are ${channels.join(', ')}` : 'the rule has none';
      throw new InputError(`${name}: there is no channel ${JSON.stringify(channel)} of a teacher; ${known}`);
    }
    const before = taught.slice(0, place).filter((each) => each.startsWith(`${channel}=`)).length;
    const what = before === 0 ? channel : `${channel} ${before + 1}`;
    return { channel: channels.indexOf(channel), say: start(parse(name, rest), cells, options, what) };
  });
  const width = channels.length * cells;
  return {
    inputs,
    teacher: width,
    fill(X, Y, from, count) {
      write(X.fill(0), { dt, first: from, count });
      Y.fill(0);
      for (const { channel, say } of teacher) {
        const own = new Float32Array(count * cells);
        say(own, { dt, first: from, count });
        for (let i = 0; i < count; i++) {
          const at = i * width + channel * cells;
          for (let cell = 0; cell < cells; cell++) Y[at + cell]! += own[i * cells + cell]!;
        }
      }
    },
  };
}

/** The files that a stream names. @throws InputError as `streamOf` does */
export function streamFiles(name: string): string[] {
  const [first = '', ...taught] = name.slice(prefix.length).split(';');
  const all = [parseInputs(name, first), ...taught.map((part) => parse(name, part.slice(part.indexOf('=') + 1)))];
  return [...new Set(all.flatMap((each) => ('file' in each ? each.file : [])))];
}

/** m, the presynaptic cells of a stream. @throws InputError as `streamOf` does */
export function streamInputs(name: string): number {
  return parseInputs(name, name.slice(prefix.length).split(';')[0] ?? '').inputs;
}

function parseInputs(name: string, part: string): Named & { readonly inputs: number } {
  const cells = { default: 1, min: 1, max: 1_000_000, whole: true, says: 'how many there are' };
  const { values, ...named } = parse(name, part, { cells });
  const { cells: inputs, ...own } = values;
  return { ...named, values: own, inputs: inputs as number } as Named & { readonly inputs: number };
}

function parse(
  name: string,
  part: string,
  more: Record<string, StreamGenerator['parameters'][string]> = {},
): Named & { readonly values: ReturnType<typeof parameterValues> } {
  const [, own = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(part) ?? [];
  if (own === fromFile) return parseFile(name, query, more);
  const generator = streamGenerators.find((each) => each.name === own);
  if (!generator) {
    const known = [...streamGenerators.map((each) => each.name), fromFile].join(', ');
    throw new InputError(`${name}: there is no stream ${JSON.stringify(own)}; there are ${known}`);
  }
  const parameters = { ...more, ...generator.parameters };
  const values = parameterValues(own, parameters, settingsIn(name, query, parameters, own));
  const problem = generator.problem?.(values);
  if (problem !== undefined) throw new InputError(`${name}: ${own}: ${problem}`);
  return { generator, values };
}

/** Spikes that are given: `spikes?file=trains.csv&cells=40`. */
function parseFile(name: string, query: string | undefined, more: StreamGenerator['parameters']) {
  const parts = query?.split('&') ?? [];
  const files = parts.filter((each) => /^file=./.test(each)).map((each) => each.slice('file='.length));
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new InputError(
      `${name}: ${fromFile} needs one file, such as ${fromFile}?file=trains.csv, with time and cell of a spike a row`,
    );
  }
  const others = parts.filter((each) => !/^file=./.test(each)).join('&');
  const parameters = { ...more, exact };
  const given = parameterValues(fromFile, parameters, settingsIn(name, others || undefined, parameters, fromFile));
  const { exact: isExact, ...values } = given;
  return { file, exact: isExact === true, values };
}

type Write = (out: Float32Array, clock: Clock) => void;

function start(named: Named, cells: number, { dt, seed, steps, read }: StreamOptions, what: string): Write {
  if ('file' in named) {
    if (!read) throw new InputError(`${named.file}: files of spikes cannot be read here`);
    return givenSpikes(read(named.file), { path: named.file, dt, cells, steps, exact: named.exact });
  }
  const { generator, values } = named;
  const random = new RandomStream(seed, `stream ${what} ${generator.name}`);
  return generator.start(values, cells, random, dt) as Write;
}
