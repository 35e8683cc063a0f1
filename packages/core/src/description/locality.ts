import type { CircuitDescription, DescribedActivity, DescribedSignal, DescribedUpdate } from './description.ts';
import type { Term } from './expression.ts';

/** The update of one set of synapses. */
export interface SynapseAudit {
  readonly synapses: string;
  /** In symbols: `ΔW2ᵀ = η2 (z yᵀ − W2ᵀ)`. */
  readonly update: string;
  /** The phase at whose end it takes effect, where it is one that has a name. */
  readonly phase?: string;
  /** The signals of its first product; absent where it learns none. */
  readonly post?: AuditedSignal;
  readonly pre?: AuditedSignal;
  /** All that is summed in it. */
  readonly terms: readonly AuditedTerm[];
  /** Whether all signals live at the synapses' own two ends, and got there without transported weights or signs. */
  readonly local: boolean;
  /** Why it is not local: `transported W2`. */
  readonly reasons: readonly string[];
  /** The synapses whose weights were transported for it. */
  readonly transported: readonly string[];
  /** The synapses of which the signs were transported for it. */
  readonly signs: readonly string[];
  /** The synapses whose weights others are assumed to mirror for it. */
  readonly assumesMirrored: readonly string[];
  /** The populations over all cells of which a sum was taken for it. */
  readonly pooled: readonly string[];
}

/** Signals at the two ends, or a value that each synapse has. */
export type AuditedTerm =
  | { readonly post: AuditedSignal; readonly pre: AuditedSignal }
  | { readonly value: AuditedSignal };

/** A signal that changes synapses, and where it lives. */
export interface AuditedSignal {
  readonly expression: string;
  readonly population: string;
  readonly compartment?: string;
}

/** Says of synapses what they learn from. */
export function auditUpdate(
  { synapses }: CircuitDescription,
  { signals }: DescribedActivity,
  { synapses: name, expression, terms, decayBy, phase }: DescribedUpdate,
): SynapseAudit {
  const own = synapses.find((candidate) => candidate.name === name);
  const used = [...terms.flatMap(idsOf), ...decayBy].map((id) => signals[id]);
  const all = (kind: 'transported' | 'signs' | 'mirrored' | 'pooled') => [
    ...new Set(used.flatMap((signal) => signal?.[kind] ?? [])),
  ];
  const places = [own?.from, own?.to, `synapses ${name}`];
  const elsewhere = new Set(used.map((signal) => signal?.population).filter((place) => !places.includes(place)));
  const [transported, signs, pooled] = [all('transported'), all('signs'), all('pooled')];
  const summed = pooled.filter((place) => place.startsWith('synapses '));
  const reasons = [
    ...(transported.length > 0 ? [`transported ${transported.join(', ')}`] : []),
    ...(signs.length > 0 ? [`signs of ${signs.join(', ')}`] : []),
    ...(elsewhere.size > 0 ? [`signals at ${[...elsewhere].join(', ')}`] : []),
    ...(summed.length > 0 ? [`a sum over all ${summed.join(', ')}`] : []),
  ];
  const audited = terms.map((term) => auditTerm(term, signals));
  return {
    synapses: name,
    update: `Δ${name} = ${expression}`,
    ...(phase !== undefined && { phase }),
    ...audited.find((term) => 'post' in term),
    terms: audited,
    local: reasons.length === 0,
    reasons,
    transported,
    signs,
    assumesMirrored: all('mirrored'),
    pooled,
  };
}

function idsOf(term: Term): readonly number[] {
  return 'value' in term ? [term.value] : [term.post, term.pre];
}

function auditTerm(term: Term, signals: readonly DescribedSignal[]): AuditedTerm {
  const signal = (id: number): AuditedSignal => {
    const { expression = '?', population = '', compartment } = signals[id] ?? {};
    return { expression, population, ...(compartment !== undefined && { compartment }) };
  };
  return 'value' in term ? { value: signal(term.value) } : { post: signal(term.post), pre: signal(term.pre) };
}
