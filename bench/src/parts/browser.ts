import { chromiumPath, LearningPage } from '../browser/chromium.ts';
import { learning } from '../learning.ts';
import { networkOptions } from '../race/network-options.ts';
import { createProblem } from '../race/problem.ts';
import type { Shape } from '../race/shapes.ts';
import { type Patience, type Repeatable, secondsEach } from '../repeated.ts';

/** The same kernels in Node.js and in headless Chromium. */
export interface BrowserResult {
  /** Of Chromium. */
  readonly version: string;
  readonly shapes: readonly {
    readonly rule: Shape['rule'];
    readonly m: number;
    readonly k: number;
    readonly microseconds: { readonly node: number; readonly chromium: number };
  }[];
}

/** @param note told where there is no Chromium; then there is no result */
export async function measureBrowser(
  shapes: readonly Shape[],
  patience: Patience,
  note: (text: string) => void,
): Promise<BrowserResult | undefined> {
  if (chromiumPath === undefined) {
    note('Chromium is left out: none was found; name one in CHROMIUM_PATH');
    return undefined;
  }
  const page = await LearningPage.open(chromiumPath);
  try {
    const actions: Repeatable[] = [];
    for (const shape of shapes) {
      const { samples } = await createProblem(shape);
      const options = networkOptions(shape, samples);
      actions.push(await learning(options, samples), await page.learning(options, samples));
    }
    const times = await secondsEach(actions, patience);
    const microseconds = (index: number) => 1e6 * times[index]!.median;
    return {
      version: page.version,
      shapes: shapes.map(({ rule, m, k }, i) => ({
        ...{ rule, m, k },
        microseconds: { node: microseconds(2 * i), chromium: microseconds(2 * i + 1) },
      })),
    };
  } finally {
    await page.close();
  }
}
