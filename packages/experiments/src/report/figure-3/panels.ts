import type { Figure3Results, PanelName, PanelResults } from '../../figure-3/results.ts';

/** The two methods a panel compares, in the paper's order of mention. */
export const methods = ['bmvr', 'backprop'] as const;
export type Method = (typeof methods)[number];

const paperOrder: readonly PanelName[] = ['mnist', 'fashion-mnist', 'cifar-10', 'cifar-100'];

/** The panels that were run, in the paper's order. */
export function panelsOf(results: Figure3Results): { name: PanelName; panel: PanelResults }[] {
  return paperOrder.flatMap((name) => {
    const panel = results.panels[name];
    return panel === undefined ? [] : [{ name, panel }];
  });
}

/** "MNIST, k = 1". */
export function panelHeading(panel: PanelResults): string {
  return `${panel.title}, k = ${panel.hidden}`;
}

/** Samples seen at each of the paper's 0-based steps. */
export function samplesSeen(panel: PanelResults): number[] {
  return panel.steps.map((step) => step + 1);
}

/** The last value of a curve. */
export function last(values: readonly number[]): number {
  return values.at(-1) ?? Number.NaN;
}

/** "5 runs", or "3 to 5 runs" where the methods were run a different number of times. */
export function runsText(results: Figure3Results): string {
  const runs = panelsOf(results).flatMap(({ panel }) => methods.map((method) => panel[method].seeds.length));
  const [fewest, most] = [Math.min(...runs), Math.max(...runs)];
  if (fewest !== most) return `${fewest} to ${most} runs`;
  return most === 1 ? '1 run' : `${most} runs`;
}
