import { describeImages, isTablePath } from '@apical/data';
import { isOwnData, ownPath } from '../config/own-data.ts';
import type { RunConfig } from '../config/run-config.ts';

const inputsWords: Readonly<Record<RunConfig['data']['inputs'], string>> = {
  raw: 'inputs as they are',
  unit: 'inputs / 255',
  'unit-length': 'inputs of length 1',
  standardised: 'inputs standardised by one mean and sd of what is learned',
  columns: 'inputs standardised column by column, by the mean and sd of what is learned',
};

/** More names than this are not told. */
const mostTold = 8;

/** What was understood of a table of one's own, in a line; undefined for other data. */
export function describeOwnData({ set, table, inputs, first }: RunConfig['data']): string | undefined {
  const found = table?.found;
  if (!isOwnData(set) || !table || !found) return undefined;
  const { target, test, holdOut, seed = 1 } = table;
  const { classes, image, constant = [] } = found;
  const held =
    test !== undefined
      ? `, ${count(found.test)} of ${test} held out`
      : holdOut !== undefined
        ? `, ${count(found.test)} held out (${holdOut}${classes ? ' of each class' : ''}, by seed ${seed})`
        : '';
  const learned = first === undefined ? '' : `, the first ${count(first)} learned`;
  const measured = held !== '' && !classes ? ', which apical evaluate measures' : '';
  const what = classes ? `${count(classes.length)} classes (${list(classes)})` : 'numbers';
  const same =
    constant.length > 0
      ? [`the same in all samples: ${constant.length > mostTold ? `${count(constant.length)} inputs` : list(constant)}`]
      : [];
  return [
    `${ownPath(set)}: ${count(found.train)} samples × ${count(found.inputs)} inputs${image ? ` (images: ${describeImages(image)})` : ''}${learned}${held}${measured}`,
    `${/^\d+$/.test(target) ? `column ${target}` : target}: ${what}`,
    ...(isTablePath(ownPath(set)) ? [found.columns ? 'line 1 is a header' : 'no header'] : []),
    inputsWords[inputs],
    ...same,
  ].join('; ');
}

function list(names: readonly string[]): string {
  return names.length > mostTold ? `${names.slice(0, mostTold).join(', ')}, …` : names.join(', ');
}

function count(number = 0): string {
  return number.toLocaleString('en');
}
