/** What all experiments of several runs can be told. */
export interface ExperimentOptions {
  /** The first seed. Default 1. */
  readonly seed?: number | undefined;
  /** How many runs go on at a time; changes no result. Default: as many as the machine does well. */
  readonly workers?: number | undefined;
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of data that are not known to be the official ones. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Told, in words, what goes wrong by the theory of a rule. */
  readonly onWarning?: ((text: string) => void) | undefined;
  /** Told before the first run which there are, and how many samples each learns. */
  readonly onStart?: ((runs: { label: string; samples: number }[]) => void) | undefined;
  /** Told several times a second how far a run is, and once at its end; `run` is its place in what `onStart` was told. */
  readonly onProgress?: ((run: number, samplesSeen: number) => void) | undefined;
}
