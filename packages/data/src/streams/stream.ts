import { InputError, parameterValues, RandomStream } from '@apical/core';
import { settingsIn } from '../synthetic/settings-in.ts';
import { bouts } from './bouts.ts';
import { events } from './events.ts';
import type { Clock, StreamGenerator } from './generator.ts';
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
}

/** A generator with what its name says. */
interface Named {
  readonly generator: StreamGenerator;
  readonly values: ReturnType<typeof parameterValues>;
}

/**
 * A stream by its name: `stream:poisson?cells=200&rate=0.01&frozen=200;gE=sine?mean=5.4&amplitude=4.8&period=100;gI=constant?value=18`. First
 * the presynaptic cells, how many and what they say, then each channel of the teacher that says something; all others are silent, and what is
 * said of one several times is added up. A function of
 * the name, the seed, the step and the cell.
 *
 * @throws InputError for generators, settings and channels that there are not, and values that are out of range
 */
export function streamOf(name: string, { dt, seed, cells, channels }: StreamOptions): Stream {
  const [first = '', ...taught] = name.slice(prefix.length).split(';');
  const { inputs, ...afferents } = parseInputs(name, first);
  const write = start(afferents, inputs, dt, seed, 'inputs');
  const teacher = taught.map((part, place) => {
    const [, channel = '', rest = ''] = /^([^=?]*)=(.*)$/s.exec(part) ?? [];
    if (!channels.includes(channel)) {
      const known = channels.length > 0 ? `there are ${channels.join(', ')}` : 'the rule has none';
      throw new InputError(`${name}: there is no channel ${JSON.stringify(channel)} of a teacher; ${known}`);
    }
    const before = taught.slice(0, place).filter((each) => each.startsWith(`${channel}=`)).length;
    const what = before === 0 ? channel : `${channel} ${before + 1}`;
    return { channel: channels.indexOf(channel), say: start(parse(name, rest), cells, dt, seed, what) };
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

/** m, the presynaptic cells of a stream. @throws InputError as `streamOf` does */
export function streamInputs(name: string): number {
  return parseInputs(name, name.slice(prefix.length).split(';')[0] ?? '').inputs;
}

function parseInputs(name: string, part: string): Named & { readonly inputs: number } {
  const cells = { default: 1, min: 1, max: 1_000_000, whole: true, says: 'how many there are' };
  const { generator, values } = parse(name, part, { cells });
  const { cells: inputs, ...own } = values;
  return { generator, values: own, inputs: inputs as number };
}

function parse(name: string, part: string, more: Record<string, StreamGenerator['parameters'][string]> = {}): Named {
  const [, own = '', query] = /^([^?]*)(?:\?(.*))?$/s.exec(part) ?? [];
  const generator = streamGenerators.find((each) => each.name === own);
  if (!generator) {
    const known = streamGenerators.map((each) => each.name).join(', ');
    throw new InputError(`${name}: there is no stream ${JSON.stringify(own)}; there are ${known}`);
  }
  const parameters = { ...more, ...generator.parameters };
  const values = parameterValues(own, parameters, settingsIn(name, query, parameters, own));
  const problem = generator.problem?.(values);
  if (problem !== undefined) throw new InputError(`${name}: ${own}: ${problem}`);
  return { generator, values };
}

function start({ generator, values }: Named, cells: number, dt: number, seed: number, what: string) {
  const random = new RandomStream(seed, `stream ${what} ${generator.name}`);
  return generator.start(values, cells, random, dt) as (out: Float32Array, clock: Clock) => void;
}
