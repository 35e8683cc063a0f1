/** A figure as plain data, which a report draws: panels under one title. Not to be confused with the paper's Figure 3, which is a command. */
export interface Figure {
  readonly title: string;
  /** What is to be seen, in a sentence or two. */
  readonly caption: string;
  readonly panels: readonly Panel[];
}

/** One pair of axes, with what is drawn in it from the back to the front. */
export interface Panel {
  /** Written above it, where there are several. */
  readonly title?: string;
  /** As wide as the page; otherwise two stand beside each other. */
  readonly wide?: boolean;
  /** In pixels; absent: 304, or 190 where it is wide. */
  readonly height?: number;
  readonly x: Axis;
  /** Whether the next panel, below it, has the same x: the axis is written there. */
  readonly above?: boolean;
  readonly y: Axis;
  readonly layers: readonly Layer[];
}

export interface Axis {
  /** With its unit: `time, ms`. */
  readonly label: string;
  /** Absent: all that is drawn, and a little more. */
  readonly domain?: readonly [number, number];
  readonly logarithmic?: boolean;
  /** What is written at which numbers; absent: numbers. */
  readonly ticks?: Readonly<Record<number, string>>;
}

/** Layers of one label look alike in all panels of a figure, and are named in its legend; without a label they are grey. */
export type Layer =
  | (Points & { readonly kind: 'line' | 'points' | 'spikes' })
  /** Bars from 0 to y, each as wide as the distance of the x, which are their middles. */
  | (Points & { readonly kind: 'bars' })
  /** A dashed line through the whole panel, at an x or at a y. */
  | { readonly kind: 'at'; readonly x?: number; readonly y?: number; readonly says?: string }
  /** Grey from one x to another. */
  | { readonly kind: 'span'; readonly from: number; readonly until: number };

/** Numbers that belong together one by one. Of spikes, y is the cell. */
export interface Points {
  readonly label?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}
