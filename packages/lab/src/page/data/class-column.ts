/** Where a table has the class of each sample. */
export type ClassColumn = 'first' | 'last';

/**
 * Which of two columns is the class: the one whose numbers are 0, 1, 2, … or 1, 2, 3, … without a gap; or else the one whose numbers
 * are whole and from 0 to 255; and the first where both are alike.
 *
 * @param wanted which one it shall be
 * @returns `other`: the column that could be it as well
 */
export function chooseClassColumn(
  first: ArrayLike<number>,
  last: ArrayLike<number>,
  wanted?: ClassColumn,
): { readonly column: ClassColumn; readonly other?: ClassColumn } {
  const [ofFirst, ofLast] = [likeness(first), likeness(last)];
  const column = wanted ?? (ofLast > ofFirst ? 'last' : 'first');
  const other = column === 'first' ? 'last' : 'first';
  const isPossible =
    (column === 'first' ? ofLast : ofFirst) === 2 || (wanted === undefined && column === 'last' && ofFirst > 0);
  return isPossible || wanted !== undefined ? { column, other } : { column };
}

/** Whether the numbers of a column can be those of classes. */
export function isPossibleClass(column: ArrayLike<number>): boolean {
  return likeness(column) > 0;
}

/** 2: numbered without a gap; 1: could be numbers of classes; 0: are none. */
function likeness(column: ArrayLike<number>): 0 | 1 | 2 {
  const values = new Set(Array.from(column));
  const all = [...values];
  if (!all.every((value) => Number.isInteger(value) && value >= 0 && value < 256)) return 0;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const isNumbered = least <= 1 && values.size > 1 && values.size === most - least + 1;
  return isNumbered ? 2 : 1;
}
