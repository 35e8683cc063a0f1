import { seriesRules } from './chart-style.ts';
import { html, type Markup, raw } from './markup.ts';
import { pageStyle } from './page-style.ts';

/** A report: one HTML file that needs nothing else, no network and no scripts. */
export interface Page {
  readonly title: string;
  readonly subtitle: Markup;
  readonly sections: readonly Markup[];
  /** What wrote it, where the page may only take the place of one of the same. */
  readonly generator?: string;
}

export function page({ title, subtitle, sections, generator }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${
  generator === undefined
    ? ''
    : html`<meta name="generator" content="${generator}">
`
}<title>${title}</title>
<style>${raw(pageStyle + seriesRules(sections.map(({ markup }) => markup).join('')))}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="subtitle">${subtitle}</p>
${sections}
</main>
</body>
</html>
`.markup;
}
