import type { Operation, Trace } from '../../circuit/trace.ts';
import { writeStructure } from '../../kernels/layout.ts';
import type { Arena } from '../../kernels/memory.ts';
import { type Instruction, noise, opcode, writeWords } from '../../kernels/program.ts';
import type {
  Layout,
  PlacedActive,
  PlacedCells,
  PlacedDense,
  PlacedInput,
  PlacedLabel,
  PlacedRegression,
} from './layout.ts';
import type { OuterChange } from './representation.ts';
import { type Slot, Slots } from './slots.ts';

/** The stimulus and the label are the first two signals of every trace. */
const stimulus = 0;
const label = 1;

/**
 * Turns the trace of what is done to learn a sample into a program for the kernels; returns its address. Where there is ridge, the trace is also applied to its
 * noise: white noise of variance λ on the input, averaged exactly. Every signal that depends on the input then carries its
 * linear responses to the directions of that noise as seen by the hidden units, and what is learned from a pair of signals
 * gains the covariance of their responses:  ΔW += η λ Σ_ij post_i (W1 W1ᵀ)_ij pre_jᵀ.  For BMVR this is
 * ΔW1 −= λ Q Qᵀ W1 and ΔQ += λ W1 W1ᵀ Q; for backprop ΔW1 −= λ W2ᵀ W2 W1 and ΔW2 −= λ W2 W1 W1ᵀ.
 */
export function compile(arena: Arena, layout: Layout, trace: Trace): number {
  const slots = new Slots(arena, layout, trace, layout.ridge > 0 ? layout.hidden : 0);
  slots.add(label);
  const compiler = new Compiler(layout, trace, slots);
  const instructions = [
    ...trace.operations.flatMap((operation) => compiler.operation(operation)),
    ...compiler.changes(),
    ...compiler.rebasing(),
  ];
  return writeStructure(arena, 'program', {
    code: writeWords(arena, [...instructions.flat(), opcode.end]),
    label: compiler.readsLabel ? slots.get(label).address : 0,
    labels: layout.size('label'),
    time: layout.time,
    rates: writeWords(arena, layout.rates),
    rateCount: layout.rates.length,
    directions: slots.directions,
    gram: compiler.gram,
    ridge: layout.ridge,
  });
}

/** What becomes of each part of one trace. */
class Compiler {
  readonly #layout: Layout;
  readonly #trace: Trace;
  readonly #slots: Slots;
  /** The nonlinearity of the hidden units, once their activity has been computed. */
  #cells: PlacedCells | undefined;

  constructor(layout: Layout, trace: Trace, slots: Slots) {
    this.#layout = layout;
    this.#trace = trace;
    this.#slots = slots;
  }

  /** The address of W1 W1ᵀ, where synapses from the stimulus learn. */
  get gram(): number {
    const placed = this.#trace.changes.map(({ synapses }) => this.#layout.synapses(synapses));
    return placed.find((each) => each.kind === 'input')?.weights.gram ?? 0;
  }

  /** Whether any instruction reads the label as a vector. */
  get readsLabel(): boolean {
    const { operations, changes } = this.#trace;
    const isPlain = (synapses: string) => !['label', 'regression'].includes(this.#layout.synapses(synapses).kind);
    const driven = operations.some((each) => {
      if (each.kind === 'drive') return each.input === label && isPlain(each.synapses);
      return (
        each.kind === 'minus' && [each.left, each.right].includes(label) && !this.#isErrorOfRegression(each.output)
      );
    });
    return (
      driven ||
      changes.some(
        (change) => !('value' in change) && [change.pre, change.post].includes(label) && isPlain(change.synapses),
      )
    );
  }

  /** Whether the signal is the error of synapses that are represented without computing it. */
  #isErrorOfRegression(signal: number): boolean {
    return this.#trace.changes.some(({ synapses }) => {
      const placed = this.#layout.synapses(synapses);
      return placed.kind === 'regression' && placed.signals.error === signal;
    });
  }

  operation(operation: Operation): readonly Instruction[] {
    switch (operation.kind) {
      case 'minus': {
        if (this.#isErrorOfRegression(operation.output)) return [];
        const [left, right] = [this.#slots.get(operation.left), this.#slots.get(operation.right)];
        return subtract(
          left,
          right,
          this.#slots.add(operation.output, left.noisy || right.noisy),
          this.#slots.directions,
        );
      }
      case 'activate':
        return this.#activate(operation);
      case 'gate':
        return this.#gate(operation);
      case 'drive':
        return this.#drive(operation);
      default:
        throw new TypeError(`a ${operation.kind} is not for networks that learn one sample at a time: see suitsOnline`);
    }
  }

  #activate({ input, output, slope }: Operation & { kind: 'activate' }): readonly Instruction[] {
    const cells = this.#layout.cells();
    const { address } = cells.state;
    this.#cells = cells;
    if (cells.kind === 'plain') {
      const [from, to, gate] = [this.#slots.get(input), this.#slots.add(output), this.#slots.add(slope)];
      return [[opcode.activate, address, from.address, to.address, gate.address]];
    }
    return [[opcode.activateCells, address, this.#slots.get(input).address]];
  }

  /** Where only active cells are represented, what reaches them is gated already. */
  #gate({ input, slope, output }: Operation & { kind: 'gate' }): readonly Instruction[] {
    const from = this.#slots.get(input);
    if (this.#cells?.kind === 'active') {
      this.#slots.alias(output, from);
      return [];
    }
    const to = this.#slots.add(output);
    return [[opcode.multiply, this.#slots.get(slope).address, from.address, to.address, to.stride]];
  }

  #drive(operation: Operation & { kind: 'drive' }): readonly Instruction[] {
    const { synapses, reversed, input, output } = operation;
    const placed = this.#layout.synapses(synapses);
    const { address } = placed.weights;
    switch (placed.kind) {
      case 'input': {
        if (reversed || input !== stimulus) {
          throw new TypeError(`${synapses} starts at the stimulus: only the stimulus can drive it`);
        }
        return [[opcode.driveInput, address, this.#slots.addResponding(output).address]];
      }
      case 'dense': {
        const from = this.#slots.get(input);
        const to = this.#slots.add(output, from.noisy);
        const transposed = placed.flipped !== (reversed !== undefined);
        if (transposed && from.unit) return [[opcode.driveTransposedUnits, address, from.address, to.address]];
        const vectors = 1 + (from.noisy ? this.#slots.directions : 0);
        return [[transposed ? opcode.driveTransposed : opcode.drive, address, from.address, to.address, vectors]];
      }
      case 'label': {
        return [[opcode.driveLabel, address, this.#slots.add(output).address]];
      }
      case 'regression': {
        if (input !== placed.signals.error) return [];
        const [units, to] = [this.#slots.get(placed.signals.units), this.#slots.add(output, true)];
        return [[opcode.driveError, address, units.address, to.address]];
      }
      case 'active': {
        const toCells = placed.flipped === (reversed !== undefined);
        if (toCells)
          return [[opcode.driveToActive, address, this.#slots.get(input).address, this.#slots.add(output).address]];
        return [[opcode.driveFromActive, address, this.#slots.add(output).address]];
      }
    }
  }

  /** Synapses from the stimulus come last: their learning updates W1 W1ᵀ, of which the others need the old value. */
  changes(): readonly Instruction[] {
    const outer = this.#trace.changes.filter((change): change is OuterChange => !('value' in change));
    const placed = outer.map((change) => ({ change, synapses: this.#layout.synapses(change.synapses) }));
    const others = placed.flatMap(({ change, synapses }) => {
      if (synapses.kind === 'input') return [];
      if (synapses.kind === 'active') return [this.#learnActive(change, synapses)];
      if (synapses.kind === 'regression') return [this.#learnError(synapses)];
      return [synapses.kind === 'dense' ? this.#learn(change, synapses) : this.#learnLabel(change, synapses)];
    });
    const fromStimulus = placed.flatMap(({ change, synapses }) =>
      synapses.kind === 'input' ? [this.#learnInput(change, synapses)] : [],
    );
    return [...others, ...fromStimulus];
  }

  #learn(change: OuterChange, { weights, flipped }: PlacedDense): Instruction {
    const [post, pre] = [this.#slots.get(change.post), this.#slots.get(change.pre)];
    const [left, right] = flipped ? [pre, post] : [post, pre];
    const added = !left.noisy || !right.noisy ? noise.none : left.unit ? noise.unitLeft : noise.any;
    return [opcode.learn, weights.address, left.address, right.address, change.decay, added];
  }

  #learnLabel({ post, decay }: OuterChange, { weights }: PlacedLabel): Instruction {
    return [opcode.learnLabel, weights.address, this.#slots.get(post).address, decay];
  }

  #learnError({ weights, signals }: PlacedRegression): Instruction {
    return [opcode.learnError, weights.address, this.#slots.get(signals.units).address];
  }

  #learnActive(change: OuterChange, { weights, flipped }: PlacedActive): Instruction {
    const other = this.#slots.get(flipped ? change.post : change.pre);
    return [opcode.learnActive, weights.address, other.address, change.decay];
  }

  #learnInput({ synapses, post, decay }: OuterChange, { weights }: PlacedInput): Instruction {
    if (decay) throw new TypeError(`${synapses} starts at the stimulus: decay is not implemented there`);
    const from = this.#slots.get(post);
    if (this.#cells?.kind === 'active') {
      return [opcode.learnInputActive, weights.address, from.address, this.#cells.state.address];
    }
    return [opcode.learnInput, weights.address, from.address, from.noisy ? from.address + 4 * from.stride : 0];
  }

  /** The last instruction where rectified cells learn. */
  rebasing(): readonly Instruction[] {
    if (this.#cells?.kind !== 'active') return [];
    const synapses = this.#trace.changes.map((change) => this.#layout.synapses(change.synapses));
    const addresses = synapses.flatMap((each) => (each.kind === 'active' ? [each.weights.address] : []));
    return [[opcode.rebase, this.#cells.state.address, addresses.length, ...addresses]];
  }
}

/** Differences of the values, and of the responses where either side has some. */
function subtract(left: Slot, right: Slot, output: Slot, directions: number): Instruction[] {
  const { stride } = output;
  const rest = output.noisy ? stride * directions : 0;
  const difference = (length: number, negated: number): Instruction => {
    return [opcode.subtract, left.address, right.address, output.address, length, negated];
  };
  if (left.noisy && right.noisy) return [difference(stride + rest, 0)];
  if (!left.noisy) return [difference(stride, rest)];
  return [difference(stride, 0), [opcode.copy, left.address + 4 * stride, output.address + 4 * stride, rest]];
}
