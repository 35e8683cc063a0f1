import { html, type Markup } from './markup.ts';

/** The papers behind the reports. */
export function referencesSection(): Markup {
  return html`<section>
<h2>References</h2>
<ul>
<li>S. Golkar, D. Lipshutz, Y. Bahroun, A. M. Sengupta, D. B. Chklovskii: <cite>A biologically plausible neural network for local supervision in cortical microcircuits</cite>. NeurIPS 2020 workshop “Beyond Backpropagation”. <a href="https://arxiv.org/abs/2011.15031">arXiv:2011.15031</a>. “The paper” above.</li>
<li>S. Golkar, D. Lipshutz, Y. Bahroun, A. M. Sengupta, D. B. Chklovskii: <cite>A simple normative network approximates local non-Hebbian learning in the cortex</cite>. NeurIPS 2020. The linear model it builds on.</li>
</ul>
</section>`;
}
