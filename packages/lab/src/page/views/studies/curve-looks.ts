/** Colours that the colour-blind can tell apart: custom properties of the styles. */
const colours = ['run-1', 'run-2', 'run-3', 'run-4', 'run-5'] as const;

export interface CurveLook {
  readonly colour: (typeof colours)[number];
  readonly isDashed: boolean;
}

/** How the curve of the i-th of the chosen runs looks: solid, then dashed. */
export function curveLook(i: number): CurveLook {
  return { colour: colours[i % colours.length]!, isDashed: i >= colours.length };
}
