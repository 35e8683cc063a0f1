import { firstNonlinear, nameOf } from '../circuit/linear.ts';
import { InputError } from '../errors.ts';
import type { LaidOut } from '../rules/lay-out.ts';

/** The stimulus and the label are the first two signals of every trace. */
const [stimulus, label] = [0, 1];

/**
 * Refuses a ridge that cannot be: it is averaged exactly, of signals that are linear in the input and the label.
 *
 * @throws InputError for that, and for one that is not a number from 0 on
 */
export function checkRidge(ridge: number, laidOut: LaidOut): void {
  if (!(Number.isFinite(ridge) && ridge >= 0)) {
    throw new InputError(`ridge must be a finite number, zero or more, not ${ridge}`);
  }
  const what = ridge > 0 ? nonlinearOf(laidOut) : undefined;
  if (what === undefined) return;
  throw new InputError(`ridge must be 0 with ${what}: a ridge is for what is linear in the input and the label`);
}

/** What is not linear in a network that learns; undefined where all is. */
function nonlinearOf({ rule, circuit, architecture, behaviour }: LaidOut): string | undefined {
  const { activation, output } = architecture;
  if (rule.time) return 'a rule in time';
  if (activation.function !== 'linear') return `the activation ${activation.function}`;
  if (output !== 'linear') return `the output ${output}`;
  if (behaviour.before) return 'what is learned before the first sample';
  const found = firstNonlinear(
    circuit.trace((x, y) => void behaviour.learn(x, y)),
    [stimulus, label],
  );
  if (!found) return undefined;
  const named: Partial<Record<typeof found.kind, string>> = {
    repeat: 'what is repeated',
    phase: 'phases',
    state: 'states',
    noise: 'noise',
    multiply: 'products of signals',
  };
  return named[found.kind] ?? nameOf(found);
}
