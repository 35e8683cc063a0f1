import { allOperations, type Body, stopsEarly, type Trace } from '../../circuit/trace.ts';
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
import { deferChanges } from './deferred-changes.ts';
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

/** More operations than so many make the tape of a sample longer than what it saves is worth. */
const mostOperations = 2048;

/**
 * Whether a sample after the other can be learned so, too: without noise, and without phases that have changed weights where a state, in what is
 * repeated, may prove not to be finite.
 */
export function learnsByTape(trace: Trace): boolean {
  const kinds = new Set(allOperations(trace).map(({ kind }) => kind));
  const settlesInPhases = kinds.has('repeat') && kinds.has('phase');
  return fitsTape(trace) && !kinds.has('noise') && !settlesInPhases && operationsDone(trace) <= mostOperations;
}

/** How many operations a body does, those that are repeated as often as they are. */
function operationsDone({ operations }: Body): number {
  return operations.reduce((total, each) => {
    return total + (each.kind === 'repeat' ? each.steps * operationsDone(each.body) : 1);
  }, 0);
}

/** Whether synapses learn plainly, so that a step's changes are calls of kernels with rates among their numbers. */
export function learnsPlainly(plasticity: ReadonlyMap<string, Plasticity>): boolean {
  return [...plasticity.values()].every(({ optimiser }) => optimiser.kind === 'plain');
}

/** Whether all synapses learn at rates that do not change. */
export function learnsAlike(plasticity: ReadonlyMap<string, Plasticity>): boolean {
  return [...plasticity.values()].every(({ rate }) => isConstant(rate));
}

export function isConstant({ eta0: _, ...falls }: Plasticity['rate']): boolean {
  return Object.values(falls).every((each) => each === undefined);
}

/** A signal that is kept: where it lies, and the floats of its vector. */
export interface KeptSignal {
  readonly address: number;
  readonly stride: number;
}

/** Learning rates that may be other ones in every step, and when a tape is played again. */
export interface ChangingRates {
  /** The synapses whose they are. */
  readonly names: readonly string[];
  /** Lists those of these synapses in the steps after so many. */
  list(name: string, done: number, into: Float64Array): void;
  /** Has a step done at other rates. */
  suppose<Result>(rates: ReadonlyMap<string, number>, action: () => Result): Result;
  /** How many steps are done at once, at most. */
  readonly most: number;
}

/** How a tape is made and played. */
export interface TapeOptions {
  /** Does the step with the sample at this position. */
  readonly step: (position: number) => void;
  /** How many steps the network had done when it was made. */
  readonly done: number;
  /** Signals that are copied after each step, with where the first goes: one after the other. */
  readonly kept?: readonly (KeptSignal & { readonly to: number })[];
  /** Without them, rates stay as they are. */
  readonly rates?: ChangingRates;
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
  readonly #rates: ChangingRates | undefined;
  /** What they are in the steps that are played, by the names of synapses. */
  readonly #listed: ReadonlyMap<string, Float64Array>;

  /** @throws TypeError where a step does not fit a tape */
  constructor(arena: Arena, kernels: Kernels, listened: ListenedKernels, options: TapeOptions) {
    const { step, done, kept = [], source, rates } = options;
    const heard = (position: number, supposed: number) => {
      const run = () => listened.callsOf(() => step(position));
      return rates ? rates.suppose(new Map(rates.names.map((name, i) => [name, supposed + i])), run) : run();
    };
    const [first, second, atOthers] = [heard(0, 1.1), heard(1, 1.1), rates ? heard(0, 1.3) : []];
    const calls = [
      ...first.map((call, at): RepeatedCall => {
        const rate = rates && rateIn(call, atOthers[at]!, rates.names, 1.1);
        return { ...repeated(call, second[at]!), ...(rate && { rate }) };
      }),
      ...kept.map(({ address, to, stride }): RepeatedCall => {
        return { kernel: 'copy', numbers: [address, to, stride], growing: { place: 1, by: 4 * stride } };
      }),
    ];
    this.#rates = rates;
    this.#listed = new Map(rates?.names.map((name) => [name, arena.float64(rates.most + 1)]));
    const room = (floats: number) => arena.float32(padded(floats)).byteOffset;
    this.#schedule =
      source === undefined
        ? { head: [], body: calls, joint: [], tail: [] }
        : deferChanges(joinPasses(calls, room), room);
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
    for (const [name, listed] of this.#listed) this.#rates!.list(name, done, listed.subarray(0, steps));
    for (const [at, call] of this.#calls.entries()) {
      if (!call.growing && !call.rate) continue;
      // Deviates are numbered from the network's first step on; all else begins anew, or is what it is in the last step.
      const isLast = at >= this.#calls.length - tail.length;
      const before = call.kernel === 'fillNoise' ? done - this.#from : isLast ? steps - 1 : 0;
      const listed = call.rate && this.#listed.get(call.rate.of)!.subarray(isLast ? steps - 1 : 0);
      writeRecord(this.#view, at * recordBytes, grown(withRate(call, listed?.[0]), before), listed);
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

/**
 * Which of a call's numbers is the rate of which synapses, if one is, by the same call at other rates.
 * @throws TypeError where a number is computed from rates
 */
function rateIn(
  { numbers }: Call,
  others: Call,
  names: readonly string[],
  supposed: number,
): RepeatedCall['rate'] | undefined {
  const places = numbers.flatMap((value, place) => (Object.is(value, others.numbers[place]) ? [] : [place]));
  const [place] = places;
  if (place === undefined) return undefined;
  const of = names.find((_, i) => numbers[place] === supposed + i);
  if (places.length > 1 || of === undefined) throw new TypeError('a step computes with rates before it learns by them');
  return { place, of };
}

/** The call with its rate. */
function withRate(call: RepeatedCall, eta: number | undefined): RepeatedCall {
  const { rate, numbers } = call;
  if (!rate || eta === undefined) return call;
  return { ...call, numbers: numbers.map((value, i) => (i === rate.place ? eta : value)) };
}

/** After so many steps. */
function grown(call: RepeatedCall, steps: number): RepeatedCall {
  const { growing, numbers } = call;
  if (!growing) return call;
  return { ...call, numbers: numbers.map((value, i) => (i === growing.place ? value + steps * growing.by : value)) };
}
