// Runs a traced rule, sample after sample, without leaving WebAssembly. A program is a list of int32 words: an opcode, then
// its operands (addresses of synapses and slots, lengths). Slots hold a signal: one padded vector, and where there is ridge,
// behind it the signal's responses to each of the noise directions.
import { activate } from './activation';
import { activateCells, rebaseCells } from './active-cells';
import * as active from './active-synapses';
import * as dense from './dense-synapses';
import { applyWaiting } from './input-passes';
import * as input from './input-synapses';
import * as labelled from './label-synapses';
import {
  Activation,
  ActiveCells,
  ActiveSynapses,
  DenseSynapses,
  InputSynapses,
  LabelSynapses,
  Program,
  RegressionSynapses,
  Source,
} from './layout';
import * as regression from './regression-synapses';
import * as sample from './sample';
import { copy, multiply, negate, subtract } from './vector';

/** The opcodes; src/kernels/program.ts has the same list. */
enum Opcode {
  End = 0,
  /** synapses, output: output = W x. */
  DriveInput = 1,
  /** synapses, input, output, count: output = W input. */
  Drive = 2,
  /** synapses, input, output, count: output = Wᵀ input. */
  DriveTransposed = 3,
  /** synapses, input, output: output = Wᵀ input, and its responses where those of the input are the unit vectors. */
  DriveTransposedUnits = 4,
  /** a, b, output, length, rest: output = a − b, and behind it, over `rest` numbers, −b: a has no responses there. */
  Subtract = 5,
  /** a, output, length: output = a. */
  Copy = 6,
  /** synapses, left, right, decay (0 or 1), what noise adds (dense.Noise): W += η (left rightᵀ − decay W + …). */
  Learn = 7,
  /** synapses, post, responses: W += η (post xᵀ + …). */
  LearnInput = 8,
  /** activation, input, output, slope: output = f(input) − mean, slope = f′(input). */
  Activate = 9,
  /** a, b, output, length: output = a ⊙ b. */
  Multiply = 10,
  /** cells, input: lists the active cells, and moves the running mean. */
  ActivateCells = 11,
  /** synapses, input, output: output = W input for the active cells. */
  DriveToActive = 12,
  /** synapses, output: output = Wᵀ z, z being what the cells pass on. */
  DriveFromActive = 13,
  /** synapses, input, decay: W += η (z inputᵀ − decay W). */
  LearnActive = 14,
  /** synapses, post, cells: W += η post xᵀ, where `post` is of the active cells. */
  LearnInputActive = 15,
  /** cells, count, synapses …: now and then, multiplies the scales into what they scale. */
  Rebase = 16,
  /** synapses, output: output = W y. */
  DriveLabel = 17,
  /** synapses, post, decay: W += η (post yᵀ − decay W). */
  LearnLabel = 18,
  /** synapses, input, output: output = W2ᵀ (y − W2 input), and its responses to noise. */
  DriveError = 19,
  /** synapses, input: W2 += η ((y − W2 input) inputᵀ + …), after DriveError. */
  LearnError = 20,
}

/** Samples between two times that the scales of rectified cells and their synapses are rebased, at most. */
const rebasingInterval: i64 = 1024;
/** Below this ρ they are rebased earlier, before T and ζ Pᵀ grow far beyond their difference. */
const smallestRho: f64 = 0.5;

@inline
function operand(at: usize, index: i32): usize {
  return <usize>load<i32>(at + (<usize>index << 2));
}

/** Samples that are brought into the cache together. */
const touchedSamples: i32 = 16;

/** Runs the program for the sample at hand. Returns whether what was learned was finite. */
function run(program: Program): bool {
  let at = program.code;
  let finite = true;
  while (true) {
    switch (load<i32>(at)) {
      case Opcode.DriveInput: {
        input.drive(changetype<InputSynapses>(operand(at, 1)), operand(at, 2));
        at += 12;
        break;
      }
      case Opcode.Drive: {
        dense.drive(changetype<DenseSynapses>(operand(at, 1)), operand(at, 2), operand(at, 3), <i32>operand(at, 4));
        at += 20;
        break;
      }
      case Opcode.DriveTransposed: {
        dense.driveTransposed(
          changetype<DenseSynapses>(operand(at, 1)),
          operand(at, 2),
          operand(at, 3),
          <i32>operand(at, 4),
        );
        at += 20;
        break;
      }
      case Opcode.DriveTransposedUnits: {
        dense.driveTransposedUnits(changetype<DenseSynapses>(operand(at, 1)), operand(at, 2), operand(at, 3));
        at += 16;
        break;
      }
      case Opcode.Subtract: {
        const length = <i32>operand(at, 4);
        const bytes = <usize>length << 2;
        subtract(operand(at, 1), operand(at, 2), operand(at, 3), length);
        negate(operand(at, 2) + bytes, operand(at, 3) + bytes, <i32>operand(at, 5));
        at += 24;
        break;
      }
      case Opcode.Copy: {
        copy(operand(at, 1), operand(at, 2), <i32>operand(at, 3));
        at += 16;
        break;
      }
      case Opcode.Learn: {
        dense.learn(
          changetype<DenseSynapses>(operand(at, 1)),
          operand(at, 2),
          operand(at, 3),
          <f64>(<i32>operand(at, 4)),
          <i32>operand(at, 5),
          program,
        );
        at += 24;
        break;
      }
      case Opcode.LearnInput: {
        const synapses = changetype<InputSynapses>(operand(at, 1));
        if (!input.learn(synapses, operand(at, 2), operand(at, 3))) finite = false;
        at += 16;
        break;
      }
      case Opcode.Activate: {
        activate(changetype<Activation>(operand(at, 1)), operand(at, 2), operand(at, 3), operand(at, 4));
        at += 20;
        break;
      }
      case Opcode.Multiply: {
        multiply(operand(at, 1), operand(at, 2), operand(at, 3), <i32>operand(at, 4));
        at += 20;
        break;
      }
      case Opcode.ActivateCells: {
        activateCells(changetype<ActiveCells>(operand(at, 1)), operand(at, 2));
        at += 12;
        break;
      }
      case Opcode.DriveToActive: {
        active.driveTo(changetype<ActiveSynapses>(operand(at, 1)), operand(at, 2), operand(at, 3));
        at += 16;
        break;
      }
      case Opcode.DriveFromActive: {
        active.driveFrom(changetype<ActiveSynapses>(operand(at, 1)), operand(at, 2));
        at += 12;
        break;
      }
      case Opcode.LearnActive: {
        active.learn(changetype<ActiveSynapses>(operand(at, 1)), operand(at, 2), <f64>(<i32>operand(at, 3)));
        at += 16;
        break;
      }
      case Opcode.LearnInputActive: {
        const synapses = changetype<InputSynapses>(operand(at, 1));
        const cells = changetype<ActiveCells>(operand(at, 3));
        if (!input.learnActive(synapses, operand(at, 2), cells)) finite = false;
        at += 16;
        break;
      }
      case Opcode.Rebase: {
        rebaseAll(at);
        at += 12 + (operand(at, 2) << 2);
        break;
      }
      case Opcode.DriveLabel: {
        labelled.drive(changetype<LabelSynapses>(operand(at, 1)), operand(at, 2));
        at += 12;
        break;
      }
      case Opcode.LearnLabel: {
        labelled.learn(changetype<LabelSynapses>(operand(at, 1)), operand(at, 2), <f64>(<i32>operand(at, 3)));
        at += 16;
        break;
      }
      case Opcode.DriveError: {
        regression.driveError(changetype<RegressionSynapses>(operand(at, 1)), operand(at, 2), operand(at, 3));
        at += 16;
        break;
      }
      case Opcode.LearnError: {
        regression.learn(changetype<RegressionSynapses>(operand(at, 1)), operand(at, 2), program);
        at += 12;
        break;
      }
      default:
        return finite;
    }
  }
}

/** See Opcode.Rebase: where it is time, makes ρ and all α 1. */
function rebaseAll(at: usize): void {
  const cells = changetype<ActiveCells>(operand(at, 1));
  if (!sample.completes(rebasingInterval) && load<f64>(cells.scales) > smallestRho) return;
  const end = 3 + <i32>operand(at, 2);
  for (let i = 3; i < end; i++) active.rebase(changetype<ActiveSynapses>(operand(at, i)));
  rebaseCells(cells);
  for (let i = 3; i < end; i++) active.project(changetype<ActiveSynapses>(operand(at, i)));
}

/** S of the synapses for the T and ζ that are there: after they were written from outside. */
export function project(synapses: usize): void {
  active.project(changetype<ActiveSynapses>(synapses));
}

/** ‖ζ‖² for the ζ that is there, and ρ = 1: after it was written from outside. */
export function startCells(cells: usize): void {
  rebaseCells(changetype<ActiveCells>(cells));
}

/** A = I and K of the synapses for the V that is there: after it was written from outside. */
export function startRegression(synapses: usize): void {
  regression.start(changetype<RegressionSynapses>(synapses));
}

/** V 1 of the synapses for the V that is there: after it was written from outside. */
export function sumLabels(synapses: usize): void {
  labelled.rebase(changetype<LabelSynapses>(synapses));
}

/**
 * Learns the samples at positions first … first + count − 1 of the source's order. Returns how many were learned before
 * one whose changes were not finite: `count` if all is well.
 */
export function learn(program: Program, source: Source, first: i32, count: i32): i32 {
  const time = <i64>load<f64>(program.time);
  const label = program.label;
  let learned = 0;
  sample.open(source);
  for (; learned < count; learned++) {
    if (learned % touchedSamples == 0) {
      sample.touch(first + learned, first + min(learned + touchedSamples, count));
    }
    sample.take(first + learned);
    sample.setRates(program, time + <i64>learned);
    if (label) sample.copyLabel(label, program.labels);
    if (!run(program)) break;
  }
  applyWaiting();
  store<f64>(program.time, <f64>(time + <i64>learned));
  return learned;
}
