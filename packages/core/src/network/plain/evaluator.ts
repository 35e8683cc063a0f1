import type { Trace } from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';
import type { Loss } from '../../rules/shape.ts';
import type { Evaluator } from '../engine.ts';
import { blockSamples, type SampleSource, type Source } from '../sources.ts';
import { drawsOf, Noise } from './noise.ts';
import { Program, type ProgramParts } from './program.ts';

/** A trace that yields something, on blocks of samples. */
export class PlainEvaluator implements Evaluator {
  readonly size: number;
  readonly #parts: Omit<ProgramParts, 'trace' | 'capacity' | 'learns' | 'noise'>;
  readonly #trace: Trace;
  readonly #noise: Noise;
  readonly #program: Program;
  readonly #result: number;
  readonly #targets: number;

  constructor(parts: PlainEvaluator['parts'], trace: Trace, seed: number) {
    if (trace.result === undefined) throw new TypeError('this trace has no result');
    this.#parts = parts;
    this.#trace = trace;
    this.#noise = new Noise(seed, [drawsOf(trace, parts.circuit)]);
    const noise = this.#noise.writer(parts.kernels, parts.memory);
    this.#program = new Program({
      ...{ ...parts, trace, capacity: blockSamples, noise },
      learns: false,
      sharesRoom: true,
    });
    this.#result = trace.result;
    this.size = parts.circuit.size(trace.signals[trace.result]?.population ?? '');
    this.#targets = this.#program.room(padded(this.size));
  }

  get parts() {
    return this.#parts;
  }

  compute(source: Source, first: number, count: number, results: Float32Array): void {
    this.#run(source, first, count);
    results.set(this.#program.read(this.#result, count));
  }

  computeListed(source: SampleSource, count: number, results: Float32Array): void {
    this.#noise.goTo();
    this.#program.run(source, 0, count);
    results.set(this.#program.read(this.#result, count));
  }

  loss(kind: Loss, source: Source, first: number, count: number): number {
    const { kernels } = this.#parts;
    const { address, size, stride } = this.#run(source, first, count);
    kernels.loadTargets(source.address, source.place(first, count), count, size, this.#targets);
    if (kind === 'squared') return kernels.sumSquaredDistances(address, this.#targets, count, size, stride);
    const isSoftmax = this.#trace.operations.some((each) => each.kind === 'softmax' && each.output === this.#result);
    const kernel = isSoftmax ? kernels.softmaxCrossEntropy : kernels.binaryCrossEntropy;
    return kernel(address, this.#targets, count, size, stride);
  }

  dispose(): void {
    this.#program.dispose();
  }

  #run(source: Source, first: number, count: number) {
    this.#noise.goTo();
    this.#program.run(source, source.place(first, count), count);
    return this.#program.slot(this.#result);
  }
}
