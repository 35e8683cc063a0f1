import type { RunConfig } from '@apical/experiments';
import { networkOptions } from '../../training/run.ts';

/** What options are where nothing is said of them. */
const unsaid: readonly string[] = ['decoupled false', 'ridge 0', 'activation linear'];

/** The program in TypeScript that does this run, to the same weights, with the packages of apical. */
export function snippetOf(config: RunConfig): string {
  const { data, order, seed, samples } = config;
  const { set, split, inputs, labels } = data;
  const training = literal({ samples, order, seed, evaluateAt: [samples] });
  return `import { createNetwork, train, weightsDigest } from '@apical/core';
import { loadImages, preprocess } from '@apical/data';

const images = await loadImages(${literal({ set, split })});
const samples = preprocess(images, ${literal({ inputs, labels })});
const network = await createNetwork({
  inputs: samples.inputs,
  labels: samples.labels,
${Object.entries(networkOptions(config))
  .filter(([name, value]) => !unsaid.includes(`${name} ${value}`))
  .map(([name, value]) => `  ${name}: ${literal(value)},`)
  .join('\n')}
});
for await (const { objective } of train(network, samples, ${training})) {
  console.log(objective);
}
console.log(await weightsDigest(network.weights()));
`;
}

/** A value as it is written in a program. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([name, each]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)}: ${literal(each)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
