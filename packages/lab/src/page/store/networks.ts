import { DivergenceError, type Rate } from '@apical/core';
import type { ImageSet, Split } from '@apical/data';
import { type Method, methods } from '@apical/experiments';
import { batch } from '@preact/signals';
import { type Experiment, ratesAt, runConfigOf } from '../experiment/experiment.ts';
import { Conductor, type Score } from '../training/conductor.ts';
import { isPaperPoint, nextEvaluation } from '../training/evaluation-points.ts';
import type { Look, Report, Trainee, Weights } from '../training/protocol.ts';
import { type Hired, hireTrainee } from '../training/workers.ts';
import { Allowance } from './allowance.ts';
import { type Glimpse, type NetworkState, store, type Topic } from './store.ts';

/** How long what is watched stays before it is looked at again while networks learn, in milliseconds. */
const patience: Readonly<Record<Topic, number>> = { weights: 120, activity: 80 };

const trainees = new Map<Method, Hired<Trainee>>();
/** Rates that were chosen and not yet set. */
const chosenRates = new Map<Method, Readonly<Record<string, Rate>>>();
const allowance = new Allowance();
/** Counts how often networks were made: what is reported of earlier ones comes too late. */
let opened = 0;
const shownAt: Record<Topic, number> = { weights: 0, activity: 0 };

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
  look: (samples) => {
    const { samples: length } = store.preset.value;
    const isPoint = nextEvaluation(samples - 1, length) === samples;
    const evaluated = isPoint && (allowance.isLeft || isPaperPoint(samples, length));
    return {
      ...(evaluated && { measures: measured() }),
      weights: isDue('weights'),
      ...(isDue('activity') && { activity: shownImage() }),
    };
  },
  beforeRound: setRates,
  afterRound: publish,
};

/** Has the networks of the experiment learn, all of them after the same samples. */
export const conductor = new Conductor(score);

/** Makes the networks of an experiment anew, in the workers that there are. @throws InputError */
export async function openNetworks(
  experiment: Experiment,
  images: ImageSet,
  weights: Partial<Record<Method, Weights>> = {},
): Promise<void> {
  const { rules } = experiment;
  opened++;
  await Promise.all(
    rules.map(async (method) => {
      const hired = trainees.get(method) ?? hireTrainee();
      trainees.set(method, hired);
      await hired.remote.open(runConfigOf(experiment, method), images, weights[method]);
    }),
  );
  for (const [method, hired] of trainees) {
    if (rules.includes(method)) continue;
    hired.dismiss();
    trainees.delete(method);
  }
  conductor.reset();
  chosenRates.clear();
  allowance.reset();
  store.samplesSeen.value = 0;
  store.glimpses.value = {};
  store.networks.value = methods.filter((method) => rules.includes(method)).map((method) => ({ method, points: [] }));
}

/** Has accuracy measured on these images, too. The networks fetch them themselves: they are many. */
export async function holdOut(set: string, split: Split): Promise<void> {
  await Promise.all([...trainees.values()].map(({ remote }) => remote.holdOut(set, split, document.baseURI)));
}

/** Looks at networks that stand: at all that is shown, and at the digests of their weights. */
export async function lookClosely(): Promise<void> {
  const seen = store.samplesSeen.value;
  const look: Look = { measures: measured(), weights: true, digest: true, activity: shownImage() };
  await ask(seen, look);
}

/** Looks at what the circuits of networks that stand do with the image that is shown. */
export async function lookAtActivity(): Promise<void> {
  await ask(store.samplesSeen.value, { activity: shownImage() });
}

async function ask(seen: number, look: Look): Promise<void> {
  const asked = opened;
  const players = score.players();
  const reports = await Promise.all(
    players.map(async ({ method, trainee }) => [method, await trainee.advance(seen, look)] as const),
  );
  if (asked === opened) publish(seen, new Map(reports), store.pace.value);
}

/** A network that stands as a file: a model, with the config of its run. */
export async function saveNetwork(method: Method): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return trainees.get(method)?.remote.save(runConfigOf(store.experiment.value, method, store.samplesSeen.value));
}

/** Rates that act from the next round on. */
export function chooseRates(method: Method, rates: Readonly<Record<string, Rate>>): void {
  chosenRates.set(method, rates);
}

/** Sets the rates that were chosen, and those that the experiment changes at this sample. */
export async function setRates(seen: number): Promise<void> {
  const { experiment } = store;
  const chosen = [...chosenRates];
  chosenRates.clear();
  for (const [method, rates] of chosen) {
    const { changes, settings } = experiment.value;
    const others = changes.filter((change) => change.method !== method || change.at !== seen);
    experiment.value =
      seen === 0
        ? { ...experiment.value, settings: { ...settings, [method]: { ...settings[method], rates } } }
        : { ...experiment.value, changes: [...others, { at: seen, method, rates }] };
  }
  const due = experiment.value.changes.filter(({ at }) => at === seen).map(({ method }) => method);
  for (const method of new Set([...due, ...chosen.map(([each]) => each)])) {
    await trainees.get(method)?.remote.setRates(ratesAt(experiment.value, method, seen));
  }
}

function publish(seen: number, reports: ReadonlyMap<Method, Report>, pace: number): void {
  const stood = seen === store.samplesSeen.value;
  const longest = (of: (report: Report) => number) => Math.max(0, ...[...reports.values()].map(of));
  if (!stood) {
    allowance.note(
      longest(({ seconds }) => seconds),
      longest(({ measuring = 0 }) => measuring),
    );
  }
  batch(() => {
    store.samplesSeen.value = seen;
    store.pace.value = pace;
    const remark = [...reports.values()].find((report) => report.remark)?.remark;
    if (remark !== undefined) store.notice.value = remark;
    // What shows networks is drawn anew only where one of them is another than before.
    const networks = store.networks.value.map((network) => {
      const report = reports.get(network.method);
      return report ? withReport(network, report, stood) : network;
    });
    if (networks.some((network, i) => network !== store.networks.value[i])) store.networks.value = networks;
    const looked = [...reports].filter(([, { weights, activity }]) => weights || activity);
    if (looked.length > 0) {
      const glimpses = looked.map(([method, report]) => [method, glimpse(store.glimpses.value[method], report)]);
      store.glimpses.value = { ...store.glimpses.value, ...Object.fromEntries(glimpses) };
    }
  });
}

function glimpse(before: Glimpse | undefined, { weights, activity }: Report): Glimpse {
  return { ...before, ...(weights && { weights }), ...(activity && { activity }) };
}

/** @param stood whether it has learned nothing since the report before: then the digest of its weights stays */
function withReport(network: NetworkState, report: Report, stood: boolean): NetworkState {
  const { samples, readings, digest, failure } = report;
  const keepsDigest = stood || network.digest === undefined;
  if (keepsDigest && !readings && digest === undefined && failure === undefined) return network;
  const { digest: before, ...rest } = network;
  const current = digest ?? (stood ? before : undefined);
  const diverged = readings?.objective !== undefined && !Number.isFinite(readings.objective);
  return {
    ...rest,
    ...(readings && !diverged && { points: withPoint(network.points, samples, readings) }),
    ...(current !== undefined && { digest: current }),
    ...(failure !== undefined && { failure }),
    ...(diverged && { failure: new DivergenceError(samples, network.method).message }),
  };
}

function withPoint(points: NetworkState['points'], samples: number, readings: Record<string, number>) {
  const last = points.at(-1);
  if (last?.samples !== samples) return [...points, { samples, readings }];
  return [...points.slice(0, -1), { samples, readings: { ...last.readings, ...readings } }];
}

function measured(): string[] {
  return [...new Set(['objective', store.measure.value.measured])];
}

function shownImage(): 'next' | Uint8Array {
  return store.drawing.value ?? 'next';
}

/** Whether it is time to look at a topic again, if it is on the screen. */
function isDue(topic: Topic): boolean {
  if (store.watched[topic].value === 0 || performance.now() - shownAt[topic] < patience[topic]) return false;
  shownAt[topic] = performance.now();
  return true;
}
