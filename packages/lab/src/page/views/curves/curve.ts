/** A curve in the plot. */
export interface Curve {
  readonly label: string;
  /** The custom property of the styles that has its colour. */
  readonly colour: string;
  /** Dashes and gaps of its line, in pixels, where its colour alone does not tell it from others. */
  readonly dash?: readonly number[];
  /** What is learned now; the paper's points; a run that was kept; a second curve of a network. */
  readonly kind: 'live' | 'paper' | 'kept' | 'second';
  /** In the order of samples; null where the networks went past without being measured. */
  readonly points: readonly CurvePoint[];
  /** Whether its network diverged, and from which sample on what was measured is far from all that it began with. */
  readonly divergedAt?: number;
}

export type CurvePoint = readonly [samples: number, value: number | null];

/** A value to compare with. */
export interface Level {
  readonly value: number;
  readonly words: string;
}
