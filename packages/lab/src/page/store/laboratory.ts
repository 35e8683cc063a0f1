import { type Method, methods } from '@apical/experiments';
import { DivergenceError, type Rate } from 'apical';
import { loadCatalogue } from '../data/catalogue.ts';
import { loadSet } from '../data/load-set.ts';
import { type Address, readAddress, writeAddress } from '../experiment/address.ts';
import { type Experiment, ratesAt, runConfigOf, sameStart, withPresentRates } from '../experiment/experiment.ts';
import { Conductor, type Score } from '../training/conductor.ts';
import { nextEvaluation } from '../training/evaluation-points.ts';
import type { Look, Report, Trainee } from '../training/protocol.ts';
import { type Hired, hireTheorist, hireTrainee } from '../training/workers.ts';
import { type NetworkState, store } from './store.ts';

/** How often the weights of learning networks are shown, in milliseconds. */
const weightsInterval = 100;

const trainees = new Map<Method, Hired<Trainee>>();
/** Rates that were chosen and not yet set. */
const chosenRates = new Map<Method, Readonly<Record<string, Rate>>>();
let weightsShown = 0;
/** Counts experiments that were begun: what belongs to an earlier one comes too late. */
let begun = 0;

const score: Score = {
  players: () =>
    store.networks.value.flatMap(({ method, failure }) => {
      const hired = trainees.get(method);
      return hired && failure === undefined ? [{ method, trainee: hired.remote }] : [];
    }),
  nextStop: (seen) => {
    const change = store.experiment.value.changes.find(({ at }) => at > seen)?.at ?? Number.POSITIVE_INFINITY;
    return Math.min(change, nextEvaluation(seen, store.preset.value.samples));
  },
  speed: () => store.speed.value,
  look: lookAfter,
  beforeRound: setRates,
  afterRound: publish,
};

const conductor = new Conductor(score);

function lookAfter(samples: number): Look {
  const evaluated = nextEvaluation(samples - 1, store.preset.value.samples) === samples;
  const weights = store.watched.weights.value > 0 && performance.now() - weightsShown > weightsInterval;
  if (weights) weightsShown = performance.now();
  return { objective: evaluated, weights };
}

/** Sets the rates that were chosen, and those that the experiment changes at this sample. */
async function setRates(seen: number): Promise<void> {
  const { experiment } = store;
  for (const [method, rates] of chosenRates) {
    const { changes, settings } = experiment.value;
    const others = changes.filter((change) => change.method !== method || change.at !== seen);
    experiment.value =
      seen === 0
        ? { ...experiment.value, settings: { ...settings, [method]: { ...settings[method], rates } } }
        : { ...experiment.value, changes: [...others, { at: seen, method, rates }] };
  }
  const due = new Set(experiment.value.changes.filter(({ at }) => at === seen).map(({ method }) => method));
  for (const method of new Set([...due, ...chosenRates.keys()])) {
    await trainees.get(method)?.remote.setRates(ratesAt(experiment.value, method, seen));
  }
  chosenRates.clear();
}

function publish(seen: number, reports: ReadonlyMap<Method, Report>, pace: number): void {
  store.samplesSeen.value = seen;
  store.pace.value = pace;
  store.networks.value = store.networks.value.map((network) => {
    const report = reports.get(network.method);
    return report ? withReport(network, report) : network;
  });
}

function withReport({ digest: _, ...network }: NetworkState, report: Report): NetworkState {
  const { samples, objective, weights, digest, failure } = report;
  const last = network.points.at(-1);
  const isNew = objective !== undefined && last?.samples !== samples;
  const diverged = objective !== undefined && !Number.isFinite(objective);
  return {
    ...network,
    ...(isNew && !diverged && { points: [...network.points, { samples, objective }] }),
    ...(weights && { weights }),
    ...(digest !== undefined && { digest }),
    ...(failure !== undefined && { failure }),
    ...(diverged && { failure: new DivergenceError(samples, network.method).message }),
  };
}

/** Looks at networks that stand. */
async function lookClosely(): Promise<void> {
  const seen = store.samplesSeen.value;
  const look: Look = { objective: true, weights: true, digest: true };
  const players = score.players();
  const reports = await Promise.all(
    players.map(async ({ method, trainee }) => [method, await trainee.advance(seen, look)] as const),
  );
  publish(seen, new Map(reports), store.pace.value);
  writeHistory('replace');
}

async function learnTo(target: number): Promise<void> {
  if (store.phase.value === 'busy') return;
  const experiment = begun;
  store.phase.value = 'playing';
  await conductor.play(target);
  if (experiment !== begun) return;
  await lookClosely();
  if (experiment === begun) store.phase.value = 'paused';
}

function writeHistory(how: 'push' | 'replace'): void {
  const address = { preset: store.preset.value, experiment: store.experiment.value, at: store.samplesSeen.value };
  history[how === 'push' ? 'pushState' : 'replaceState'](undefined, '', writeAddress(address));
}

/** Begins an experiment: fetches its data, makes its networks, and goes to where the address says. */
async function begin({ preset, experiment, at }: Address): Promise<void> {
  const number = ++begun;
  store.phase.value = 'busy';
  store.problem.value = undefined;
  await conductor.stop();
  if (number !== begun) return;
  try {
    await open(preset, experiment, number);
  } catch (error) {
    if (number === begun) store.problem.value = (error as Error).message;
    return;
  }
  if (number !== begun) return;
  store.phase.value = 'paused';
  if (at > 0) await learnTo(at);
  else await lookClosely();
}

async function open(preset: Address['preset'], experiment: Experiment, number: number): Promise<void> {
  const { set, split, rules } = experiment;
  const present = store.images.value;
  const images = present?.name === set && present.split === split ? present : await loadSet(set, split);
  if (number !== begun) return;
  for (const [method, hired] of trainees) {
    if (rules.includes(method)) continue;
    hired.dismiss();
    trainees.delete(method);
  }
  await Promise.all(
    rules.map(async (method) => {
      const hired = trainees.get(method) ?? hireTrainee();
      trainees.set(method, hired);
      await hired.remote.open(runConfigOf(experiment, method), images);
    }),
  );
  if (number !== begun) return;
  conductor.reset();
  chosenRates.clear();
  Object.assign(store.preset, { value: preset });
  store.experiment.value = experiment;
  store.images.value = images;
  store.samplesSeen.value = 0;
  store.networks.value = methods.filter((method) => rules.includes(method)).map((method) => ({ method, points: [] }));
  findOptimum(experiment, number);
}

let theory: { readonly hired: ReturnType<typeof hireTheorist>; readonly key: string } | undefined;

/** Has the optimum computed, unless it is that of the experiment before. */
async function findOptimum(experiment: Experiment, number: number): Promise<void> {
  const { set, split, labels, hidden, activation, ridge, settings } = experiment;
  const images = store.images.value;
  const { inputs } = settings.bmvr;
  const key = JSON.stringify([set, split, labels, inputs, hidden, activation, ridge]);
  if (theory?.key === key) return;
  theory?.hired.dismiss();
  store.optimum.value = undefined;
  if (activation !== 'linear' || !images) {
    theory = undefined;
    return;
  }
  const hired = hireTheorist();
  theory = { hired, key };
  try {
    const value = await hired.remote.optimalValue(images, { inputs, labels }, hidden, ridge);
    if (number === begun || theory.key === key) store.optimum.value = value;
  } catch {
    // Without a ridge the covariance may have no inverse: there is no optimum to show then.
  }
}

/** What can be done in the laboratory: what the controls of the page call. */
export const laboratory = {
  /** Begins with what the address says. */
  async start(): Promise<void> {
    addEventListener('popstate', () => this.visit());
    try {
      store.catalogue.value = await loadCatalogue();
    } catch (error) {
      store.problem.value = (error as Error).message;
      return;
    }
    await this.visit();
  },

  /** Does what the address says. */
  async visit(): Promise<void> {
    try {
      await begin(readAddress(location.search));
    } catch (error) {
      store.problem.value = (error as Error).message;
    }
  },

  play: () => learnTo(Number.POSITIVE_INFINITY),
  pause: () => conductor.stop(),
  learnOne: () => learnTo(store.samplesSeen.value + 1),
  /** Learns to the end of the present epoch. */
  learnEpoch(): Promise<void> {
    const count = store.images.value?.count ?? 1;
    return learnTo((Math.floor(store.samplesSeen.value / count) + 1) * count);
  },
  learnTo,

  /** Begins anew, with the rates that the networks have now. */
  async reset(): Promise<void> {
    const experiment = withPresentRates(store.experiment.value);
    await begin({ preset: store.preset.value, experiment, at: 0 });
  },

  /** Another experiment from the beginning; the browser goes back from it to the present one. */
  async choose(experiment: Experiment, preset = store.preset.value): Promise<void> {
    if (preset === store.preset.value && sameStart(experiment, store.experiment.value)) return;
    try {
      for (const method of experiment.rules) runConfigOf(experiment, method);
    } catch (error) {
      store.problem.value = (error as Error).message;
      return;
    }
    await conductor.stop();
    writeHistory('replace');
    const next = { preset, experiment, at: 0 };
    history.pushState(undefined, '', writeAddress(next));
    await begin(next);
  },

  /** Rates that act from the next sample on. */
  async chooseRates(method: Method, rates: Readonly<Record<string, Rate>>): Promise<void> {
    chosenRates.set(method, rates);
    if (store.phase.value !== 'paused') return;
    await setRates(store.samplesSeen.value);
    writeHistory('replace');
  },

  /** Keeps the present curves, to compare others with them. */
  keep(): void {
    const { hidden, seed } = store.experiment.value;
    const id = store.kept.value.length;
    const runs = store.networks.value.map(({ method, points }, i) => {
      return { id: id + i, method, label: `${method}, k = ${hidden}, seed ${seed}`, points };
    });
    store.kept.value = [...store.kept.value, ...runs.filter(({ points }) => points.length > 1)];
  },

  forget(): void {
    store.kept.value = [];
  },
};
