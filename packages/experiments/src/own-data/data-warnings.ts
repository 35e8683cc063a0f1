import { labelRoleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';

/** What of the columns of a table its run is not made for, a line each; nothing where it is. */
export function dataWarnings(config: Pick<RunConfig, 'rule' | 'ruleModule' | 'data' | 'biases'>): string[] {
  const { data, biases = false } = config;
  const { spread, targetOffset, targetSpread } = data.table?.found ?? {};
  const { inputs, labels, labelInputs = 'raw' } = data;
  const isCentred = labelInputs === 'columns' || labelInputs === 'centred';
  const isOffset = labels === 'numbers' && targetOffset !== undefined && !biases && !isCentred;
  const isUnequal = labels === 'numbers' && targetSpread !== undefined && labelInputs !== 'columns';
  const hasBiases = labelRoleOf(config) === 'predicted';
  return [
    ...(spread !== undefined && inputs !== 'columns'
      ? [`columns vary up to ${count(spread)} times as much as others: --inputs columns scales each by its own sd`]
      : []),
    ...(isOffset
      ? [
          `targets lie far from 0: the mean of one is ${count(targetOffset)} times its sd, and the network has no biases: ${hasBiases ? '--biases learns the means, ' : ''}--label-inputs columns takes ${hasBiases ? 'them' : 'the means'} off`,
        ]
      : []),
    ...(isUnequal
      ? [
          `targets vary up to ${count(targetSpread)} times as much as others: --label-inputs columns scales each by its own sd`,
        ]
      : []),
  ];
}

function count(number: number): string {
  return number.toLocaleString('en');
}
