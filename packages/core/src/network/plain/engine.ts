import type { Trace } from '../../circuit/trace.ts';
import { turnAt, turnsOf } from '../../circuit/turns.ts';
import type { DivergedState } from '../../errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Arena } from '../../kernels/memory.ts';
import type { Matrix } from '../../matrix.ts';
import { checkBatch } from '../check-batch.ts';
import type { Advance, Advanced, Engine, Evaluator } from '../engine.ts';
import type { Blueprint, NetworkOptions } from '../options.ts';
import type { Plasticity } from '../plasticity.ts';
import { rateAt } from '../schedule.ts';
import type { Source } from '../sources.ts';
import { startOf } from '../start.ts';
import type { NetworkTraces } from '../traces.ts';
import { Learning, limitWeights } from './changes.ts';
import { Course } from './course.ts';
import { NotFinite } from './diverged.ts';
import { PlainEvaluator } from './evaluator.ts';
import { Lasting } from './lasting.ts';
import { Matrices } from './matrices.ts';
import { drawsOf, type Learned, Noise, writerOf } from './noise.ts';
import { type Allowance, allowanceBeside, allowanceOfEvaluation } from './parts.ts';
import { Program, type ProgramParts } from './program.ts';
import {
  type ChangingRates,
  fitsTape,
  isConstant,
  ListenedKernels,
  learnsAlike,
  learnsByTape,
  learnsPlainly,
  Tape,
} from './tape.ts';

/** The engine that can do everything: any trace, on blocks of samples, with one matrix a set of synapses. */
export class PlainEngine implements Engine {
  readonly readsLists = false;
  readonly #blueprint: Blueprint;
  readonly #options: NetworkOptions;
  readonly #matrices: Matrices;
  readonly #lasting: Lasting;
  readonly #noise: Noise;
  readonly #learning: Learning;
  /** What is done in each turn: all, where there are none. */
  readonly #turns: readonly Program[];
  readonly #updatesOfTurn: number;
  readonly #before: Program | undefined;
  readonly #times: number;
  readonly #kernels: Kernels;
  readonly #parts: Omit<ProgramParts, 'trace' | 'capacity' | 'learns' | 'noise'>;
  /** Samples seen, updates made, and steps done before the first sample. */
  readonly #counts: Float64Array;
  readonly #batch: number;
  /** Of rules in time: whether their steps can be on a tape. */
  readonly #fitsTape: boolean;
  readonly #arena: Arena;
  /** Where a sample after the other is learned by a tape: what listens to it, and the tapes of sources by their addresses. */
  readonly #listened: ListenedKernels | undefined;
  readonly #tapes = new Map<number, Tape>();
  readonly #course: Course | undefined;
  #diverged: DivergedState | undefined;

  /** @param allowance what signals of a batch may take: see `samplesTogether` */
  constructor(
    arena: Arena,
    own: Kernels,
    blueprint: Blueprint,
    traces: NetworkTraces,
    options: NetworkOptions,
    allowance?: Allowance,
  ) {
    const { circuit, plasticity, rule } = blueprint;
    const { batch = 1 } = options;
    const isOneByOne = !rule.time && batch === 1 && !blueprint.behaviour.turns;
    const isTaped = isOneByOne && learnsPlainly(plasticity) && learnsByTape(traces.learn);
    const listened = rule.time || isTaped ? new ListenedKernels(own) : undefined;
    const kernels = listened?.kernels ?? own;
    this.#kernels = own;
    const { learn, before, ...others } = traces;
    this.#blueprint = blueprint;
    this.#options = options;
    this.#batch = batch;
    this.#arena = arena;
    this.#listened = isTaped ? listened : undefined;
    this.#fitsTape = rule.time !== undefined && fitsTape(learn);
    this.#counts = arena.float64(3);
    this.#matrices = new Matrices(arena, circuit.allSynapses);
    const learned = before ? [learn, before.trace] : [learn];
    this.#lasting = new Lasting(arena, circuit, [...learned, ...Object.values(others)]);
    checkBatch(blueprint, this.#batch);
    this.#updatesOfTurn = blueprint.behaviour.turns ?? 1;
    const turns = blueprint.behaviour.turns === undefined ? [learn] : turnsOf(learn);
    const draws = [...turns, ...(before ? [before.trace] : [])].map((trace) => drawsOf(trace, circuit));
    this.#noise = new Noise(options.seed ?? 0, draws);
    const how = { plasticity, ridge: options.ridge ?? 0 };
    this.#learning = new Learning(arena, kernels, this.#matrices, how, () => this.#counts[1]!);
    const { memory } = arena;
    this.#parts = { kernels, memory, circuit, matrices: this.#matrices, lasting: this.#lasting };
    const noise = options.noise ? writerOf(memory, options.noise) : this.#noise.writer(kernels, memory);
    const learns = {
      ...this.#parts,
      joinsSums: this.#batch === 1 && how.ridge === 0,
      // What is done sample by sample takes little room, and is rearranged by where signals lie.
      sharesRoom: this.#batch > 1 && !rule.time && how.ridge === 0,
      capacity: this.#batch,
      allowance: allowance ?? this.#allowance,
      learns: true,
      changes: this.#learning.scope(),
      noise,
    };
    this.#turns = turns.map((trace) => new Program({ ...learns, trace }));
    this.#before = before && new Program({ ...learns, trace: before.trace });
    this.#times = before?.times ?? 0;
    if (rule.time && listened) {
      const frozen = new Program({ ...learns, changes: undefined, trace: learn });
      if (turns.length > 1) throw new TypeError('phases of a rule in time take no turns: all are done in every step');
      this.#course = new Course(memory, own, listened, { learning: this.#turns[0]!, frozen });
    }
    this.start();
  }

  get samplesSeen(): number {
    return this.#counts[0]!;
  }

  start(): void {
    const { samplesSeen = 0, weights = {} } = this.#options;
    const { allSynapses } = this.#blueprint.circuit;
    const starts = startOf(allSynapses, this.#lasting.shapes, this.#options);
    this.#matrices.setPresence(this.#options.seed ?? 0);
    for (const { name } of allSynapses) {
      this.#matrices.write(name, starts.get(name.replace('ᵀ', ''))!);
      const limits = this.#matrices.limits(name);
      if (limits) limitWeights(this.#parts.kernels, this.#matrices.at(name), limits);
    }
    this.#lasting.start(weights);
    this.#learning.restart();
    // Samples that the given weights have learned were learned in batches, after what is done before the first.
    const updates = Math.ceil(samplesSeen / this.#batch);
    const before = samplesSeen > 0 ? this.#times : 0;
    this.#counts.set([samplesSeen, updates, before]);
    this.#noise.goTo([
      ...this.#learnedInTurns(samplesSeen, updates),
      { samples: before * this.#batch, updates: before },
    ]);
  }

  learn(source: Source, count: number): number {
    let first = 0;
    try {
      this.#prepare(source);
      if (this.#listened) return this.#learnByTape(this.#listened, source, count);
      for (; first < count; first += this.#batch) {
        const part = Math.min(this.#batch, count - first);
        this.#turns[this.#turnAt(this.#counts[1]!)]!.run(source, first, part);
        this.#counts[0]! += part;
        this.#counts[1]! += 1;
      }
      return count;
    } catch (error) {
      if (!(error instanceof NotFinite)) throw error;
      this.#learning.forgetSums();
      this.#diverged = error.state;
      return first;
    }
  }

  #learnByTape(listened: ListenedKernels, source: Source, count: number): number {
    const { address } = source;
    let tape = this.#tapes.get(address);
    if (!tape) {
      const step = (position: number) => this.#turns[0]!.run(source, position, 1);
      const rates = this.#changingRates(source.capacity);
      tape = new Tape(this.#arena, this.#kernels, listened, {
        step,
        done: 0,
        source: address,
        ...(rates && { rates }),
      });
      this.#tapes.set(address, tape);
    }
    const learned = tape.play(count, this.#counts[1]!);
    this.#counts[0]! += learned;
    this.#counts[1]! += learned;
    if (learned < count) this.#diverged = this.#search(source, learned);
    return learned;
  }

  /** @param most how many steps are done at once */
  #changingRates(most: number): ChangingRates {
    const learning = this.#learning;
    return {
      names: [...learning.plasticity.keys()],
      most,
      list: (name, done, into) => {
        const { rate } = learning.plasticity.get(name)!;
        if (isConstant(rate)) into.fill(rate.eta0);
        else for (let step = 0; step < into.length; step++) into[step] = rateAt(rate, done + step);
      },
      suppose: (rates, action) => learning.atRates(rates, action),
    };
  }

  advance(source: Source, count: number, how: Advance): Advanced {
    if (this.#course === undefined) throw new TypeError('the rule is not one in time');
    const { plasticity } = this.#learning;
    const isAlike = learnsPlainly(plasticity) && learnsAlike(plasticity);
    const taped = this.#options.noise === undefined && this.#fitsTape && isAlike;
    const stepped = (steps: number) => {
      this.#counts[0]! += steps;
      this.#counts[1]! += steps;
    };
    const advanced = this.#course.advance(source, count, this.samplesSeen, { ...how, taped, stepped });
    this.#noise.goTo([{ samples: this.#counts[0]!, updates: this.#counts[1]! }]);
    if (advanced.steps < count) this.#diverged = this.#search(source, advanced.steps);
    return advanced;
  }

  notFinite(): DivergedState | undefined {
    return this.#course && this.#lasting.notFinite(this.#kernels);
  }

  get diverged(): DivergedState | undefined {
    return this.#diverged;
  }

  /** Does a step of time that was not taken again, in search of a state that diverges; all stays as it was. */
  #search(source: Source, position: number): DivergedState | undefined {
    const state = this.state();
    const kept = state.map((each) => each.slice());
    try {
      this.#turns[0]!.run(source, position, 1);
      return undefined;
    } catch (error) {
      if (!(error instanceof NotFinite)) throw error;
      return error.state;
    } finally {
      this.#learning.forgetSums();
      for (const [i, each] of state.entries()) each.set(kept[i]!);
    }
  }

  get weightNames(): readonly string[] {
    return [...this.#synapseNames, ...this.#lasting.shapes.keys()];
  }

  get #synapseNames(): readonly string[] {
    return this.#blueprint.circuit.allSynapses.map(({ name }) => name.replace('ᵀ', ''));
  }

  weights(): Record<string, Matrix> {
    const own = this.#synapseNames.map((name) => [name, this.#matrices.read(name)] as const);
    return { ...Object.fromEntries(own), ...this.#lasting.read() };
  }

  weightsOf(name: string): Matrix {
    return this.#matrices.read(name);
  }

  setPlasticity(plasticity: ReadonlyMap<string, Plasticity>): void {
    this.#learning.setRates(plasticity);
    this.#course?.forget();
  }

  state(): readonly (Float32Array | Float64Array)[] {
    return [
      this.#counts,
      ...this.#matrices.state,
      ...this.#lasting.state,
      ...this.#learning.state,
      ...this.#noise.state,
    ];
  }

  evaluate(trace: Trace): Evaluator {
    // Noise in what is predicted is the same at every look, and takes nothing from what is learned with.
    return new PlainEvaluator(this.#parts, trace, this.#options.seed ?? 0, allowanceOfEvaluation(this.#keptBytes));
  }

  dispose(): void {
    for (const program of [...this.#turns, this.#before, this.#course]) program?.dispose();
  }

  get #allowance(): Allowance {
    return allowanceBeside(this.#keptBytes, this.#learning.sumBytes);
  }

  /** Of weights, and of what optimisers know of them. */
  get #keptBytes(): number {
    const kept = [...this.#matrices.state, ...this.#learning.state];
    return kept.reduce((total, { byteLength }) => total + byteLength, 0);
  }

  #turnAt(update: number): number {
    return turnAt(update, this.#turns.length, this.#updatesOfTurn);
  }

  /** How much was learned in each turn by so many updates, all of whole batches but the last. */
  #learnedInTurns(samplesSeen: number, updates: number): readonly Learned[] {
    const learned = this.#turns.map(() => ({ samples: 0, updates: 0 }));
    for (let update = 0; update < updates; update += this.#updatesOfTurn) {
      const own = learned[this.#turnAt(update)]!;
      const end = Math.min(update + this.#updatesOfTurn, updates);
      own.samples += Math.min(end * this.#batch, samplesSeen) - update * this.#batch;
      own.updates += end - update;
    }
    return learned;
  }

  /** What is done before the first sample, once. */
  #prepare(source: Source): void {
    if (!this.#before) return;
    while (this.#counts[2]! < this.#times) {
      this.#before.run(source, 0, this.#batch);
      this.#counts[2]! += 1;
    }
  }
}
