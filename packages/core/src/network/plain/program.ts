import type { Circuit } from '../../circuit/circuit.ts';
import { weightName } from '../../circuit/synapses.ts';
import {
  allChanges,
  allOperations,
  type Body,
  type Change,
  inputsOf,
  inputsOfChange,
  type Operation,
  type Trace,
} from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { Arena } from '../../kernels/memory.ts';
import { transpose } from '../../matrix.ts';
import type { Block, Machine, Step, Watch } from './block.ts';
import type { Changes } from './changes.ts';
import type { Lasting } from './lasting.ts';
import { type Matrices, readPlaced } from './matrices.ts';
import type { NoiseWriter } from './noise.ts';
import { type Compilation, compileOperation, isReadInPlace } from './operations.ts';
import { type Allowance, samplesTogether } from './parts.ts';
import { isSum, scaledSumStep, scaledSums } from './scaled-sums.ts';
import { scratchBytes } from './scratch.ts';
import type { Settling } from './settling.ts';
import { floatsOfSample, lengthOf, type Slot, Slots } from './slots.ts';

/** The stimulus and the label are the first two signals of every trace. */
const stimulus = 0;
const label = 1;

export interface ProgramParts {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly circuit: Circuit;
  readonly trace: Trace;
  /** The most samples that it is given at once. */
  readonly capacity: number;
  /** What signals may take, where batches may be computed in parts: see `samplesTogether`. */
  readonly allowance?: Allowance;
  readonly matrices: Matrices;
  readonly lasting: Lasting;
  readonly noise: NoiseWriter;
  /** What becomes of changes; without it, nothing does. */
  readonly changes?: Changes | undefined;
  /** Whether running means move and lasting states become what they are said to. */
  readonly learns: boolean;
  /** Whether nobody asks for signals without symbols, so that scaled sums are done in one pass: see `scaledSums`. */
  readonly joinsSums?: boolean;
  /** Whether nobody asks for any signal but the result, so that signals may lie where others did: see `roomsOf`. */
  readonly sharesRoom?: boolean;
}

const noSums: ReturnType<typeof scaledSums> = { sums: new Map(), products: new Set() };

/**
 * A trace as steps over blocks of samples, one kernel an operation: always possible, always right. Weights are read where they
 * lie.
 */
export class Program {
  /** The most samples that it computes together. */
  readonly capacity: number;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #slots: Slots;
  readonly #machine: Machine;
  readonly #steps: readonly Step[];
  readonly #joinsSums: boolean;
  readonly #readsInputs: boolean;
  readonly #readsLabels: boolean;

  constructor(parts: ProgramParts) {
    const { kernels, memory, circuit, trace, capacity: batch, allowance, sharesRoom } = parts;
    this.#joinsSums = parts.joinsSums ?? false;
    this.#kernels = kernels;
    this.#arena = new Arena(memory);
    this.#readsInputs = readsInputs(trace, (synapses) => parts.matrices.at(weightName(synapses)).flipped);
    const bytes = (samples: number) =>
      4 * samples * floatsOfSample(circuit, trace, sharesRoom) + this.#roomOfProducts(circuit, samples).bytes;
    this.capacity = allowance ? samplesTogether(batch, parts, bytes, allowance) : batch;
    this.#slots = new Slots(this.#arena, circuit, trace, this.capacity, sharesRoom);
    const products = this.#roomOfProducts(circuit, this.capacity);
    const scratch = this.#arena.allocate(products.bytes);
    this.#machine = { kernels, memory, scratch, lists: scratch + products.lists };
    const read = [...allOperations(trace).flatMap(inputsOf), ...allChanges(trace).flatMap(inputsOfChange)];
    this.#readsLabels = read.includes(label) || trace.result === label;
    const used = new Set(read);
    const compilation: Compilation = {
      ...parts,
      capacity: this.capacity,
      inParts: this.capacity < batch,
      machine: this.#machine,
      slots: this.#slots,
      arena: this.#arena,
      used,
      compileBody: (body, within, end, settling) => this.#compileBody(body, within, end, settling),
    };
    this.#steps = this.#compileBody(trace, compilation, 'apply');
  }

  /**
   * The bytes that products of so many samples take, and where in them lists of inputs are: where these are listed, what products of all of
   * them would take is free for the lists.
   */
  #roomOfProducts(circuit: Circuit, samples: number): { readonly bytes: number; readonly lists: number } {
    const all = scratchBytes(circuit, samples);
    const others = circuit.allSynapses.filter(({ pre }) => pre.name !== 'stimulus');
    const apart = this.#readsInputs ? all : scratchBytes(circuit, samples, others);
    const lists = this.#kernels.sparseListBytes(samples, circuit.stimulus.size);
    return { bytes: Math.max(all, apart + lists), lists: apart };
  }

  /**
   * Computes all signals for samples at positions first … first + count − 1 of the source's order, and what comes of them: part by part, where they
   * are more than it computes together.
   * @param follow who looks at what is repeated; and what is done after each part, before the next takes its place
   * @throws NotFinite
   */
  run(
    source: Block['source'],
    first: number,
    count: number,
    follow: { readonly watch?: Watch | undefined; readonly computed?: (before: number, count: number) => void } = {},
  ): void {
    const { watch, computed } = follow;
    for (let before = 0; before < count; before += this.capacity) {
      const part = Math.min(this.capacity, count - before);
      this.#run({ source, first: first + before, count: part, before, batch: count, ...(watch && { watch }) });
      computed?.(before, part);
    }
  }

  #run(part: Omit<Block, 'sparse'>): void {
    const { source, first, count } = part;
    const { inputs, labels } = { inputs: this.#slots.at(stimulus), labels: this.#slots.at(label) };
    const { lists } = this.#machine;
    const sparse = source.sparse && this.#kernels.listInputs(source.address, first, count, inputs.size, lists) !== 0;
    const block = { ...part, sparse };
    if (!sparse || this.#readsInputs) {
      this.#kernels.loadInputs(source.address, first, count, inputs.size, inputs.address);
    }
    if (this.#readsLabels) this.#kernels.loadTargets(source.address, first, count, labels.size, labels.address);
    for (const step of this.#steps) step(block);
  }

  /** The values of a signal: of each of the first `count` samples, one after the other; or of synapses, post × pre. */
  read(signal: number, count: number): Float32Array {
    const { address, size, stride, matrix } = this.#slots.at(signal);
    const { memory } = this.#arena;
    if (matrix) {
      const lying = readPlaced(memory, matrix);
      return (matrix.flipped ? transpose(lying) : lying).data;
    }
    const from = new Float32Array(memory.buffer, address, count * stride);
    const values = new Float32Array(count * size);
    for (let i = 0; i < count; i++) values.set(from.subarray(i * stride, i * stride + size), i * size);
    return values;
  }

  /** Where a signal lies, for kernels that go on with it. */
  slot(signal: number): Slot {
    return this.#slots.at(signal);
  }

  /** Room for so many numbers a sample, with the program's own. */
  room(stride: number): number {
    return this.#arena.float32(this.capacity * stride).byteOffset;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#arena.dispose();
  }

  /** What is done, what of it is learned, and then what states become, all of which is of what signals were in this step. */
  #compileBody(
    body: Body,
    compilation: Compilation,
    end?: 'accumulate' | 'apply',
    settling?: Settling,
  ): readonly Step[] {
    const { sums, products } = this.#joinsSums ? scaledSums(body, compilation.trace) : noSums;
    const steps = body.operations.flatMap((operation) => {
      if (operation.kind === 'scale' && products.has(operation.output)) return [];
      const sum = isSum(operation) ? sums.get(operation.output) : undefined;
      return sum && isSum(operation)
        ? [scaledSumStep(sum, operation.output, compilation)]
        : compileOperation(operation, compilation);
    });
    const learned = end && compilation.changes?.[end](body, compilation);
    return [
      ...steps,
      ...(learned ?? []),
      ...(settling ? [() => settling.look()] : []),
      ...commits(body, compilation, settling),
    ];
  }
}

/**
 * Whether something reads the inputs themselves. What synapses from the stimulus do can be done with the inputs' lists, where they lie by input.
 */
function readsInputs(trace: Trace, liesByInput: (synapses: string) => boolean): boolean {
  const isListed = (each: { readonly synapses: string }) => liesByInput(each.synapses);
  const operationReads = (operation: Operation): boolean => {
    if (operation.kind === 'outer') {
      return operation.post === stimulus || (operation.pre === stimulus && !isListed(operation));
    }
    if (operation.kind !== 'drive') return inputsOf(operation).includes(stimulus);
    const { by, reversed } = operation;
    return operation.input === stimulus && (by !== undefined || reversed !== undefined || !isListed(operation));
  };
  const changeReads = (change: Change): boolean => {
    if ('value' in change) return change.value === stimulus;
    return change.post === stimulus || (change.pre === stimulus && !isListed(change));
  };
  return allOperations(trace).some(operationReads) || allChanges(trace).some(changeReads) || trace.result === stimulus;
}

/** What states become at the end of a body, all at once; only those of samples that still settle, where that is said. */
function commits({ operations }: Body, compilation: Compilation, settling?: Settling): readonly Step[] {
  const { trace, slots, machine, learns, lasting } = compilation;
  const { kernels } = machine;
  const states = allOperations(trace).flatMap((each) => (each.kind === 'state' ? [each] : []));
  const becoming = operations.flatMap((each) => (each.kind === 'become' ? [each] : []));
  const changed = new Set(becoming.map(({ state }) => state));
  const kept = becoming.map(({ state, next }) => {
    const operation = states.find(({ output }) => output === state)!;
    const { name, lasts } = operation;
    const keeps = learns && lasts === 'ever' && !isReadInPlace(operation, compilation);
    const from = slots.at(next);
    // What is itself a state that becomes something is held until all have been read.
    const held = changed.has(next) || settling ? slots.like(state) : from;
    return { from, to: slots.at(state), held, name, keeps };
  });
  return [
    ...kept.flatMap(({ from, held }): Step[] => {
      if (held === from) return [];
      return [({ count }) => kernels.copy(from.address, held.address, lengthOf(from, count))];
    }),
    ...kept.map(({ held, to, name, keeps }): Step => {
      if (settling) {
        const at = (slot: Slot, sample: number) => slot.address + Float32Array.BYTES_PER_ELEMENT * sample * slot.stride;
        return () =>
          settling.forMoving((first, count) => kernels.copy(at(held, first), at(to, first), lengthOf(to, count)));
      }
      return ({ count }) => {
        kernels.copy(held.address, to.address, lengthOf(to, count));
        if (keeps) lasting.keep(kernels, name, to);
      };
    }),
  ];
}
