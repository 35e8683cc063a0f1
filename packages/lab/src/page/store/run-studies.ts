import { differingNames } from '@apical/experiments';
import { batch } from '@preact/signals';
import { loadCurve } from '../studies/curve.ts';
import { mostChosen, readRoute, type StudiesRoute, usualGoal, writeRoute } from '../studies/route.ts';
import { RunEvents, type RunsMessage } from '../studies/run-events.ts';
import { type RunRow, rowsOf } from '../studies/run-row.ts';
import { store } from './store.ts';

/** How long what comes is gathered before it is shown; and showing may take one part of the time in so many. */
const leastMilliseconds = 100;
const leastShare = 4;
/** When a curve that could not be had is asked for again, where the server is there. */
const retryMilliseconds = 1500;
/** How long after its latest letter the filter rests: what was typed until then is one entry of the browser's history. */
const restMilliseconds = 1000;

const rows = new Map<string, RunRow>();
const [settingNames, resultNames] = [new Set<string>(), new Set<string>()];
let events: RunEvents | undefined;
/** Whether there are other runs than those shown, or other settings. */
let areOthers = false;
let hasLooked = false;
/** Whether what has come is soon shown. */
let isGathering = false;
let pause = leastMilliseconds;
const asking = new Set<string>();
let typing: ReturnType<typeof setTimeout> | undefined;

const listener = {
  onConnection(connection: typeof store.studies.connection.value): void {
    store.studies.connection.value = connection;
    if (connection === 'live') refreshCurves();
  },
  onReset(): void {
    rows.clear();
    settingNames.clear();
    resultNames.clear();
    areOthers = true;
  },
  onRuns(message: RunsMessage): void {
    take(message);
    hasLooked = message.hasLooked;
    store.studies.problem.value = message.problem;
    if (!isGathering) setTimeout(show, pause);
    isGathering = true;
  },
};

function take(message: RunsMessage): void {
  const known = settingNames.size + resultNames.size;
  for (const name of message.settings) settingNames.add(name);
  for (const name of message.results) resultNames.add(name);
  areOthers ||= settingNames.size + resultNames.size > known;
  for (const row of rowsOf(message)) {
    areOthers ||= rows.get(row.name)?.group !== row.group;
    rows.set(row.name, row);
  }
  for (const name of message.gone) areOthers = rows.delete(name) || areOthers;
}

/** Shows what has come. */
function show(): void {
  isGathering = false;
  const start = performance.now();
  const { studies } = store;
  batch(() => {
    const all = [...rows.values()];
    if (areOthers) {
      studies.names.value = ['run', 'status', ...settingNames, ...resultNames];
      studies.results.value = [...resultNames];
      studies.differing.value = [...settingNames].filter((name) => !found.test(name) && isDiffering(name, all));
    }
    areOthers = false;
    studies.hasLooked.value = hasLooked;
    studies.rows.value = all;
  });
  // What takes long of showing them.
  studies.sorted.value;
  studies.ranking.value;
  pause = Math.max(leastMilliseconds, (leastShare - 1) * (performance.now() - start));
  refreshCurves();
}

/** What was found in tables: whole sums and lists of columns, which say nothing that the names of the tables do not. */
const found = /^data\.table\.found\./;

/** Whether runs that have a setting have it otherwise than others that have it: whether they have it follows from others. */
function isDiffering(name: string, all: readonly RunRow[]): boolean {
  const having = all.filter(({ settings }) => settings[name] !== undefined);
  const settings = having.map((row) => row.settings);
  return differingNames(settings, [name]).length > 0;
}

/** Asks for the curves of chosen runs that have learned since. */
function refreshCurves(): void {
  for (const name of store.studies.route.value.chosen) {
    const row = rows.get(name);
    const stand = row && JSON.stringify([row.status, row.values.learned]);
    if (stand === undefined || asking.has(name) || store.studies.curves.value.get(name)?.stand === stand) continue;
    asking.add(name);
    bringCurve(name, stand);
  }
}

async function bringCurve(name: string, stand: string): Promise<void> {
  const { curves } = store.studies;
  try {
    const curve = await loadCurve(name);
    curves.value = new Map(curves.value).set(name, { stand, curve });
  } catch (error) {
    const { curve } = curves.value.get(name) ?? {};
    const problem = (error as Error).message;
    curves.value = new Map(curves.value).set(name, { stand: '', ...(curve ? { curve } : { problem }) });
    await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
  }
  asking.delete(name);
  if (store.studies.connection.value === 'live') refreshCurves();
}

/** What is typed from now on is another entry of the browser's history. */
function endTyping(): void {
  clearTimeout(typing);
  typing = undefined;
}

/** Shows what has changed: as a new entry of the browser's history, or in place of the present one. */
function go(change: Partial<StudiesRoute>, how: 'push' | 'replace' = 'push'): void {
  endTyping();
  store.studies.route.value = { ...store.studies.route.value, ...change };
  const address = writeRoute(store.studies.route.value);
  if (address !== location.hash) history[how === 'push' ? 'pushState' : 'replaceState'](undefined, '', address);
}

/** What can be done with the runs that the server watches: what the views of them call. */
export const runStudies = {
  /** Shows what the address says, and has the server tell of runs, until `close`. */
  open(): void {
    endTyping();
    const route = readRoute(location.hash);
    if (route) store.studies.route.value = route;
    events ??= new RunEvents(listener);
    refreshCurves();
  },

  close(): void {
    events?.close();
    events = undefined;
  },

  /** Shows only runs for which a condition holds. */
  filter(where: string): void {
    const how = typing === undefined ? 'push' : 'replace';
    go({ where }, how);
    typing = setTimeout(endTyping, restMilliseconds);
  },

  /** Sorts by a column; by the same one again, the other way. */
  sortBy(by: string): void {
    const { sort } = store.studies.route.value;
    go({ sort: { by, descending: sort.by === by && !sort.descending } });
  },

  /** Draws the curve of a run, or draws it no more. */
  toggle(name: string): void {
    const { chosen } = store.studies.route.value;
    runStudies.choose(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  },

  /** Draws the curves of these runs: the last ones where they are too many. */
  choose(names: readonly string[]): void {
    if (names.length > mostChosen) store.notice.value = `At most ${mostChosen} curves are drawn at a time: the latest.`;
    go({ chosen: names.slice(-mostChosen) });
    refreshCurves();
  },

  rankBy: (metric: string) => go({ metric, goal: usualGoal(metric) }),
  rankTo: (goal: StudiesRoute['goal']) => go({ goal }),
  /** Ranks settings whose runs learn so many samples. */
  rankLength: (length: number) => go({ length }),
};
