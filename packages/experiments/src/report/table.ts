import { html, type Markup } from './markup.ts';

/** A table that scrolls by itself where the page is narrow. */
export interface Table {
  /** An identifier of its own on the page. */
  readonly id: string;
  readonly caption: Markup;
  readonly className?: string;
  /** A row of column heads. */
  readonly head: readonly (string | Markup)[];
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly (string | Markup)[])[];
  /** The columns of numbers, which are aligned to the right. */
  readonly numbers?: readonly number[];
}

export function table({ id, caption, className = '', head, rows, numbers = [] }: Table): Markup {
  const kind = (column: number) => (numbers.includes(column) ? 'value' : 'words');
  const heads = head.map((cell, column) => html`<th class="${kind(column)}" scope="col">${cell}</th>`);
  const lines = rows.map(([first = '', ...cells]) => {
    const rest = cells.map((cell, column) => html`<td class="${kind(column + 1)}">${cell}</td>`);
    return html`<tr><th scope="row">${first}</th>${rest}</tr>`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table class="${className}">
<caption id="${id}">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}
</tbody>
</table>
</div>`;
}
