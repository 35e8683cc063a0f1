/** A place in the drawing, in pixels from its top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  readonly colour: string;
  readonly width?: number;
  readonly dashes?: string;
}

export interface TextStyle {
  readonly colour?: string;
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** An SVG element with its attributes; those that are undefined are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: string = '',
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`]))
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function text({ x, y }: Point, words: string, style: TextStyle = {}): string {
  const attributes = {
    x,
    y,
    fill: style.colour,
    'font-size': style.size,
    'font-weight': style.bold ? 'bold' : undefined,
    'font-style': style.italic ? 'italic' : undefined,
    'text-anchor': style.anchor,
  };
  return element('text', attributes, escapeXml(words));
}

/** About how wide words are: 0.55 of their size is more than the mean width of a letter. */
export function widthOf(words: string, size: number): number {
  return 0.55 * size * words.length;
}

/** About how wide bold words are, in which capitals are wider than other letters, and W and M wider than those. */
export function widthOfBold(words: string, size: number): number {
  const widthIn = (letter: string) => (/[WM]/.test(letter) ? 1 : /\p{Lu}/u.test(letter) ? 0.75 : 0.6);
  return size * [...words].reduce((sum, letter) => sum + widthIn(letter), 0);
}

/** The words in lines that are about as wide, broken at spaces; those after the first are set in. */
export function linesOf(words: string, size: number, width: number): readonly string[] {
  const [first = '', ...others] = words.split(' ');
  const found = [first];
  for (const word of others) {
    const longer = `${found.at(-1)} ${word}`;
    if (widthOf(longer, size) <= width) found[found.length - 1] = longer;
    else found.push(`\u2003${word}`);
  }
  return found;
}

/** Lines, each through its points. */
export function lines(each: readonly (readonly Point[])[], { colour, width = 2, dashes }: Stroke): string {
  const d = each.map((points) => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`).join('');
  return element('path', {
    d,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-dasharray': dashes,
    'stroke-linecap': dashes === undefined ? 'round' : undefined,
    'stroke-linejoin': 'round',
  });
}

export function circle({ x, y }: Point, r: number, fill: string, stroke?: string): string {
  return element('circle', { cx: x, cy: y, r, fill, stroke, 'stroke-width': stroke && 2 });
}

/** Escapes text for XML content and attributes. */
export function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
