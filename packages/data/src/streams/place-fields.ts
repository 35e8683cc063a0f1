import { exponential, InputError } from '@apical/core';
import { defineStream } from './generator.ts';

/**
 * Cells with place fields on a circular track, evenly over it: `peak · exp(−(d/width)²)`, d being the way from the animal's place, v t, to the
 * middle of the field of cell j, (j + ½) length / cells, the shorter way round.
 */
export const placeFields = defineStream({
  name: 'place-fields',
  says: 'rates of place cells on a circular track that is run along at one speed',
  parameters: {
    length: { default: 187, above: 0, says: 'how long the track is, in cm' },
    speed: { default: 0.025, min: 0, says: 'in cm a unit of time: 25 cm/s where that is a ms' },
    width: { default: 21.213203435596427, above: 0, says: 'how far from its middle a field falls to 1/e, in cm' },
    peak: { default: 1, min: 0, says: 'the rate in the middle of a field' },
  },
  start({ length, speed, width, peak }, cells, _, dt) {
    const step = speed * dt;
    if (step > width) {
      throw new InputError(
        `place-fields: at the speed ${speed} a step of ${dt} is ${Number(step.toPrecision(3))} cm, and fields are ${Number(width.toPrecision(3))} cm wide: speed is in cm a unit of time (25 cm/s is 0.025 where that is a ms)`,
      );
    }
    return (out, { first, count }) => {
      for (let i = 0; i < count; i++) {
        const place = ((first + i) * dt * speed) % length;
        for (let cell = 0; cell < cells; cell++) {
          const way = Math.abs(place - ((cell + 0.5) * length) / cells);
          const distance = Math.min(way, length - way) / width;
          // Beyond that it is less than float32 can tell from nothing beside the peak.
          out[i * cells + cell] = distance < 9 ? peak * exponential(-distance * distance) : 0;
        }
      }
    };
  },
});
