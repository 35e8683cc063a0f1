/** A run on a circular track, as samples of a rule: a step of dt each, at constant speed. Lengths in cm, times in ms. */
export interface Run {
  readonly track: number;
  readonly speed: number;
  readonly dt: number;
  readonly inputs: number;
  /** The width of a place field: σ = width/3/√2. */
  readonly width: number;
  /** How many laps have a plateau potential; there is one lap before them, and one after. */
  readonly laps: number;
  readonly plateau: { readonly at: number; readonly lasts: number };
}

/** exp(−(d/σ)²) of the circular distance of a place and the centre of each input's field, at (j + ½) L / inputs. */
export function placeRates({ track, inputs, width }: Pick<Run, 'track' | 'inputs' | 'width'>, place: number): number[] {
  const sigma = width / 3 / Math.SQRT2;
  return Array.from({ length: inputs }, (_, j) => {
    const away = Math.abs(place - ((j + 0.5) * track) / inputs) % track;
    return Math.exp(-((Math.min(away, track - away) / sigma) ** 2));
  });
}

/** The inputs and the plateau of each step. */
export function runOf(run: Run): { readonly X: number[][]; readonly Y: number[][]; readonly onsets: number[] } {
  const { track, speed, dt, laps, plateau } = run;
  const place = (step: number) => (speed * step * dt) / 1000;
  const steps = Math.round((((laps + 2) * track) / speed) * (1000 / dt));
  const onsets = Array.from({ length: laps }, (_, lap) =>
    Math.round(((((lap + 1) * track + plateau.at) / speed) * 1000) / dt),
  );
  const lasts = Math.round(plateau.lasts / dt);
  const isOn = (step: number) => onsets.some((onset) => step >= onset && step < onset + lasts);
  const all = Array.from({ length: steps }, (_, step) => step);
  return {
    X: all.map((step) => placeRates(run, place(step) % track)),
    Y: all.map((step) => [Number(isOn(step))]),
    onsets,
  };
}
