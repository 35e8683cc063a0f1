import type { Trace } from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';
import type { Loss } from '../../rules/shape.ts';
import type { Evaluator } from '../engine.ts';
import { blockSamples, type SampleSource, type Source } from '../sources.ts';
import { drawsOf, Noise } from './noise.ts';
import type { Allowance } from './parts.ts';
import { Program, type ProgramParts } from './program.ts';

/** What all programs of a network have. */
type ProgramsOf = Omit<ProgramParts, 'trace' | 'capacity' | 'learns' | 'noise'>;

/** A trace that yields something, on blocks of samples. */
export class PlainEvaluator implements Evaluator {
  readonly size: number;
  readonly #parts: ProgramsOf;
  readonly #trace: Trace;
  readonly #noise: Noise;
  readonly #program: Program;
  readonly #result: number;
  readonly #targets: number;

  /** @param allowance what signals of a block may take: see `samplesTogether` */
  constructor(parts: ProgramsOf, trace: Trace, seed: number, allowance: Allowance) {
    if (trace.result === undefined) throw new TypeError('this trace has no result');
    this.#parts = parts;
    this.#trace = trace;
    this.#noise = new Noise(seed, [drawsOf(trace, parts.circuit)]);
    const noise = this.#noise.writer(parts.kernels, parts.memory);
    this.#program = new Program({
      ...{ ...parts, trace, capacity: blockSamples, allowance, noise },
      learns: false,
      sharesRoom: true,
    });
    this.#result = trace.result;
    this.size = parts.circuit.size(trace.signals[trace.result]?.population ?? '');
    this.#targets = this.#program.room(padded(this.size));
  }

  compute(source: Source, first: number, count: number, results: Float32Array): void {
    this.#compute(source, source.place(first, count), count, results);
  }

  computeListed(source: SampleSource, count: number, results: Float32Array): void {
    this.#compute(source, 0, count, results);
  }

  loss(kind: Loss, source: Source, first: number, count: number): number {
    const { kernels } = this.#parts;
    const { address, size, stride } = this.#program.slot(this.#result);
    const isSoftmax = this.#trace.operations.some((each) => each.kind === 'softmax' && each.output === this.#result);
    const crossEntropy = isSoftmax ? kernels.softmaxCrossEntropy : kernels.binaryCrossEntropy;
    const kernel = kind === 'squared' ? kernels.sumSquaredDistances : crossEntropy;
    const place = source.place(first, count);
    let total = 0;
    this.#run(source, place, count, (before, part) => {
      kernels.loadTargets(source.address, place + before, part, size, this.#targets);
      total = kernel(address, this.#targets, part, size, stride, total);
    });
    return total;
  }

  dispose(): void {
    this.#program.dispose();
  }

  #compute(source: Source, place: number, count: number, results: Float32Array): void {
    this.#run(source, place, count, (before, part) => {
      results.set(this.#program.read(this.#result, part), before * this.size);
    });
  }

  #run(source: Source, place: number, count: number, computed: (before: number, part: number) => void): void {
    this.#noise.goTo();
    this.#program.run(source, place, count, { computed });
  }
}
