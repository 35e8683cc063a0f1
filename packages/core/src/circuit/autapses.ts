import type { FixedSynapses } from './synapses.ts';

/** Whether the matrix of these synapses is hollow, its diagonal zero: cells have none onto themselves. */
export function isHollow({ options }: FixedSynapses<string, string>): boolean {
  return options.autapses === false;
}

/** The numbers of these synapses, k × k, with zeros for autapses that they have not. */
export function withoutAutapses<Data extends Float32Array | Float64Array>(
  synapses: FixedSynapses<string, string>,
  data: Data,
): Data {
  if (!isHollow(synapses)) return data;
  return data.map((value, at) => (at % (synapses.post.size + 1) === 0 ? 0 : value)) as Data;
}
