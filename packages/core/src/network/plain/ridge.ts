import { dependentOn, linearPart } from '../../circuit/linear.ts';
import { allOperations, type Body, inputsOf, outputsOf } from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';
import type { Block, Step } from './block.ts';
import { hollowSteps, type OuterChange } from './change-steps.ts';
import { fillWith } from './fill.ts';
import { type PlacedMatrix, paddedSize } from './matrices.ts';
import { type Compilation, compileOperation } from './operations.ts';
import { scratchBytes } from './scratch.ts';
import { Slots } from './slots.ts';
import { isDriveOf } from './unit-drives.ts';

/** The stimulus and the label are the first two signals of every trace. */
const sources = [0, 1];

/**
 * What synapses gain by a ridge λ: learning under white noise of variance λ on the input and, independently, on the label, averaged
 * exactly. Signals are linear in both, so that a product of two of them gains `λ Σ_i post(e_i) pre(e_i)ᵀ`, with their responses to
 * each unit vector e_i.
 */
export class Ridge {
  readonly #responses: readonly Responses[];

  constructor(body: Body, ridge: number, compilation: Compilation) {
    this.#responses = sources
      .filter((source) => compilation.slots.at(source).size > 0)
      .map((source) => new Responses(body, source, ridge, compilation));
  }

  /** Compute the responses, at the weights as they are. */
  get steps(): readonly Step[] {
    return this.#responses.flatMap(({ steps }) => steps);
  }

  /** target += factor · what a change gains by the ridge; the target lies as the weights of the synapses do. */
  gain(change: OuterChange, placed: PlacedMatrix, target: number, factor: () => number): readonly Step[] {
    return this.#responses.flatMap((each) => each.gain(change, placed, target, factor));
  }
}

/** How signals respond to noise on one of the two. */
class Responses {
  readonly steps: readonly Step[];
  readonly #source: number;
  readonly #ridge: number;
  readonly #dependent: ReadonlySet<number>;
  readonly #own: Compilation;
  readonly #count: number;

  constructor(body: Body, source: number, ridge: number, compilation: Compilation) {
    const { circuit, arena, trace, machine } = compilation;
    const { size: count } = compilation.slots.at(source);
    this.#source = source;
    this.#ridge = ridge;
    this.#count = count;
    this.#dependent = dependentOn(body, source);
    const slots = new Slots(arena, circuit, trace, padded(count));
    this.#own = {
      ...compilation,
      slots,
      units: source,
      machine: { ...machine, scratch: arena.allocate(scratchBytes(circuit, count)) },
    };
    const either = new Set(sources.flatMap((each) => [...dependentOn(body, each)]));
    const constants = body.operations.filter((each) => !outputsOf(each).some((signal) => either.has(signal)));
    const operations = [...constants, ...linearPart(body, source).operations];
    const isRead = allOperations({ operations, changes: [] }).some(
      (each) => inputsOf(each).includes(source) && !isDriveOf(source, each),
    );
    const isGained = body.changes.some(
      (change) => !('value' in change) && change.post === source && change.pre === source,
    );
    if (isRead || isGained) {
      const units = { length: count * count, at: (i: number) => Number(i % (count + 1) === 0) };
      fillWith(machine.memory, slots.at(source), count, units);
    }
    this.steps = operations.flatMap((each) => compileOperation(each, this.#own)).map((step) => this.#ofAll(step));
  }

  gain(change: OuterChange, placed: PlacedMatrix, target: number, factor: () => number): readonly Step[] {
    const { post, pre } = change;
    if (!this.#dependent.has(post) || !this.#dependent.has(pre)) return [];
    const { slots, machine, arena } = this.#own;
    const { kernels, scratch } = machine;
    const { rows, columns, flipped } = placed;
    const count = this.#count;
    const isByPre = pre === this.#source;
    const scaledOf = isByPre ? post : pre;
    const [responses, scaled] = [slots.at(scaledOf), slots.like(scaledOf)];
    const length = count * responses.stride;
    const scale: Step = () => kernels.scale(this.#ridge, responses.address, scaled.address, length);
    const hollow = hollowSteps(this.#own, placed, target);
    if (!isByPre && post !== this.#source) {
      const ends = [slots.at(post).address, scaled.address] as const;
      const [left, right] = flipped ? [ends[1], ends[0]] : ends;
      const add = () => kernels.addOuterProducts(target, rows, columns, left, right, count, factor(), scratch);
      return [scale, add, ...hollow];
    }
    // A unit vector at one end: the responses at the other are what is gained, as they lie or turned.
    if (isByPre === flipped)
      return [scale, () => kernels.addScaled(target, factor(), scaled.address, target, length), ...hollow];
    const turned = arena.float32(paddedSize(placed)).byteOffset;
    return [
      scale,
      () => kernels.transpose(scaled.address, count, responses.size, turned),
      () => kernels.addScaled(target, factor(), turned, target, paddedSize(placed)),
      ...hollow,
    ];
  }

  /** Does a step with all unit vectors, as if they were samples. */
  #ofAll(step: Step): Step {
    const count = this.#count;
    return (block: Block) => step({ ...block, first: 0, count, before: 0, batch: count, sparse: false });
  }
}
