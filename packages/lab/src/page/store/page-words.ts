/** What the command's readers and warnings say of options, and what the page says instead, which has none. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/; --target NUMBER says which of them it is/, ': name its columns in line 1 as those that were learned'],
  [/; --header: line 1 is one/, ': line 1 has numbers among its names; give those columns other names'],
  [
    /Say it: --(no-)?header or --(no-)?header, or the option header/,
    'Say what line 1 is where the page asks it, or name all columns in it by names that are no numbers, or leave it out',
  ],
  [/; --separator says which/, '; save it with one of these'],
  [/: --separator semicolon/, ': save it with the same between all cells'],
  [/--parameter (\w+)=/, '$1 = '],
  [/\(--inputs (\w+)\)/, '(inputs: $1)'],
  [/\(--label-inputs (\w+)\)/, '(a second view that is $1)'],
];

/** A message in words of the page. Whole commands in it (`apical train …`) stay. */
export function pageWords(message: string): string {
  return replacements.reduce((text, [of, words]) => text.replace(of, words), message);
}
