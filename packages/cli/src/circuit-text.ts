import {
  type AuditedSignal,
  type AuditedTerm,
  type CarriedErrors,
  type CircuitAudit,
  type CircuitDescription,
  type MixedError,
  pathwayNote,
  type ReversedWeights,
  type SynapseAudit,
} from '@apical/core';
import { formatTable } from './format.ts';

/** Which signal drives what, a line a pathway. */
export function formatCircuit({ pathways, signals }: CircuitDescription): string {
  const rows = pathways.map((pathway) => {
    const { weights, from, to, compartment, effect, phase, input, output } = pathway;
    const carried = signals[input]?.expression ?? '';
    const caused = signals[output]?.expression ?? '';
    const notes = [pathwayNote(pathway), phase].filter((note) => note !== undefined).join(', ');
    return [weights, `${carried} at ${from}`, `${caused} at ${place(to, compartment)}`, effect, notes];
  });
  return formatTable([['synapses', 'carry', 'cause', 'effect', ''], ...rows]);
}

/** A line for each of the synapses, then the verdicts on the rule. */
export function formatAudit(audit: CircuitAudit): string {
  const { synapses, definitions } = audit;
  const table = formatTable([
    ['update', 'postsynaptic signal', 'presynaptic signal', 'local'],
    ...synapses.map((each) => [each.update, ends(each, 'post'), ends(each, 'pre'), local(each)]),
  ]);
  const where = definitions.length === 0 ? [] : [`where ${definitions.join('\n      ')}`];
  return [table, ...where, formatTable(verdicts(audit))].join('\n\n');
}

/** What is asked of every rule, and what else there is to say of this one. */
function verdicts(audit: CircuitAudit): string[][] {
  const { weightTransport, signTransport, assumedSymmetry, explicitErrors, errorCarried, errorMixed } = audit;
  const always = (name: string, found: readonly string[]) => [[name, found.length === 0 ? 'none' : found.join('; ')]];
  const ifAny = (name: string, found: readonly string[]) => (found.length === 0 ? [] : always(name, found));
  return [
    ...always('weight transport', weightTransport.map(reversal)),
    ...ifAny('sign transport', signTransport.map(signs)),
    ...always('symmetry assumed', assumedSymmetry.map(reversal)),
    ...ifAny(
      'same product',
      audit.sharedProducts.map(([there, back]) => `${there} and ${back} learn alike`),
    ),
    ...always('explicit error', explicitErrors),
    ...(explicitErrors.length === 0 ? [] : [['error carried', carried(errorCarried, errorMixed)]]),
    ...ifAny(
      'several outputs',
      audit.severalOutputs.map((cells) => `${cells.population}: ${cells.signals.join(', ')}`),
    ),
    ...ifAny('gated by f′', audit.gatedBySlope),
    ...always('separate phases', phases(audit)),
    ...ifAny('settling', audit.settling > 0 ? [settling(audit)] : []),
    ...ifAny(
      'at rest',
      audit.equilibria.map(({ expression, at, through }) => {
        return `${expression} at ${at}${through.length > 0 ? `, by fast currents through ${through.join(', ')}` : ''}`;
      }),
    ),
    ...ifAny('without autapses', audit.withoutAutapses),
    ...ifAny(
      'noise',
      audit.noise.map(({ name, at, distribution }) => `${name}, ${distribution}, at ${at}`),
    ),
    ...ifAny(
      'kept',
      audit.kept.map(({ name, at, lasts }) => `${name} at ${at}${lasts === 'ever' ? ', from sample to sample' : ''}`),
    ),
    ...ifAny(
      'at synapses',
      audit.synapseValues.map(({ synapses, expression }) => `${expression} at ${synapses}`),
    ),
    ...ifAny(
      'sum over cells',
      audit.pooled.map(({ expression, at }) => `${expression} at ${at}`),
    ),
    ...ifAny(
      'bounds',
      audit.bounded.map(({ synapses, min, max }) => `${synapses} from ${number(min)} to ${number(max)}`),
    ),
    ...ifAny(
      'density',
      audit.sparse.map(({ synapses, density }) => `${synapses}: each synapse exists with probability ${density}`),
    ),
    ...ifAny('never learn', audit.fixed),
    ...ifAny('before', audit.before === undefined ? [] : [`${audit.before} times before the first sample`]),
  ];
}

function carried(errors: CarriedErrors | undefined, mixed: readonly MixedError[]): string {
  if (!errors && mixed.length === 0) return 'nowhere: no other cells get it';
  const parts = mixed.map(({ to, within }, i) => `${to}${i === 0 ? ' gets it' : ''} as part of ${listed(within)}`);
  return [errors ? asSuch(errors) : 'nowhere as such', ...(parts.length === 0 ? [] : [parts.join(', ')])].join('; ');
}

/** "f(v1) and ε3" */
function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

function asSuch(errors: CarriedErrors): string {
  const to = errors.to.join(', ');
  if (errors.way === 'one layer') return `to ${to}, after the way up`;
  if (errors.way === 'broadcast') return `to all layers at once, after the way up: ${to}`;
  return `from layer to layer${errors.way === 'chain' ? '' : ' and directly'}, after the way up: ${to}`;
}

function phases({ phases: count, namedPhases, turns, learnsAfterSettling }: CircuitAudit): string[] {
  const several = `${count} signals one after the other over the same synapses`;
  const named = namedPhases.map(({ name, noise, silent }) => {
    const driven = noise.length === 0 ? '' : ` (noise ${noise.join(', ')}${silent ? ' in place of the stimulus' : ''})`;
    return `${name}${driven}`;
  });
  const settled = learnsAfterSettling ? ['settling, then plasticity'] : [];
  const isOnePass = !learnsAfterSettling && named.length === 0;
  const carried = count > 1 ? [several] : isOnePass ? ['none: one pass'] : [];
  return [
    ...settled,
    ...carried,
    ...(named.length === 0
      ? []
      : [`${named.join(', then ')}${turns === undefined ? '' : `, ${turns} updates each in turn`}`]),
  ];
}

function settling({ settling: steps, restingConditions }: CircuitAudit): string {
  const all = `${steps} step${steps === 1 ? '' : 's'} a sample`;
  const conditions = restingConditions.map(
    ({ expressions, tolerance }) => `${expressions.map((each) => `|${each}|`).join(', ')} ≤ ${tolerance}`,
  );
  return conditions.length === 0 ? all : `at most ${all}, fewer where ${conditions.join(' and ')}`;
}

function ends({ terms }: SynapseAudit, end: 'post' | 'pre'): string {
  return terms.flatMap((term) => endOf(term, end)).join('; ');
}

function endOf(term: AuditedTerm, end: 'post' | 'pre'): string[] {
  if ('value' in term) return end === 'post' ? [signal(term.value)] : [];
  return [signal(term[end])];
}

function signal({ expression, population, compartment }: AuditedSignal): string {
  return `${expression} at ${place(population, compartment)}`;
}

function place(population: string, compartment: string | undefined): string {
  return compartment === undefined ? population : `${population} (${compartment})`;
}

function local({ local: isLocal, reasons, assumesMirrored, pooled }: SynapseAudit): string {
  if (!isLocal) return `no: ${reasons.join('; ')}`;
  const conditions = [
    ...(assumesMirrored.length === 0 ? [] : [`if others mirror ${assumesMirrored.join(', ')}`]),
    ...(pooled.length === 0 ? [] : [`given a sum over ${pooled.join(', ')}`]),
  ];
  return ['yes', ...conditions].join(', ');
}

function reversal({ synapses, weights, from, to }: ReversedWeights): string {
  return `${weights}, ${from} to ${to}, has the weights of ${synapses}`;
}

function signs({ synapses, weights, from, to }: ReversedWeights): string {
  return `${weights}, ${from} to ${to}, has the signs of ${synapses}`;
}

function number(value: number): string {
  return String(value).replace('-', '−');
}
