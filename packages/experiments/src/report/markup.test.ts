import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertWellFormed } from '../../test/support/well-formed.ts';
import { escapeText, html } from './markup.ts';

const character = fc.oneof(
  fc.constantFrom(...'<>&"\'\0'),
  fc.oneof(fc.integer({ max: 0xd7ff, min: 0 }), fc.integer({ max: 0x10ffff, min: 0xe000 })).map(String.fromCodePoint),
);

test('any string stands as text in elements and attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), (text) => {
      assertWellFormed(html`<p title="${text}">${text}</p>`.markup);
      const back = escapeText(text)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
      const came = [...back];
      const lost = [...text].filter((character, index) => came[index] !== character && came[index] !== '\u{fffd}');
      expect([came.length, lost]).toEqual([[...text].length, []]);
    }),
  );
});

test('code points that XML forbids do not get through, all others do', () => {
  expect(escapeText('\0\x08\x1f\u{ffff}\ud800')).toBe('\u{fffd}'.repeat(5));
  expect(escapeText('k\t=\n1 ± η₀ 𝜂')).toBe('k\t=\n1 ± η₀ 𝜂');
});

test('markup goes into markup unescaped', () => {
  expect(html`<ul>${[html`<li>${'<b>'}</li>`, html`<li>${2}</li>`]}</ul>`.markup).toBe(
    '<ul><li>&lt;b&gt;</li>\n<li>2</li></ul>',
  );
});
