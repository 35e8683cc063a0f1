import { circuitResponse, type Numbers, predictsLabels, type RawInputs } from '@apical/core';
import { preprocessRows } from '@apical/data';
import type { Run } from './run.ts';

/** What a circuit does with one image. */
export interface Activity {
  /** The image: its number in the data set, where it is of it. */
  readonly sample?: number;
  readonly pixels: RawInputs;
  /** The class of the image, where it is known. */
  readonly classNumber?: number;
  /** The values of the signals, in the order of `describeCircuit(…).signals`. */
  readonly signals: readonly Float64Array[];
  /** ŷ, what each class scores, where labels are predicted. */
  readonly scores?: Float32Array;
  /** How large the weights are, and what the sample is about to change of them, by the names of the weights. */
  readonly weights: Readonly<Record<string, Sizes>>;
  readonly changes: Readonly<Record<string, Sizes>>;
}

/** The Euclidean norms of the rows and of the columns of a matrix. */
export interface Sizes {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** What the circuit does with the next sample, or with an image that has no label: no current reaches its tuft. */
export function activityOf(run: Run, image: 'next' | RawInputs): Activity {
  const { network, samples, presentation, fitted, images } = run;
  const { inputs, labels } = samples;
  const sample = image === 'next' ? presentation.from(network.samplesSeen, 1)[0]! : undefined;
  const own = sample === undefined ? undefined : ([sample * inputs, (sample + 1) * inputs] as const);
  const pixels = own ? images.pixels.slice(...own) : (image as RawInputs);
  const x = preprocessRows(own && images.rows ? images.rows.train.data.subarray(...own) : pixels, 1, fitted);
  const classNumber = sample === undefined ? undefined : images.classes[sample];
  const row = samples.classes ? classNumber : sample;
  const y =
    row === undefined || labels === 0
      ? new Float64Array(labels)
      : samples.targets.subarray(row * labels, (row + 1) * labels);
  const weights = network.weights();
  const { signals, changes } = circuitResponse(run.config.rule, run.config, weights, x, y);
  return {
    ...(sample !== undefined && { sample }),
    ...(classNumber !== undefined && { classNumber }),
    pixels,
    signals,
    ...(samples.classes && predictsLabels(network.blueprint.rule.shape) && { scores: network.predict(x) }),
    weights: sizesOf(weights),
    changes: sizesOf(changes),
  };
}

function sizesOf(matrices: Readonly<Record<string, Numbers>>): Record<string, Sizes> {
  return Object.fromEntries(Object.entries(matrices).map(([name, matrix]) => [name, sizes(matrix)]));
}

function sizes({ rows, cols, data }: Numbers): Sizes {
  const squares = { rows: new Float64Array(rows), columns: new Float64Array(cols) };
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const square = data[i * cols + j]! ** 2;
      squares.rows[i]! += square;
      squares.columns[j]! += square;
    }
  }
  return { rows: squares.rows.map(Math.sqrt), columns: squares.columns.map(Math.sqrt) };
}
