/** A track that is run around: lengths in cm. */
export interface Track {
  readonly length: number;
  readonly inputs: number;
  /** The distance from its middle at which a place field falls to 1/e. */
  readonly width: number;
}

/** Σ_j w_j exp(−(d/width)²) at so many places, the middles of equal parts of the track; fields lie evenly on it. */
export function rampOf(weights: ArrayLike<number>, { length, inputs, width }: Track, places: number): number[] {
  return Array.from({ length: places }, (_, place) => {
    let sum = 0;
    for (let j = 0; j < inputs; j++) {
      const away = Math.abs(((place + 0.5) / places - (j + 0.5) / inputs) * length);
      const distance = Math.min(away, length - away) / width;
      if (distance < 9) sum += weights[j]! * Math.exp(-distance * distance);
    }
    return sum;
  });
}

/** What a ramp looks like beside the place of the plateau, `onset`: all in cm, but for the peak and the asymmetry. */
export interface RampShape {
  readonly peak: number;
  /** The peak's place minus the onset: negative, where the field is before the plateau. */
  readonly shift: number;
  /** Between the places where it is 15 % of the peak above the baseline. */
  readonly width: number;
  /** (onset − start)/(end − onset) of these places. */
  readonly asymmetry: number;
  /** The integral over the peak. */
  readonly areaWidth: number;
}

/** The shape of a ramp on a circular track, above the mean of its lowest tenth. */
export function shapeOf(ramp: readonly number[], { length }: Pick<Track, 'length'>, onset: number): RampShape {
  const lowest = ramp.toSorted((a, b) => a - b).slice(0, Math.floor(ramp.length / 10));
  const baseline = lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
  const bin = length / ramp.length;
  const above = (place: number) => ramp[(place + ramp.length) % ramp.length]! - baseline;
  const top = ramp.indexOf(Math.max(...ramp));
  const peak = above(top);
  /** How far it is from the top, in bins, to where it crosses 15 %, this way round. */
  const crossing = (way: 1 | -1) => {
    let bins = 1;
    while (bins < ramp.length / 2 && above(top + way * bins) > 0.15 * peak) bins += 1;
    const [inside, outside] = [above(top + way * (bins - 1)), above(top + way * bins)];
    return bins - 1 + (inside - 0.15 * peak) / (inside - outside);
  };
  const place = (top + 0.5) * bin;
  const [before, after] = [crossing(-1) * bin, crossing(1) * bin];
  const shift = place - onset;
  const area = ramp.reduce((sum, value) => sum + value, 0) * bin;
  return {
    peak,
    shift,
    width: before + after,
    asymmetry: (before - shift) / (after + shift),
    areaWidth: area / Math.max(...ramp),
  };
}

/** A number on the line between the two next to a place of a course whose values stand at the middles of equal parts of a track. */
export function valueAt(values: readonly number[], place: number, length: number): number {
  const at = ((((place % length) + length) % length) / length) * values.length - 0.5;
  const [low, part] = [Math.floor(at), at - Math.floor(at)];
  const value = (i: number) => values[(i + values.length) % values.length]!;
  return value(low) + part * (value(low + 1) - value(low));
}
