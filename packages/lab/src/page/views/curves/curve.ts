/** A curve in the plot. */
export interface Curve {
  readonly label: string;
  /** The custom property of the styles that has its colour. */
  readonly colour: string;
  /** Dashes and gaps of its line, in pixels, where its colour alone does not tell it from others. */
  readonly dash?: readonly number[];
  /** What is learned now; the paper's points; a run that was kept; a second curve of a network. */
  readonly kind: 'live' | 'paper' | 'kept' | 'second';
  readonly points: readonly (readonly [samples: number, value: number])[];
}

/** A value to compare with. */
export interface Level {
  readonly value: number;
  readonly words: string;
}
