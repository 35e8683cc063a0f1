const token =
  /<\?xml[^>]*\?>|<!doctype html>|<\/([\w:-]+)\s*>|<([\w:-]+)((?:\s+[\w:-]+="(?:[^"<&]|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)*")*)\s*(\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)+/giy;

/**
 * Checks the rules of XML that markup written by hand breaks: every tag is closed in order, attributes are quoted and
 * stand once, `<` and `&` stand only for markup. Throws at the first place that breaks one.
 *
 * @param unclosed tags that need no end, as in HTML
 */
export function assertWellFormed(text: string, unclosed: readonly string[] = []): void {
  const open: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const match = token.exec(text);
    if (match === null) throw new Error(`not well formed: ${text.slice(at, at + 80)}`);
    const [, end, start, attributes = '', empty] = match;
    const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, name]) => name);
    if (new Set(names).size < names.length) throw new Error(`an attribute twice: ${match[0]}`);
    if (end !== undefined && open.pop() !== end) throw new Error(`</${end}> closes nothing`);
    if (start !== undefined && empty === '' && !unclosed.includes(start)) open.push(start);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
}
