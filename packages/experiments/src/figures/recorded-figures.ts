import { type Clock, clockOfRun } from '../config/clock-of-run.ts';
import { spansOf } from '../config/recorded-steps.ts';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { Recorded } from '../runs/recorder.ts';
import type { Figure, Layer, Panel } from './figure.ts';
import { thinned } from './thinned.ts';

/** The most spans, cells of a signal, and synapses that are drawn. */
const most = { spans: 6, cells: 4, synapses: 40 };

/** What was recorded of a run in time, as figures: a raster and traces over each span of time, and the course of weights. */
export function recordedFigures(config: RunConfig, recorded: Recorded): Figure[] {
  const clock = clockOfRun(config);
  if (clock === undefined) return [];
  const { unit, time } = clock;
  const reached = recorded.step?.data.at(-1) ?? 0;
  const spans = spansOf(config).filter(([from]) => from < reached);
  const drawn =
    spans.length > most.spans ? [...spans.slice(0, most.spans / 2), ...spans.slice(-most.spans / 2)] : spans;
  const weights = weightPanels(config, recorded, clock);
  return [
    ...drawn.map(([from, until]) => {
      return {
        title: `From ${count(time(from))} to ${count(time(until))} ${unit}`,
        caption: captionOf(config, recorded),
        panels: signalPanels(config, recorded, from, until, clock),
      };
    }),
    ...(weights.length === 0
      ? []
      : [
          {
            title: 'Weights',
            caption: weightCaption(config, recorded),
            panels: weights,
          },
        ]),
  ];
}

/** Which synapses are drawn. */
function weightCaption({ record }: RunConfig, recorded: Recorded): string {
  const { weights = [] } = record ?? {};
  const parts = weights.map((name) => {
    const { synapses, every } = drawnOf(recorded, name);
    return every === 1 ? `all ${count(synapses)} of ${name}` : `one in ${every} of the ${count(synapses)} of ${name}`;
  });
  return `Weights at the start and at every evaluation: single synapses in grey, ${parts.join(', ')}, and the mean of all.`;
}

/** How many synapses there are, and that one in how many is drawn: in no step with the presynaptic cells, so that all of these have their turn. */
function drawnOf(recorded: Recorded, name: string): { readonly synapses: number; readonly every: number } {
  const [, post = 0, pre = 0] = recorded[`weights.${name}`]!.shape;
  const synapses = post * pre;
  let every = Math.max(1, Math.ceil(synapses / most.synapses));
  while (every > 1 && greatestCommonDivisor(every, pre) > 1) every += 1;
  return { synapses, every };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

const count = (value: number) => value.toLocaleString('en');

/** Which cells are drawn, where not all are. */
function captionOf({ record }: RunConfig, recorded: Recorded): string {
  const { signals = [] } = record ?? {};
  const many = signals.filter((name) => !isSpiking(recorded, name) && cellsOf(recorded, name) > most.cells);
  return many.length === 0 ? '' : `Of ${many.join(', ')}, the first ${most.cells} cells that were recorded.`;
}

/** A raster for each signal of spikes, then traces: of each cell, its signals of one unit together. */
function signalPanels(
  config: RunConfig,
  recorded: Recorded,
  from: number,
  until: number,
  { unit, time }: Clock,
): Panel[] {
  const { signals = [] } = config.record ?? {};
  const steps = recorded.step!.data;
  const rows = Array.from(steps, (step, row) => ({ step, row }))
    .filter(({ step }) => from < step && step <= until)
    .map(({ row }) => row);
  if (rows.length === 0) return [];
  const x = { label: `time, ${unit}`, domain: [time(from), time(until)] as const };
  const rasters = signals.filter((name) => isSpiking(recorded, name));
  const traces = Map.groupBy(
    signals.filter((name) => !rasters.includes(name)),
    (name) => unitOf(config, name) ?? name,
  );
  const panels = [
    ...rasters.map((name): Panel => {
      const { data: cells } = recorded[`cells.${name}`]!;
      const count = cells.length;
      return {
        ...{ wide: true, height: 20 + Math.max(16, Math.min(200, 5 * count)), x },
        y: { label: count === 1 ? name : `${name}: cell`, domain: [-0.5, count - 0.5], ticks: cellTicks(cells) },
        layers: [spikesOf(recorded, name, rows)],
      };
    }),
    ...[...traces].flatMap(([measure, names]) => tracePanels(recorded, measure, names, rows, x)),
  ];
  return panels.map((panel, i) => ({ ...panel, above: i < panels.length - 1 }));
}

/** The numbers of a few cells, where they are drawn; of one, none. */
function cellTicks(cells: ArrayLike<number>): Record<number, string> {
  if (cells.length === 1) return {};
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => cells.length / step <= 6) ?? 1000;
  return Object.fromEntries(
    Array.from(cells, (cell, place) => [place, String(cell)] as const).filter(([place]) => place % every === 0),
  );
}

const labelOf = (name: string, measure: string) => (measure === name ? name : `${name}, ${measure}`);

const cellsOf = (recorded: Recorded, name: string) => recorded[`signal.${name}`]!.shape[1]!;

function isSpiking(recorded: Recorded, name: string): boolean {
  return recorded[`signal.${name}`]!.data.every((value) => value === 0 || value === 1);
}

function unitOf(config: RunConfig, name: string): string | undefined {
  return ruleOf(config)?.time?.units?.[name];
}

function spikesOf(recorded: Recorded, name: string, rows: readonly number[]): Layer {
  const { data } = recorded[`signal.${name}`]!;
  const count = cellsOf(recorded, name);
  const found = rows.flatMap((row) =>
    Array.from({ length: count }, (_, cell) => cell)
      .filter((cell) => data[row * count + cell] === 1)
      .map((cell) => [recorded.time!.data[row]!, cell] as const),
  );
  return { kind: 'spikes', x: found.map(([time]) => time), y: found.map(([, cell]) => cell) };
}

/** Signals of one unit: a panel a cell, so that what is to be compared lies together. */
function tracePanels(
  recorded: Recorded,
  measure: string,
  names: readonly string[],
  rows: readonly number[],
  x: Panel['x'],
): Panel[] {
  const cells = Math.max(...names.map((name) => cellsOf(recorded, name)));
  return Array.from({ length: Math.min(cells, most.cells) }, (_, place) => {
    const here = names.filter((name) => place < cellsOf(recorded, name));
    const what = here.length === 1 ? labelOf(here[0]!, measure) : measure;
    const cell = recorded[`cells.${here[0]}`]!.data[place];
    return {
      ...{ wide: true, x, y: { label: cells === 1 ? what : `cell ${cell}: ${what}` } },
      layers: here.map((name) => traceOf(recorded, name, place, rows)),
    };
  });
}

function traceOf(recorded: Recorded, name: string, place: number, rows: readonly number[]): Layer {
  const { data } = recorded[`signal.${name}`]!;
  const cells = cellsOf(recorded, name);
  const points = thinned(
    rows.map((row) => recorded.time!.data[row]!),
    rows.map((row) => data[row * cells + place]!),
  );
  return { kind: 'line', label: name, ...points };
}

function weightPanels(config: RunConfig, recorded: Recorded, { unit, time }: Clock): Panel[] {
  const { weights = [] } = config.record ?? {};
  const times = Array.from(recorded.evaluated?.data ?? [], (step) => time(step));
  return weights.map((name) => {
    const { data } = recorded[`weights.${name}`]!;
    const { synapses, every } = drawnOf(recorded, name);
    const course = (of: (evaluation: number) => number) => ({
      kind: 'line' as const,
      x: times,
      y: times.map((_, i) => of(i)),
    });
    const lines = Array.from({ length: Math.ceil(synapses / every) }, (_, i) =>
      course((evaluation) => data[evaluation * synapses + i * every]!),
    );
    const mean = course((evaluation) => {
      const now: ArrayLike<number> = data.subarray(evaluation * synapses, (evaluation + 1) * synapses);
      return Array.from(now).reduce((sum, w) => sum + w, 0) / synapses;
    });
    const measure = unitOf(config, name);
    return {
      ...{ wide: true, height: 240, x: { label: `time, ${unit}` } },
      y: { label: measure === undefined ? name : `${name}, ${measure}` },
      layers: [...lines, { ...mean, label: `mean of ${count(synapses)} synapses` }],
    };
  });
}
