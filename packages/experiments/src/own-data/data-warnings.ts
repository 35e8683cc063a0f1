import { labelRoleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';

type Warned = Pick<RunConfig, 'rule' | 'ruleModule' | 'data' | 'biases'>;

/** What to do where a run diverges whose targets its network is not made for: the warning said so. */
export function divergenceAdvice(config: Warned): string | undefined {
  const isTold = dataWarnings(config).some((text) => text.includes(scaled));
  return isTold ? `or ${scaled}, as the warning says: targets are then learned by their own mean and sd` : undefined;
}

/** What of the columns of a table its run is not made for, a line each; nothing where it is. */
export function dataWarnings(config: Warned): string[] {
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
          `targets lie far from 0: the mean of one is ${count(targetOffset)} times its sd, and the network has no biases: ${hasBiases ? '--biases learns the means, ' : ''}${scaled} takes ${hasBiases ? 'them' : 'the means'} off`,
        ]
      : []),
    ...(isUnequal
      ? [`targets vary up to ${count(targetSpread)} times as much as others: ${scaled} scales each by its own sd`]
      : []),
  ];
}

const scaled = '--label-inputs columns';

function count(number: number): string {
  return number.toLocaleString('en');
}
