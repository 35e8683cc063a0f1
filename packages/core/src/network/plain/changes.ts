import { weightName } from '../../circuit/synapses.ts';
import { type Body, type Change, changesOfScope, inputsOfChange } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Arena } from '../../kernels/memory.ts';
import type { Optimiser } from '../optimiser.ts';
import type { Plasticity } from '../plasticity.ts';
import { rateAt } from '../schedule.ts';
import { afterBatch, type Step } from './block.ts';
import { changeSteps, gainSteps, learnSteps, type OuterChange } from './change-steps.ts';
import { NotFinite } from './diverged.ts';
import { type Limits, type Matrices, type PlacedMatrix, paddedSize } from './matrices.ts';
import type { Compilation } from './operations.ts';
import { OptimiserState } from './optimiser-state.ts';
import { Ridge } from './ridge.ts';
import { lengthOf } from './slots.ts';

/** What becomes of the changes of bodies. */
export interface Changes {
  /** At the end of a repeated body: they are summed up. */
  accumulate(body: Body, compilation: Compilation): readonly Step[];
  /** At the end of a scope: they are applied, with what was summed up in the bodies that it repeats. */
  apply(body: Body, compilation: Compilation): readonly Step[];
  /** What becomes of the changes of a phase within this scope. */
  inner(): Changes;
}

/** The stimulus is the first signal of every trace. */
const stimulus = 0;

/**
 * Synapses that learn: W ← W + η Σ, η being that after `updates` updates. What is gained by products and plainly goes to the weights
 * at once; all else is summed up first, and an optimiser does the rest.
 */
export class Learning {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #matrices: Matrices;
  readonly #updates: () => number;
  readonly #ridge: number;
  readonly #states = new Map<string, OptimiserState>();
  /** Those of all scopes. */
  readonly #sums: Float32Array[] = [];
  #plasticity: ReadonlyMap<string, Plasticity>;
  #supposed: ReadonlyMap<string, number> | undefined;

  /** @param ridge λ: see `Ridge` */
  constructor(
    arena: Arena,
    kernels: Kernels,
    matrices: Matrices,
    { plasticity, ridge }: { readonly plasticity: ReadonlyMap<string, Plasticity>; readonly ridge: number },
    updates: () => number,
  ) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#matrices = matrices;
    this.#plasticity = plasticity;
    this.#ridge = ridge;
    this.#updates = updates;
    for (const [name, { optimiser }] of plasticity) {
      this.#states.set(name, new OptimiserState(arena, kernels, optimiser, paddedSize(matrices.at(name))));
    }
  }

  /** How synapses learn now. */
  get plasticity(): ReadonlyMap<string, Plasticity> {
    return this.#plasticity;
  }

  /** Does something at these rates, by the names of synapses, in the place of what they are now. */
  atRates<Result>(rates: ReadonlyMap<string, number>, action: () => Result): Result {
    this.#supposed = rates;
    try {
      return action();
    } finally {
      this.#supposed = undefined;
    }
  }

  /** Learns with these rates from now on. */
  setRates(plasticity: ReadonlyMap<string, Plasticity>): void {
    this.#plasticity = plasticity;
  }

  /** Forgets what optimisers keep. */
  restart(): void {
    for (const state of this.#states.values()) state.restart();
  }

  /** Forgets what was summed up of a batch that came to no end. */
  forgetSums(): void {
    for (const sum of this.#sums) sum.fill(0);
  }

  /** What optimisers keep. */
  get state(): readonly (Float32Array | Float64Array)[] {
    return [...this.#states.values()].flatMap((each) => each.state);
  }

  /** The bytes of sums that are kept for optimisers in a scope. */
  get sumBytes(): number {
    const summed = [...this.#plasticity].filter(([, { optimiser }]) => !isPlain(optimiser));
    return summed.reduce((total, [name]) => total + 4 * paddedSize(this.#matrices.at(name)), 0);
  }

  /** What becomes of the changes of a scope: they are learned. */
  scope(): Changes {
    return new Scope(this.#arena, this.#kernels, this.#matrices, {
      eta: (name) => this.#supposed?.get(name) ?? rateAt(this.#plasticity.get(name)!.rate, this.#updates()),
      isPlain: (name) => isPlain(this.#plasticity.get(name)!.optimiser),
      state: (name) => this.#states.get(name)!,
      ridge: this.#ridge,
      sums: this.#sums,
    });
  }
}

/** How synapses learn, by the names of their weights. */
interface Plastic {
  eta(name: string): number;
  isPlain(name: string): boolean;
  state(name: string): OptimiserState;
  readonly ridge: number;
  /** Where sums are to be found, to be forgotten. */
  readonly sums: Float32Array[];
}

/** The changes of a scope, with sums of its own. */
class Scope implements Changes {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #matrices: Matrices;
  readonly #plastic: Plastic;
  readonly #gradients = new Map<string, number>();

  constructor(arena: Arena, kernels: Kernels, matrices: Matrices, plastic: Plastic) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#matrices = matrices;
    this.#plastic = plastic;
  }

  inner(): Changes {
    return new Scope(this.#arena, this.#kernels, this.#matrices, this.#plastic);
  }

  accumulate({ changes }: Body, compilation: Compilation): readonly Step[] {
    return changes.flatMap((change) => this.#addTo(this.#gradient(change.synapses), change, compilation));
  }

  apply(body: Body, compilation: Compilation): readonly Step[] {
    const own = new Map<string, readonly Change[]>();
    for (const change of body.changes) own.set(change.synapses, [...(own.get(change.synapses) ?? []), change]);
    const all = changesOfScope(body);
    const summed = all.slice(0, all.length - body.changes.length);
    const names = new Set([...own.keys(), ...summed.map(({ synapses }) => synapses)]);
    if (names.size === 0) return [];
    const isSummed = (name: string) => summed.some(({ synapses }) => synapses === name);
    const watched = this.#finite(all, compilation);
    const ridge = this.#plastic.ridge > 0 ? new Ridge(body, this.#plastic.ridge, compilation) : undefined;
    return [
      watched,
      ...(ridge?.steps ?? []).map(afterBatch),
      ...[...names].flatMap((name) => this.#applyTo(name, own.get(name) ?? [], isSummed(name), compilation, ridge)),
    ];
  }

  #applyTo(
    synapses: string,
    changes: readonly Change[],
    isSummed: boolean,
    compilation: Compilation,
    ridge: Ridge | undefined,
  ): readonly Step[] {
    const name = weightName(synapses);
    const placed = this.#matrices.at(name);
    const gainOfRidge = (target: number, factor: () => number) =>
      changes
        .flatMap((change) => ('value' in change ? [] : (ridge?.gain(change, placed, target, factor) ?? [])))
        .map(afterBatch);
    if (!isSummed && this.#plastic.isPlain(name) && isDirect(changes)) {
      const eta = () => this.#plastic.eta(name);
      const [change, ...others] = changes;
      const steps =
        change && others.length === 0
          ? learnSteps(compilation, change, placed, eta)
          : changeSteps(compilation, changes, placed, placed.address, eta);
      return [
        ...steps,
        ...gainOfRidge(placed.address, eta),
        ...this.#limit(synapses, ridge || compilation.inParts ? [] : changes, compilation),
      ];
    }
    const gradient = this.#gradient(synapses);
    const state = this.#plastic.state(name);
    return [
      ...changes.flatMap((change) => this.#addTo(gradient, change, compilation)),
      ...gainOfRidge(gradient, () => 1),
      afterBatch(() => state.step(placed.address, gradient, this.#plastic.eta(name))),
      afterBatch(() => this.#kernels.clear(gradient, paddedSize(placed))),
      ...this.#limit(synapses, [], compilation),
    ];
  }

  /** W as it can be. Where only products of zeros were added to it, it is already. */
  #limit(synapses: string, changes: readonly Change[], { slots }: Compilation): readonly Step[] {
    const limits = this.#matrices.limits(synapses);
    if (!limits) return [];
    const products = changes.flatMap((change) => {
      if ('value' in change || change.decay !== 0 || change.decayBy !== undefined) return [];
      const post = slots.at(change.post);
      // The stimulus need not be where its signal is: it can be listed.
      const pre = change.pre === stimulus ? post : slots.at(change.pre);
      return [[post.address, post.stride, pre.address, pre.stride]];
    });
    const known = products.length === changes.length ? products : [];
    const table = this.#arena.bytes(Math.max(16, 16 * known.length));
    new Int32Array(table.buffer, table.byteOffset, 4 * known.length).set(known.flat());
    const added = { address: table.byteOffset, number: known.length };
    return [afterBatch(({ count }) => limitWeights(this.#kernels, this.#matrices.at(synapses), limits, added, count))];
  }

  /** gradient += the change, its mean over the block */
  #addTo(gradient: number, change: Change, compilation: Compilation): readonly Step[] {
    const placed = this.#matrices.at(weightName(change.synapses));
    return gainSteps(compilation, change, placed, gradient);
  }

  #finite(changes: readonly Change[], { slots }: Compilation): Step {
    const watched = [...new Set(changes.flatMap(inputsOfChange))]
      .filter((id) => id !== stimulus)
      .map((id) => slots.at(id));
    return ({ count }) => {
      if (watched.every((slot) => this.#kernels.allFinite(slot.address, lengthOf(slot, count)) !== 0)) return;
      throw new NotFinite();
    };
  }

  #gradient(synapses: string): number {
    const name = weightName(synapses);
    const found = this.#gradients.get(name);
    if (found !== undefined) return found;
    const made = this.#arena.float32(paddedSize(this.#matrices.at(name)));
    this.#plastic.sums.push(made);
    this.#gradients.set(name, made.byteOffset);
    return made.byteOffset;
  }
}

/**
 * Weights between their bounds, and zero where there is no synapse.
 * @param added the products that were added to possible ones: see the kernel `limit`; none where others may have changed them
 */
export function limitWeights(
  kernels: Kernels,
  { address, rows, columns }: PlacedMatrix,
  { bounds, presence = 0 }: Limits,
  added = { address: 0, number: 0 },
  count = 1,
): void {
  const { min, max } = bounds ?? { min: -Infinity, max: Infinity };
  kernels.limit(...([address, rows, columns, min, max, presence, added.address, added.number, count] as const));
}

/** Whether changes can go to the weights at once: products, and decays that do not take turns. */
function isDirect(changes: readonly Change[]): changes is readonly OuterChange[] {
  const outer = changes.flatMap((change) => ('value' in change ? [] : [change]));
  const decays = outer.filter(({ decayBy }) => decayBy !== undefined);
  return outer.length === changes.length && (decays.length === 0 || changes.length === 1);
}

function isPlain({ kind, weightDecay = 0 }: Optimiser): boolean {
  return kind === 'plain' && weightDecay === 0;
}
