import type { AuditedSignal, CircuitAudit, CircuitDescription, ReversedWeights, SynapseAudit } from '@apical/core';
import { formatTable } from './format.ts';

/** Which signal drives what, a line a pathway. */
export function formatCircuit({ pathways, signals }: CircuitDescription): string {
  const rows = pathways.map(({ weights, synapses, reversed, from, to, compartment, effect, input, output }) => {
    const note = reversed === 'transport' ? 'weight transport' : reversed ? `mirrors ${synapses}` : '';
    const carried = signals[input]?.expression ?? '';
    const caused = signals[output]?.expression ?? '';
    return [weights, `${carried} at ${from}`, `${caused} at ${place(to, compartment)}`, effect, note];
  });
  return formatTable([['synapses', 'carry', 'cause', 'effect', ''], ...rows]);
}

/** A line for each of the synapses, then the verdicts on the rule. */
export function formatAudit(audit: CircuitAudit): string {
  const { synapses, definitions, weightTransport, assumedSymmetry, explicitErrors, phases } = audit;
  const table = formatTable([
    ['update', 'postsynaptic signal', 'presynaptic signal', 'local'],
    ...synapses.map((each) => [each.update, signal(each.post), signal(each.pre), local(each)]),
  ]);
  const verdicts = formatTable([
    ['weight transport', list(weightTransport.map(reversal))],
    ['symmetry assumed', list(assumedSymmetry.map(reversal))],
    ['explicit error', list(explicitErrors)],
    [
      'separate phases',
      phases === 1 ? 'none: one pass' : `${phases} signals one after the other over the same synapses`,
    ],
  ]);
  const where = definitions.length === 0 ? [] : [`where ${definitions.join('; ')}`];
  return [table, ...where, verdicts].join('\n\n');
}

function signal({ expression, population, compartment }: AuditedSignal): string {
  return `${expression} at ${place(population, compartment)}`;
}

function place(population: string, compartment: string | undefined): string {
  return compartment === undefined ? population : `${population} (${compartment})`;
}

function local({ local: isLocal, transported, assumesMirrored }: SynapseAudit): string {
  if (isLocal) return assumesMirrored.length === 0 ? 'yes' : `yes, if others mirror ${assumesMirrored.join(', ')}`;
  return transported.length > 0 ? `no: transported ${transported.join(', ')}` : 'no';
}

function reversal({ synapses, weights, from, to }: ReversedWeights): string {
  return `${weights}, ${from} to ${to}, has the weights of ${synapses}`;
}

function list(found: readonly string[]): string {
  return found.length === 0 ? 'none' : found.join('; ');
}
