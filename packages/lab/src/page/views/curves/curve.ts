
/** A curve in the plot. */
export interface Curve<Colour extends string = string> {
  readonly label: string;
  /** The custom property of the styles that has its colour. */
  readonly colour: Colour;
  /** What is learned now; the paper's points; a run that was kept; a second curve of a network. */
  readonly kind: 'live' | 'paper' | 'kept' | 'second';
  readonly points: readonly (readonly [samples: number, value: number])[];
}

/** A value to compare with. */
export interface Level {
  readonly value: number;
  readonly words: string;
}
