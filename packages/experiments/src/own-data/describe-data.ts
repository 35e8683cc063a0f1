import { describeImages, isSynthetic, isTablePath, listed, syntheticSet } from '@apical/data';
import { isOwnData, ownPath } from '../config/own-data.ts';
import type { RunConfig } from '../config/run-config.ts';
import { alikeClasses } from './alike-classes.ts';

const inputsWords: Readonly<Record<RunConfig['data']['inputs'], string>> = {
  raw: 'inputs as they are',
  unit: 'inputs / 255',
  'unit-length': 'inputs of length 1',
  standardised: 'inputs standardised by one mean and sd of what is learned',
  columns: 'inputs standardised column by column, by the mean and sd of what is learned',
  centred: 'inputs centred column by column, and scaled so that their mean length is 1',
};

/** More names than this are not told. */
const mostTold = 8;

/** What was understood of a table of one's own, or of generated data, in a line; undefined for images. */
export function describeData(data: RunConfig['data']): string | undefined {
  if (isSynthetic(data.set)) return describeSynthetic(data);
  return isOwnData(data.set) ? describeTable(data) : undefined;
}

function describeSynthetic({ set, inputs, first }: RunConfig['data']): string {
  const { description, train, test, inputs: m, labels, kind, classNames = [] } = syntheticSet(set);
  const learned = first === undefined ? '' : `, the first ${count(first)} learned`;
  const held = test > 0 ? `, ${count(test)} others held out` : '';
  const what = {
    classes: `${count(labels)} classes (${listed(classNames)})`,
    numbers: `${count(labels)} numbers`,
    none: 'none',
  };
  return `${description}; ${count(train)} samples × ${count(m)} inputs${learned}${held}; labels: ${what[kind]}; ${inputsWords[inputs]}`;
}

function describeTable(data: RunConfig['data']): string | undefined {
  const understood = describeOwnTable(data);
  const constant = data.table?.found?.constant ?? [];
  const same = constant.length > mostTold ? `${count(constant.length)} inputs` : listed(constant);
  return (
    understood &&
    [understood, inputsWords[data.inputs], ...(constant.length > 0 ? [`the same in all samples: ${same}`] : [])].join(
      '; ',
    )
  );
}

/** What was understood of a table of one's own: samples, target and header; undefined where it was not read. */
export function describeOwnTable({
  set,
  table,
  labels,
  first,
}: Pick<RunConfig['data'], 'set' | 'table' | 'labels' | 'first'>): string | undefined {
  const found = table?.found;
  if (!table || !found) return undefined;
  const { target, test, holdOut, seed = 1 } = table;
  const { classes, image } = found;
  const held =
    test !== undefined
      ? `, ${count(found.test)} of ${test} held out`
      : holdOut !== undefined
        ? `, ${count(found.test)} held out (${holdOut}${classes ? ' of each class' : ''}, by seed ${seed})`
        : '';
  const learned = first === undefined ? '' : `, the first ${count(first)} learned`;
  const isLearned = labels !== 'none' && (target !== undefined || found.second !== undefined);
  const what = classes
    ? `${count(classes.length)} classes (${listed(classes)})`
    : found.labels !== undefined
      ? `${count(found.labels)} numbers a sample`
      : 'numbers';
  const alike = isLearned ? alikeClasses(classes ?? []) : undefined;
  return [
    `${ownPath(set)}: ${count(found.train)} samples × ${count(found.inputs)} inputs${image ? ` (images: ${describeImages(image)})` : ''}${learned}${held}`,
    ...(isLearned
      ? [
          target === undefined
            ? `second view: ${count(found.second)} numbers (${table.secondView})`
            : `${/^\d+$/.test(target) ? `column ${target}` : target}: ${what}`,
        ]
      : ['no labels']),
    ...(alike === undefined ? [] : [alike]),
    ...(isTablePath(ownPath(set)) ? [found.columns ? 'line 1 is a header' : 'no header'] : []),
  ].join('; ');
}

function count(number = 0): string {
  return number.toLocaleString('en');
}
