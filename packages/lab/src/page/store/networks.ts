import { batchEnd, batchStart, DivergenceError, type Rate, type RawInputs, runRuleNames } from '@apical/core';
import type { Split } from '@apical/data';
import { batch } from '@preact/signals';
import type { AnyImages } from '../data/images.ts';
import { type Experiment, ratesAt, withChanged } from '../experiment/experiment.ts';
import { runConfigOf, withOwnTable } from '../experiment/run-config.ts';
import { Conductor, type Score } from '../training/conductor.ts';
import { hasPaperPoint, nextEvaluation } from '../training/evaluation-points.ts';
import type { Look, Report, Trainee, Weights } from '../training/protocol.ts';
import { type Hired, hire } from '../training/workers.ts';
import { Allowance } from './allowance.ts';
import { isOfRepresentations } from './measures.ts';
import { pageWords } from './page-words.ts';
import { type Glimpse, type NetworkState, store, type Topic } from './store.ts';

/**
 * How long what is watched stays before it is looked at again while networks learn, in milliseconds: images that change must not flash
 * more than three times a second, and next to never where the system asks for less motion.
 */
const [patience, patienceWithLessMotion] = [400, 3000];
const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');

const trainees = new Map<string, Hired<Trainee>>();
/** Rates that were chosen and not yet set. */
const chosenRates = new Map<string, Readonly<Record<string, Rate>>>();
const allowance = new Allowance();
/** Counts how often networks were made: what is reported of earlier ones comes too late. */
let opened = 0;
/** Whether measuring is due at the end of the present round, and is left out. */
let isPassedOver = false;
const shownAt: Record<Topic, number> = { weights: 0, activity: 0 };

const score: Score = {
  players: () =>
    store.networks.value.flatMap(({ rule, failure }) => {
      const hired = trainees.get(rule);
      return hired && failure === undefined ? [{ rule, trainee: hired.remote }] : [];
    }),
  nextStop: (seen) => {
    const change = store.experiment.value.changes.find(({ at }) => at > seen)?.at ?? Number.POSITIVE_INFINITY;
    return Math.min(change, nextEvaluation(seen, store.preset.value.samples));
  },
  batchEnd: endOfBatch,
  speed: () => store.speed.value,
  look: (samples) => {
    const { samples: length } = store.preset.value;
    // A point within a batch is put off to its end.
    const { count, batch } = batches();
    const before = batchStart(samples - 1, count, batch);
    const isPoint = nextEvaluation(before, length) <= samples;
    const evaluated = isPoint && (allowance.isLeft || hasPaperPoint(before, samples, length));
    isPassedOver = isPoint && !evaluated;
    return {
      ...(evaluated && { measures: measured() }),
      weights: isDue('weights'),
      ...(isDue('activity') && { activity: shownImage() }),
    };
  },
  beforeRound: setRates,
  afterRound: publish,
};

/** How many samples an epoch and a batch have. */
function batches(): { readonly count: number; readonly batch: number } {
  return { count: store.images.value?.count ?? 1, batch: store.experiment.value.batch };
}

/** The end of the batch that so many samples end in: the last of an epoch may be smaller. */
export function endOfBatch(samples: number): number {
  const { count, batch } = batches();
  return Number.isFinite(samples) ? batchEnd(samples, count, batch) : samples;
}

/** Has the networks of the experiment learn, all of them after the same samples. */
export const conductor = new Conductor(score);

/**
 * Makes the networks of an experiment anew, in the workers that there are, and shows them. Where one cannot be made, those that were
 * there before stay.
 * @throws InputError
 */
export async function openNetworks(
  experiment: Experiment,
  images: AnyImages,
  weights: Readonly<Record<string, Weights>> = {},
): Promise<void> {
  const { rules } = experiment;
  opened++;
  await Promise.all(
    rules.map(async (rule) => {
      const hired = trainees.get(rule) ?? hire<Trainee>();
      trainees.set(rule, hired);
      await hired.remote.prepare(runConfigOf(experiment, rule), images, weights[rule]);
    }),
  ).catch((error) => {
    for (const [rule, hired] of trainees) {
      if (store.networks.value.some((network) => network.rule === rule)) continue;
      hired.dismiss();
      trainees.delete(rule);
    }
    throw error;
  });
  await Promise.all(rules.map((rule) => trainees.get(rule)!.remote.begin()));
  for (const [rule, hired] of trainees) {
    if (rules.includes(rule)) continue;
    hired.dismiss();
    trainees.delete(rule);
  }
  conductor.reset();
  chosenRates.clear();
  allowance.reset();
  // Views of the networks look at their experiment, and at their images.
  batch(() => {
    store.images.value = images;
    store.experiment.value = experiment;
    store.samplesSeen.value = 0;
    store.glimpses.value = {};
    store.networks.value = runRuleNames.filter((rule) => rules.includes(rule)).map((rule) => ({ rule, points: [] }));
  });
}

/** Has accuracy measured on these images, too. The networks fetch them themselves: they are many. */
export async function holdOut(set: string, split: Split): Promise<void> {
  await Promise.all([...trainees.values()].map(({ remote }) => remote.holdOut(set, split, document.baseURI)));
}

/** Looks at networks that stand: at all that is shown, and at the digests of their weights. */
export async function lookClosely(): Promise<void> {
  const seen = store.samplesSeen.value;
  const look: Look = { measures: measured(true), weights: true, digest: true, activity: shownImage() };
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
    players.map(async ({ rule, trainee }) => [rule, await trainee.advance(seen, look)] as const),
  );
  if (asked === opened) publish(seen, new Map(reports), store.pace.value);
}

/** A network that stands as a file: a model, with the config of its run. */
export async function saveNetwork(rule: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const config = runConfigOf(store.experiment.value, rule, store.samplesSeen.value);
  return trainees.get(rule)?.remote.save(withOwnTable(config, store.images.value));
}

/** Rates that act from the next round on. */
export function chooseRates(rule: string, rates: Readonly<Record<string, Rate>>): void {
  chosenRates.set(rule, rates);
}

/** Sets the rates that were chosen, and those that the experiment changes at this sample. */
export async function setRates(seen: number): Promise<void> {
  const { experiment } = store;
  const chosen = [...chosenRates];
  chosenRates.clear();
  for (const [rule, rates] of chosen) {
    const others = experiment.value.changes.filter((change) => change.rule !== rule || change.at !== seen);
    experiment.value =
      seen === 0
        ? withChanged(experiment.value, rule, { rates })
        : { ...experiment.value, changes: [...others, { at: seen, rule, rates }] };
  }
  const due = experiment.value.changes.filter(({ at }) => at === seen).map(({ rule }) => rule);
  for (const rule of new Set([...due, ...chosen.map(([each]) => each)])) {
    await trainees.get(rule)?.remote.setRates(ratesAt(experiment.value, rule, seen));
  }
}

function publish(seen: number, reports: ReadonlyMap<string, Report>, pace: number): void {
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
    if (remark !== undefined) store.notice.value = pageWords(remark);
    // What shows networks is drawn anew only where one of them is another than before.
    const networks = store.networks.value.map((network) => {
      const report = reports.get(network.rule);
      return report ? withReport(network, report, stood, !stood && isPassedOver) : network;
    });
    if (networks.some((network, i) => network !== store.networks.value[i])) store.networks.value = networks;
    const failed = new Set(networks.flatMap(({ rule, failure }) => (failure === undefined ? [] : [rule])));
    const looked = [...reports].filter(([rule, { weights, activity }]) => weights || activity || failed.has(rule));
    if (looked.length > 0) {
      const glimpses = looked.map(([rule, report]) => [
        rule,
        glimpse(store.glimpses.value[rule], report, failed.has(rule)),
      ]);
      store.glimpses.value = { ...store.glimpses.value, ...Object.fromEntries(glimpses) };
    }
  });
}

/** What a network that failed did with a sample is of another sample than what others do: it is shown no more. */
function glimpse(before: Glimpse | undefined, { weights, activity }: Report, hasFailed: boolean): Glimpse {
  if (hasFailed) return before?.weights ? { weights: before.weights } : {};
  return { ...before, ...(weights && { weights }), ...(activity && { activity }) };
}

/**
 * @param stood whether it has learned nothing since the report before: then the digest of its weights stays
 * @param passedOver whether it was due to be measured, and was not
 */
function withReport(network: NetworkState, report: Report, stood: boolean, passedOver: boolean): NetworkState {
  const { samples, digest, failure } = report;
  const readings = report.readings ?? (passedOver ? {} : undefined);
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
    ...(diverged && { failure: new DivergenceError(samples, network.rule).message }),
  };
}

function withPoint(points: NetworkState['points'], samples: number, readings: Record<string, number>) {
  const last = points.at(-1);
  if (last?.samples !== samples) return [...points, { samples, readings }];
  return [...points.slice(0, -1), { samples, readings: { ...last.readings, ...readings } }];
}

/**
 * What is drawn, and what else costs little: so that it has a past where it is drawn later.
 * @param stands whether networks stand: then there is time
 */
function measured(stands = false): string[] {
  const cheap = stands || allowance.isAmple ? ['objective', 'decoupling', 'accuracy'] : ['objective', 'decoupling'];
  const { measured } = store.measure.value;
  return [...new Set([...cheap, measured, ...(isOfRepresentations(store.measure.value) ? ['output-spectrum'] : [])])];
}

function shownImage(): 'next' | RawInputs {
  return store.drawing.value ?? 'next';
}

/** Whether it is time to look at a topic again, if it is on the screen. */
function isDue(topic: Topic): boolean {
  const least = lessMotion.matches ? patienceWithLessMotion : patience;
  if (store.watched[topic].value === 0 || performance.now() - shownAt[topic] < least) return false;
  shownAt[topic] = performance.now();
  return true;
}
