import { allOperations, stopsEarly, type Trace } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { type Arena, padded } from '../../kernels/memory.ts';
import {
  type Call,
  type RepeatedCall,
  recordBytes,
  type TapeKernel,
  tapeKernels,
  writeRecord,
} from '../../kernels/tape.ts';
import type { Plasticity } from '../plasticity.ts';
import { isSolvedTogether } from './equilibrium.ts';
import { joinPasses, type Schedule } from './joined-pass.ts';

/** Kernels that can be listened to: while they are, they do nothing, and what they are called with is noted. */
export class ListenedKernels {
  readonly kernels: Kernels;
  #calls: Call[] | undefined;

  constructor(kernels: Kernels) {
    const listened = Object.entries(kernels).map(([name, kernel]) => {
      const call = (...numbers: number[]) => {
        if (this.#calls === undefined) return (kernel as (...numbers: number[]) => number | undefined)(...numbers);
        if (!Object.hasOwn(tapeKernels, name)) throw new TypeError(`a tape has no kernel ${name}`);
        this.#calls.push({ kernel: name as TapeKernel, numbers });
        return 1;
      };
      return [name, call] as const;
    });
    this.kernels = Object.fromEntries(listened) as unknown as Kernels;
  }

  /** What is called by the function. */
  callsOf(run: () => void): readonly Call[] {
    const calls: Call[] = [];
    this.#calls = calls;
    try {
      run();
    } finally {
      this.#calls = undefined;
    }
    return calls;
  }
}

/**
 * Whether all that a trace does in a step is calls of kernels, which are the same in every step, but for numbers that grow: not where something
 * is written by JavaScript, is solved for each sample by itself, or stops early.
 */
export function fitsTape(trace: Trace): boolean {
  return allOperations(trace).every((each) => {
    if (each.kind === 'equilibrium') return isSolvedTogether(each);
    return each.kind !== 'signs' && !(each.kind === 'repeat' && stopsEarly(each));
  });
}

/** Whether a sample after the other can be learned so, too: without states whose settling is watched, and noise. */
export function learnsByTape(trace: Trace): boolean {
  return fitsTape(trace) && allOperations(trace).every(({ kind }) => kind !== 'repeat' && kind !== 'noise');
}

/** Whether synapses learn alike in every step: plainly, at rates that do not change. */
export function learnsAlike(plasticity: ReadonlyMap<string, Plasticity>): boolean {
  return [...plasticity.values()].every(({ rate, optimiser }) => isConstant(rate) && optimiser.kind === 'plain');
}

function isConstant({ eta0: _, ...falls }: Plasticity['rate']): boolean {
  return Object.values(falls).every((each) => each === undefined);
}

/** A signal that is kept: where it lies, and the floats of its vector. */
export interface KeptSignal {
  readonly address: number;
  readonly stride: number;
}

/** How a tape is made and played. */
export interface TapeOptions {
  /** Does the step with the sample at this position. */
  readonly step: (position: number) => void;
  /** How many steps the network had done when it was made. */
  readonly done: number;
  /** Signals that are copied after each step, with where the first goes: one after the other. */
  readonly kept?: readonly (KeptSignal & { readonly to: number })[];
  /** The source of the samples, where these are read ahead and passes over weights from them are joined: see `joinPasses`. */
  readonly source?: number;
}

/** What a step of a network calls, so that WebAssembly does it again and again without coming back: the same kernels on the same numbers. */
export class Tape {
  readonly #kernels: Kernels;
  readonly #view: DataView;
  readonly #schedule: Schedule;
  readonly #calls: readonly RepeatedCall[];
  readonly #from: number;
  readonly #source: number;

  constructor(arena: Arena, kernels: Kernels, listened: ListenedKernels, options: TapeOptions) {
    const { step, done, kept = [], source } = options;
    const [first, second] = [0, 1].map((position) => listened.callsOf(() => step(position)));
    const calls = [
      ...first!.map((call, at) => repeated(call, second![at]!)),
      ...kept.map(({ address, to, stride }): RepeatedCall => {
        return { kernel: 'copy', numbers: [address, to, stride], growing: { place: 1, by: 4 * stride } };
      }),
    ];
    this.#schedule =
      source === undefined
        ? { head: [], body: calls, joint: [], tail: [] }
        : joinPasses(calls, (floats) => arena.float32(padded(floats)).byteOffset);
    const { head, body, joint, tail } = this.#schedule;
    this.#calls = [...head, ...body, ...joint, ...tail];
    this.#source = source ?? 0;
    this.#from = done;
    this.#kernels = kernels;
    const records = arena.bytes(recordBytes * this.#calls.length);
    this.#view = new DataView(records.buffer, records.byteOffset, records.byteLength);
    for (const [at, call] of this.#calls.entries()) writeRecord(this.#view, at * recordBytes, call);
  }

  /**
   * Does so many steps, from the sample at position 0 on. Returns how many were done before one whose changes are not finite.
   * @param done how many steps the network has done
   */
  play(steps: number, done: number): number {
    const { head, body, joint, tail } = this.#schedule;
    for (const [at, call] of this.#calls.entries()) {
      if (!call.growing) continue;
      // Deviates are numbered from the network's first step on; all else begins anew, or is what it is in the last step.
      const before = call.kernel === 'fillNoise' ? done - this.#from : 0;
      const isLast = at >= this.#calls.length - tail.length;
      writeRecord(this.#view, at * recordBytes, grown(call, isLast ? steps - 1 : before));
    }
    const parts = [head.length, body.length, joint.length, tail.length] as const;
    return this.#kernels.playTape(this.#view.byteOffset, ...parts, steps, this.#source);
  }
}

/** The same call in the next step. @throws TypeError where it is not the same but for one number */
function repeated(call: Call, next: Call): RepeatedCall {
  const places = call.numbers.flatMap((value, place) => (Object.is(value, next.numbers[place]) ? [] : [place]));
  const [place] = places;
  if (call.kernel !== next.kernel || places.length > 1) throw new TypeError('a step is not the one before');
  return place === undefined ? call : { ...call, growing: { place, by: next.numbers[place]! - call.numbers[place]! } };
}

/** After so many steps. */
function grown(call: RepeatedCall, steps: number): RepeatedCall {
  const { growing, numbers } = call;
  if (!growing) return call;
  return { ...call, numbers: numbers.map((value, i) => (i === growing.place ? value + steps * growing.by : value)) };
}
