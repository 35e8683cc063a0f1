/** What binds an expression together, from tight to loose: what decides where parentheses are needed. */
export type Binding = 'atom' | 'product' | 'gated' | 'sum';

/** Something in symbols. */
export interface Expression {
  readonly text: string;
  readonly binding: Binding;
}

/** A symbol, or what has its own brackets. */
export function atom(text: string): Expression {
  return { text, binding: 'atom' };
}

/** The expression, in parentheses unless it is bound in one of these ways. */
export function within({ text, binding }: Expression, bindings: readonly Binding[]): string {
  return bindings.includes(binding) ? text : `(${text})`;
}

/** `left + right`, with the sign of the right. */
export function sum(left: Expression, right: Expression): Expression {
  const joined = right.text.startsWith('−') ? `− ${right.text.slice(1)}` : `+ ${right.text}`;
  return { text: `${left.text} ${joined}`, binding: 'sum' };
}

/** `left − right`. */
export function difference(left: Expression, right: Expression): Expression {
  return { text: `${left.text} − ${within(right, ['atom', 'product', 'gated'])}`, binding: 'sum' };
}

/** `left ⊙ right`. */
export function product(left: Expression, right: Expression): Expression {
  return { text: `${within(left, ['atom', 'gated'])} ⊙ ${within(right, ['atom'])}`, binding: 'gated' };
}

/** `factor · of`, with the number, or what it is called. */
export function multiple(factor: number, of: Expression, symbol?: string): Expression {
  const inner = within(of, ['atom', 'product']);
  if (symbol !== undefined)
    return { text: `${symbol.includes('/') ? `(${symbol})` : symbol} ${inner}`, binding: 'product' };
  if (factor === 1) return of;
  if (factor === -1) return { text: `−${inner}`, binding: 'sum' };
  return { text: `${formatNumber(factor)} ${inner}`, binding: factor < 0 ? 'sum' : 'product' };
}

/** `post preᵀ`; `post` where the presynaptic cell is one that always fires. */
export function outerProduct(post: Expression, pre: Expression | 'one'): Expression {
  if (pre === 'one') return post;
  const left = post.binding === 'gated' ? `[${post.text}]` : within(post, ['atom', 'product']);
  return { text: `${left} ${within(pre, ['atom'])}ᵀ`, binding: 'product' };
}

/** A number as equations have it, to four digits. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(4))).replaceAll('-', '−');
}
