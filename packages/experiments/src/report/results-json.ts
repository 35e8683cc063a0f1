/** An array of numbers (and nulls) as JSON.stringify lays it out over several lines; no string can look so. */
const numberArray = /\[\n\s+((?:-?\d[^\s,]*|null)(?:,\n\s+(?:-?\d[^\s,]*|null))*)\n\s+\]/g;

/** JSON with an indent of 2, arrays of numbers on one line each. Numbers keep all their digits. */
export function readableJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(numberArray, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`)}\n`;
}
