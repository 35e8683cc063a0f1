/** Text that is HTML or SVG already, and is not escaped again. */
export interface Markup {
  readonly markup: string;
}

/** A value put into a template: strings and numbers are escaped. */
export type Insertable = string | number | Markup | readonly Markup[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The code points XML forbids even as references; they turn into U+FFFD. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text as it stands in HTML or XML, in an element or in a quoted attribute. */
export function escapeText(text: string): string {
  return text.replace(forbidden, '\u{fffd}').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Text that is markup already. */
export function raw(markup: string): Markup {
  return { markup };
}

/** A template of HTML or SVG in which every inserted string is escaped. */
export function html(strings: TemplateStringsArray, ...values: Insertable[]): Markup {
  return raw(strings.map((text, index) => text + insert(values[index])).join(''));
}

function insert(value: Insertable | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('\n');
}
