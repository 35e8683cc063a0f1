import { html, type Markup } from './markup.ts';
import { count, duration } from './numbers.ts';

/** Where and when results were computed. */
export interface Provenance {
  readonly created: string;
  readonly seconds: number;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly workers: number;
}

export function provenanceSection({ version, provenance }: { version: string; provenance: Provenance }): Markup {
  const facts: [string, string][] = [
    ['apical', version],
    ['Node.js', provenance.node],
    ['Platform', provenance.platform],
    ['Processor', provenance.cpu],
    ['Workers', count(provenance.workers)],
    ['Wall time', duration(provenance.seconds)],
    ['Date', provenance.created],
  ];
  return html`<section>
<h3>Program and machine</h3>
${factList(facts)}
</section>`;
}

/** Names with what they stand for. */
export function factList(facts: readonly (readonly [string, string])[]): Markup {
  return html`<dl class="facts">
${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>`;
}
