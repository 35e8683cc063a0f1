import type { Circuit } from '../../circuit/circuit.ts';
import { type FixedSynapses, weightName } from '../../circuit/synapses.ts';
import type { Trace } from '../../circuit/trace.ts';
import { ActivationState } from '../../kernels/activation.ts';
import { ActiveCells } from '../../kernels/active-cells.ts';
import { ActiveWeights } from '../../kernels/active-weights.ts';
import { DenseWeights } from '../../kernels/dense-weights.ts';
import { InputWeights, largestBlock } from '../../kernels/input-weights.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { LabelWeights } from '../../kernels/label-weights.ts';
import type { Arena } from '../../kernels/memory.ts';
import { type HyperbolicRate, Rates } from '../../kernels/rate.ts';
import { RegressionWeights } from '../../kernels/regression-weights.ts';
import { type Matrix, transpose } from '../../matrix.ts';
import type { Blueprint, NetworkOptions, Shape } from '../options.ts';
import { startOf } from '../start.ts';
import type { Layout, Placed, PlacedCells } from './layout.ts';
import { chooseActivity, findRegression, isLabelled, isWorthRegression } from './representation.ts';

/** One set of synapses: its place in memory, and how it is listed among the weights. */
interface Entry {
  readonly placed: Placed;
  readonly shape: Shape;
  /** Whether what lies in memory is the transpose of what is listed. */
  readonly transposed: boolean;
}

/** All that a network learns, in the kernels' memory: synapses, the running mean of its units, and the time. */
export class Placement implements Layout {
  readonly hidden: number;
  readonly ridge: number;
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #circuit: Circuit;
  readonly #options: NetworkOptions;
  readonly #time: Float64Array;
  readonly #entries = new Map<string, Entry>();
  readonly #cells: PlacedCells | undefined;
  readonly #rates: Rates;

  /** @param trace of what is done to learn one sample */
  constructor(arena: Arena, kernels: Kernels, blueprint: Blueprint, trace: Trace, options: NetworkOptions) {
    const { circuit, architecture, plasticity } = blueprint;
    this.hidden = architecture.hidden[0]!;
    this.ridge = options.ridge ?? 0;
    this.#arena = arena;
    this.#kernels = kernels;
    this.#circuit = circuit;
    this.#options = options;
    this.#time = arena.float64(1);
    this.#rates = new Rates(arena, ratesOf(plasticity));
    this.#cells = this.#placeCells(trace);
    const hiddenUnits = trace.operations.find((operation) => operation.kind === 'activate')?.input;
    const population = hiddenUnits === undefined ? undefined : trace.signals[hiddenUnits]?.population;
    for (const synapses of circuit.allSynapses) {
      const driven = trace.operations.some(
        (operation) =>
          operation.kind === 'drive' &&
          operation.synapses === synapses.name &&
          trace.signals[operation.input]?.population === population,
      );
      this.#entries.set(weightName(synapses.name), this.#place(synapses, trace, population, driven));
    }
    this.start();
  }

  get samplesSeen(): number {
    return this.#time[0] as number;
  }

  get time(): number {
    return this.#time.byteOffset;
  }

  /** Whether synapses from the stimulus read inputs by the lists of their chunks: those of few units. */
  get readsLists(): boolean {
    return this.hidden <= largestBlock && this.#cells?.kind !== 'active';
  }

  get rates(): readonly number[] {
    return this.#rates.addresses;
  }

  size(population: string): number {
    return this.#circuit.size(population);
  }

  synapses(name: string): Placed {
    return this.#entry(weightName(name)).placed;
  }

  cells(): PlacedCells {
    if (!this.#cells) throw new TypeError('linear units have no nonlinearity');
    return this.#cells;
  }

  /**
   * Sets the weights and t that were given, and the others to how they start. What learning has left besides is cleared, for it need
   * not be finite. The mean comes first: see `ActiveCells`.
   */
  start(): void {
    const { weights = {} } = this.#options;
    const means = this.#hasMean ? [['zbar', { rows: this.hidden, cols: 1 }] as const] : [];
    const starts = startOf(this.#circuit.allSynapses, new Map(means), this.#options);
    this.#time[0] = this.#options.samplesSeen ?? 0;
    if (!this.#hasMean && this.#cells?.kind === 'active') this.#cells.state.clear();
    if (this.#hasMean) this.#cells?.state.writeMean(weights.zbar?.data ?? new Float32Array(this.hidden));
    for (const [name, { placed, transposed }] of this.#entries) {
      const start = starts.get(name)!;
      for (const array of placed.weights.state) array.fill(0);
      placed.weights.write((transposed ? transpose(start) : start).data);
    }
  }

  /** The matrix of the synapses as it is now, one row a postsynaptic cell. */
  matrix(synapses: string): Matrix {
    const { placed, shape, transposed } = this.#entry(weightName(synapses));
    const listed = readListed({ placed, shape, transposed });
    return synapses === weightName(synapses) ? listed : transpose(listed);
  }

  /** The names of `weights`. */
  get weightNames(): readonly string[] {
    return [...this.#entries.keys(), ...(this.#hasMean && this.#cells ? ['zbar'] : [])];
  }

  /** Copies of the weights by name, and z̄ where there is one. */
  weights(): Record<string, Matrix> {
    const weights: Record<string, Matrix> = {};
    for (const [name, entry] of this.#entries) weights[name] = readListed(entry);
    if (this.#hasMean && this.#cells) {
      weights.zbar = { rows: this.hidden, cols: 1, data: Float32Array.from(this.#cells.state.readMean()) };
    }
    return weights;
  }

  /** Learns with these rates from now on. */
  setPlasticity(plasticity: Blueprint['plasticity']): void {
    this.#rates.set(ratesOf(plasticity));
  }

  /** Everything that the future depends on. */
  state(): readonly (Float32Array | Float64Array)[] {
    const weights = [...this.#entries.values()].flatMap(({ placed }) => placed.weights.state);
    return [this.#time, ...(this.#cells?.state.state ?? []), ...weights];
  }

  get #hasMean(): boolean {
    return this.#options.meanRate !== undefined;
  }

  #placeCells(trace: Trace): PlacedCells | undefined {
    const { activation = 'linear', meanRate } = this.#options;
    const { hidden } = this;
    if (activation !== 'relu' && activation !== 'tanh') return undefined;
    const representation = this.#options.activityRepresentation ?? chooseActivity(trace);
    if (representation === 'active') {
      return { kind: 'active', state: new ActiveCells(this.#arena, this.#kernels, hidden, meanRate ?? 0) };
    }
    return { kind: 'plain', state: new ActivationState(this.#arena, activation, hidden, meanRate) };
  }

  /**
   * @param nonlinear the population whose units are not linear
   * @param driven whether it drives these synapses when a sample is learned
   */
  #place(synapses: FixedSynapses<string, string>, trace: Trace, nonlinear: string | undefined, driven: boolean): Entry {
    const { post, pre } = synapses;
    const rate = this.#rates.address(weightName(synapses.name));
    const [rows, columns] = [post.size, pre.size];
    const listedTransposed = synapses.name !== weightName(synapses.name);
    const shape = listedTransposed ? { rows: columns, cols: rows } : { rows, cols: columns };
    if (pre === this.#circuit.stimulus) {
      const sizes = { rows, columns, rate, ridge: this.ridge, listed: this.readsLists };
      const weights = new InputWeights(this.#arena, this.#kernels, sizes);
      return { placed: { kind: 'input', weights }, shape, transposed: listedTransposed };
    }
    if (this.#cells?.kind === 'active' && [post.name, pre.name].includes(nonlinear ?? '')) {
      const flipped = pre.name === nonlinear;
      const cells = this.#cells.state;
      const sizes = { cells, columns: flipped ? rows : columns, rate, projected: driven };
      const weights = new ActiveWeights(this.#arena, this.#kernels, sizes);
      return { placed: { kind: 'active', weights, flipped }, shape, transposed: listedTransposed !== flipped };
    }
    if (isLabelled(trace, synapses.name)) {
      const weights = new LabelWeights(this.#arena, this.#kernels, rows, columns, rate);
      return { placed: { kind: 'label', weights }, shape, transposed: !listedTransposed };
    }
    const isWorth = this.ridge > 0 && isWorthRegression(columns, rows);
    const signals = isWorth ? findRegression(trace, synapses.name) : undefined;
    if (signals) {
      const weights = new RegressionWeights(this.#arena, this.#kernels, columns, rows, rate);
      return { placed: { kind: 'regression', weights, signals }, shape, transposed: listedTransposed };
    }
    const flipped = rows > columns;
    const [lying, standing] = flipped ? [columns, rows] : [rows, columns];
    const weights = new DenseWeights(this.#arena, lying, standing, rate, this.ridge > 0 ? this.hidden : 0);
    return { placed: { kind: 'dense', weights, flipped }, shape, transposed: listedTransposed !== flipped };
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw new TypeError(`there are no synapses ${name}`);
    return entry;
  }
}

/** The weights as they are listed. */
function readListed({ placed, shape, transposed }: Entry): Matrix {
  const data = placed.weights.read();
  return transposed ? transpose({ rows: shape.cols, cols: shape.rows, data }) : { ...shape, data };
}

/** The rates of synapses, which this engine has in their simplest forms only. */
function ratesOf(plasticity: Blueprint['plasticity']): Record<string, HyperbolicRate> {
  return Object.fromEntries([...plasticity].map(([name, { rate }]) => [name, rate]));
}
