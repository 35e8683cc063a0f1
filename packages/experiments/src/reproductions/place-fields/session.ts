import type { RunConfig } from '../../config/run-config.ts';
import type { RunResult } from '../../runs/result.ts';

/** Of place fields: 90 cm from end to end, σ = 90/3/√2. */
export const width = 21.213203435596427;

/** Plateaus of 300 ms, one a lap, at a place, from a lap to another. */
export interface Plateaus {
  readonly at: number;
  readonly first: number;
  readonly last: number;
}

/** An animal runs laps on a circular track. Lengths are in cm, speeds in cm/s. */
export interface Session {
  readonly rule: string;
  readonly eta: number;
  readonly parameters: RunConfig['parameters'] & object;
  readonly length: number;
  readonly speed: number;
  readonly inputs: number;
  readonly plateaus: readonly Plateaus[];
}

/** When the animal is at a place in a lap, the first being 0, in ms. */
export const timeOf = ({ length, speed }: Session, lap: number, place: number) =>
  ((lap * length + place) / speed) * 1000;
const toStep = (time: number, dt: number) => Math.round(time / dt) * dt;

/** The run of a session. @param evaluateAt in steps; the last is its end */
export function configOf(session: Session, evaluateAt: number[]): RunConfig {
  const { rule, eta, parameters, length, speed, inputs, plateaus } = session;
  const dt = Number(parameters.dt ?? 10);
  const places = `place-fields?cells=${inputs}&length=${length}&speed=${speed / 1000}&width=${width}`;
  const pulses = plateaus.map(({ at, first, last }) => {
    const [from, end] = [timeOf(session, first, at), timeOf(session, last, at) + 1000];
    return `plateau=pulses?width=300&period=${timeOf(session, 1, 0)}&from=${toStep(from, dt)}&until=${toStep(end, dt)}`;
  });
  return {
    rule,
    data: {
      set: ['stream:', places, ...pulses.map((each) => `;${each}`)].join(''),
      split: 'train',
      inputs: 'raw',
      labels: 'numbers',
    },
    hidden: 1,
    activation: 'linear',
    parameters,
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: eta } },
    initial: {},
    order: 'as-given',
    samples: evaluateAt.at(-1)!,
    evaluateAt,
    accuracy: {},
    probes: [],
    record: { weights: ['W'] },
    seed: 1,
  };
}

/** The weights at an evaluation; 0 is the start. */
export function weightsAt({ recorded }: RunResult, evaluation: number): Float64Array {
  const { shape, data } = recorded!['weights.W']!;
  const size = shape[1]! * shape[2]!;
  return Float64Array.from(data.subarray(evaluation * size, (evaluation + 1) * size));
}
