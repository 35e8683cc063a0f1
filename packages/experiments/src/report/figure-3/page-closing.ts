import type { Figure3Results } from '../../figure-3/results.ts';
import { html, type Markup } from '../markup.ts';
import { referencesSection } from '../references.ts';
import { methods, panelsOf } from './panels.ts';

/** How to compute the same again, what the verdicts mean, and the papers. */
export function closingSections(results: Figure3Results): Markup {
  return html`<section>
<h2>How to reproduce this</h2>
<pre tabindex="0"><code>${commandLine(results)}</code></pre>
<p>The same version of apical computes the same numbers, bit for bit. They are beside this page with all their digits: <a href="figure-3.csv">figure-3.csv</a> holds the figure’s values, every run included, <a href="results.json">results.json</a> all of the results with their settings, and <a href="figure-3.svg">figure-3.svg</a> the figure.</p>
</section>
<section>
<h2>How the verdicts are defined</h2>
<p>The combined standard deviation of a value is √(ours² + paper² + 0.00005²): the standard deviation over our runs, that over the paper’s, and half a unit of the paper’s last printed decimal.</p>
<dl class="facts">
<dt>agrees</dt><dd>the two means differ by at most 3 combined standard deviations;</dd>
<dt>differs</dt><dd>they differ by more;</dd>
<dt>uninformative</dt><dd>the value of an untrained network lies within 3 combined standard deviations of the paper’s mean too, so that agreement would say nothing about learning.</dd>
</dl>
<p>Where a combined standard deviation is large, agreement is a weak statement; with few runs the standard deviations themselves are rough. Our random initial weights and orders of samples are not the paper’s, so that single values are not expected to be equal. The paper does not print how its weights start; the starts here were chosen, once, so that the curves follow its first points.</p>
</section>
${referencesSection()}`;
}

/** The command that computes these results again. */
export function commandLine(results: Figure3Results): string {
  const panels = panelsOf(results);
  const ran = panels.flatMap(({ panel }) => methods.map((method) => panel[method]));
  const runs = Math.max(...ran.map(({ seeds }) => seeds.length));
  const seed = Math.min(...ran.map(({ config }) => config.seed));
  const names = panels.map(({ name }) => name).join(',');
  return `apical reproduce figure-3 --panel ${names} --runs ${runs} --seed ${seed}`;
}
