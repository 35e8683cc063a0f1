import { availableParallelism } from 'node:os';
import { createLayersProblem } from './layers/problem.ts';
import { type LayersShape, layersShapeName } from './layers/shapes.ts';
import type { PartName } from './part-names.ts';
import { measureAccuracy } from './parts/accuracy.ts';
import { measureBrowser } from './parts/browser.ts';
import { measureEvaluation } from './parts/evaluation.ts';
import { measureGrowth } from './parts/growth.ts';
import { measureInTime } from './parts/in-time.ts';
import { measureLayersAccuracy } from './parts/layers-accuracy.ts';
import { measureMemory } from './parts/memory.ts';
import { measureRoofline } from './parts/roofline.ts';
import { measureScaling, type ScalingResult, scaledNetworks } from './parts/scaling.ts';
import { measureSettling } from './parts/settling.ts';
import { measureWhole, wholeCommands } from './parts/whole.ts';
import { findImplementations, type Implementations, implementationNames, reference } from './race/implementations.ts';
import { core } from './race/one-core.ts';
import { createProblem } from './race/problem.ts';
import {
  type LayersResult,
  type Measured,
  type RacePace,
  type RepresentationResult,
  race,
  type ShapeResult,
} from './race/race.ts';
import { type Shape, shapeName } from './race/shapes.ts';
import { endResting } from './race/with-contestants.ts';
import type { Patience } from './repeated.ts';
import { type BenchReport, describeRun } from './report.ts';
import { createRepresentationProblem } from './representation/problem.ts';
import type { RepresentationShape } from './representation/shapes.ts';
import { duration, implementationLabels, threeDigits } from './show/labels.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

export interface MeasureOptions {
  readonly shapes: readonly Shape[];
  readonly layers: readonly LayersShape[];
  readonly representations: readonly RepresentationShape[];
  readonly parts: readonly PartName[];
  readonly quick: boolean;
  readonly whole: boolean;
  readonly python?: string;
  /** Told what is being measured. */
  readonly onProgress: (text: string) => void;
  /** Given what has been measured up to now, after each part and each shape. */
  readonly onMeasured: (report: BenchReport) => Promise<void>;
}

/** How long a run of each kind takes. */
const pace = {
  thorough: {
    rounds: 9,
    // Many times what V8 takes to optimise the kernels.
    warmUpSeconds: 0.5,
    mostSeconds: 30,
    seconds: 0.05,
    largest: 1024,
    share: { shapes: 1, layers: 1, representation: 1 },
    runSeconds: 6,
    repetitions: 3,
    scaled: scaledNetworks,
    ...{ linear: [1e4, 1e5, 1e6], rectified: [1e4], deep: 1e4 },
  },
  quick: {
    rounds: 3,
    warmUpSeconds: 0.1,
    mostSeconds: 5,
    seconds: 0.005,
    largest: 64,
    share: { shapes: 0.2, layers: 0.05, representation: 0.05 },
    runSeconds: 0.2,
    repetitions: 1,
    scaled: scaledNetworks.slice(0, 1),
    ...{ linear: [1e3], rectified: [100], deep: 100 },
  },
};

/** Measures the parts one after the other. @throws InputError for a Python that does not run; Error if a child fails */
export async function measure(options: MeasureOptions): Promise<BenchReport> {
  const { parts, quick, whole, onProgress, onMeasured } = options;
  const own = quick ? pace.quick : pace.thorough;
  const { rounds, seconds, largest, linear, rectified } = own;
  const patience: Patience = { rounds, seconds };
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  let report: BenchReport = { ...describeRun(), quick, notes, shapes: [] };
  const keep: Keep = async (measured) => {
    report = { ...report, ...measured, versions: { ...report.versions, ...measured.versions } };
    await onMeasured(report);
  };
  const timed: Timed = async (name, work) => {
    if (!parts.includes(name)) return;
    const start = performance.now();
    await work();
    await keep({ seconds: { ...report.seconds, [name]: (performance.now() - start) / 1000 } });
  };
  const part = <Name extends PartName>(name: Name, work: () => Promise<BenchReport[Name]>): Promise<void> =>
    timed(name, async () => {
      onProgress(name);
      await keep({ [name]: await work() });
    });
  // First, for it takes long and its result does not depend on what else the machine does.
  await part('accuracy', () => measureAccuracy(linear, rectified, note, onProgress));
  if (raced.some((name) => parts.includes(name))) await races(options, note, keep, timed);
  await part('roofline', () => measureRoofline(options.shapes, options.layers, patience));
  await part('growth', () => measureGrowth(largest, patience));
  await part('browser', () => measureBrowser(options.shapes, patience, note));
  await part('evaluation', () => measureEvaluation([64, 256], patience));
  await part('memory', () => measureMemory(options.shapes, options.layers));
  await part('settling', () => measureSettling(patience));
  await part('in-time', () => measureInTime(patience));
  await part('scaling', () => scaling(own, note));
  if (whole) await keep({ whole: await measureWhole(wholeCommands, note, onProgress) });
  return report;
}

/** Adds to what has been measured. */
type Keep = (measured: Partial<BenchReport>) => Promise<void>;

/** Does a part, if it was asked for, and keeps how long it took. */
type Timed = (name: PartName, work: () => Promise<void>) => Promise<void>;

/** The parts that are raced. */
const raced: readonly PartName[] = ['shapes', 'layers', 'layers-accuracy', 'representation'];

/** What is raced beside other programs. */
async function races(options: MeasureOptions, note: (text: string) => void, keep: Keep, timed: Timed): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const found = await findImplementations(folder, options.python);
    const { versions, blas, notes } = found;
    for (const text of notes) note(text);
    note(
      core === undefined ? 'Nothing binds the implementations to one core' : `All implementations ran on core ${core}`,
    );
    if ('OPENBLAS_CORETYPE' in process.env || 'OPENBLAS_L2_SIZE' in process.env) {
      note('OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, which are set here, were unset for all implementations');
    }
    await keep({ versions, blas });
    try {
      await timed('shapes', () => raceShapes(options, found, note, keep));
      const layers: LayersResult[] = [];
      await timed('layers', () => raceLayers(options, found, note, keep, layers));
      await timed('layers-accuracy', () => compareLayers(options, found, note, keep, layers));
      await timed('representation', () => raceRepresentations(options, found, note, keep));
    } finally {
      await endResting();
    }
  });
}

/** How a race of a shape is run: whoever is too slow for it is told of. */
function paceOf({ quick }: MeasureOptions, shape: string, note: (text: string) => void): RacePace {
  const { rounds, warmUpSeconds, mostSeconds } = quick ? pace.quick : pace.thorough;
  return {
    ...{ rounds, warmUpSeconds, mostSeconds },
    leftOut: (name, microseconds) =>
      note(
        `${implementationLabels[name]} is left out of ${shape}: by its first samples, of ${threeDigits(microseconds)} microseconds, it would take more than ${duration(mostSeconds)}`,
      ),
  };
}

/** Beyond this part of the median, half the distance of the quartiles says that the machine did something else, too. */
const unsteady = 1 / 4;

function noteUnsteady(shape: string, { microseconds, quartiles }: Measured, note: (text: string) => void): void {
  const names = implementationNames.filter((name) => {
    const [low, high] = quartiles[name] ?? [0, 0];
    return high - low > 2 * unsteady * (microseconds[name] ?? 0);
  });
  if (names.length === 0) return;
  const who = names.map((name) => implementationLabels[name]).join(', ');
  note(
    `The machine was not idle at ${shape}: quartiles lie more than a quarter from the median (${who}). Measure it again`,
  );
}

async function raceShapes(options: MeasureOptions, { all }: Implementations, note: (text: string) => void, keep: Keep) {
  const { shapes, quick, onProgress } = options;
  const { share } = quick ? pace.quick : pace.thorough;
  const results: ShapeResult[] = [];
  for (const shape of shapes) {
    const name = shapeName(shape);
    onProgress(`shapes: ${name}`);
    const { rule, m, k, activation, images } = shape;
    const problem = await createProblem({ ...shape, batch: Math.ceil(share.shapes * shape.batch) });
    const measured = await race(problem, reference, all, paceOf(options, name, note));
    noteUnsteady(name, measured, note);
    results.push({ rule, m, k, activation, images, ...measured });
    await keep({ shapes: [...results] });
  }
}

async function raceLayers(
  options: MeasureOptions,
  { layers: all, layersReference }: Implementations,
  note: (text: string) => void,
  keep: Keep,
  results: LayersResult[],
) {
  if (!layersReference)
    return note('Networks of layers are left out: without NumPy nothing says what they should learn');
  const { layers, quick, onProgress } = options;
  const { share } = quick ? pace.quick : pace.thorough;
  for (const shape of layers) {
    const name = layersShapeName(shape);
    onProgress(`layers: ${name}`);
    const { timed, rates: _, ...said } = shape;
    const { batch } = shape;
    const problem = await createLayersProblem({ ...shape, timed: batch * Math.ceil((share.layers * timed) / batch) });
    const measured = await race(problem, layersReference, all, paceOf(options, name, note), batch);
    noteUnsteady(name, measured, note);
    results.push({ ...said, ...measured });
    await keep({ layers: [...results] });
  }
}

async function compareLayers(
  { layers, quick, onProgress }: MeasureOptions,
  { layers: [apical], layersReference }: Implementations,
  note: (text: string) => void,
  keep: Keep,
  raced: readonly LayersResult[],
) {
  if (!apical || !layersReference) return note('How exact networks of layers are is left out: there is no NumPy');
  const { deep } = quick ? pace.quick : pace.thorough;
  const results = await measureLayersAccuracy(layers, raced, deep, apical, layersReference, onProgress);
  await keep({ 'layers-accuracy': results });
}

async function raceRepresentations(
  options: MeasureOptions,
  { representation: all, representationReference: truth }: Implementations,
  note: (text: string) => void,
  keep: Keep,
) {
  if (!truth)
    return note('Networks that predict nothing are left out: without NumPy nothing says what they should learn');
  const { representations, quick, onProgress } = options;
  const { share } = quick ? pace.quick : pace.thorough;
  const results: RepresentationResult[] = [];
  for (const shape of representations) {
    const { rule, m, n, k, timed } = shape;
    const name = `${rule}, ${m} × ${k}`;
    onProgress(`representation: ${name}`);
    const problem = await createRepresentationProblem({ ...shape, timed: Math.ceil(share.representation * timed) });
    const measured = await race(problem, truth, all, paceOf(options, name, note));
    noteUnsteady(name, measured, note);
    results.push({ rule, m, n, k, ...measured });
    await keep({ representation: [...results] });
  }
}

async function scaling(
  { runSeconds, repetitions, scaled }: typeof pace.thorough | typeof pace.quick,
  note: (text: string) => void,
) {
  if (availableParallelism() < 2) note('One core only: runs side by side are no quicker than one after the other');
  const results: ScalingResult[] = [];
  for (const network of scaled) results.push(...(await measureScaling(network, repetitions, runSeconds)));
  return results;
}
