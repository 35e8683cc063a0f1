import type { RunConfig } from '../config/run-config.ts';
import { html, type Markup } from './markup.ts';
import { count } from './numbers.ts';

const inputsWords: Record<RunConfig['data']['inputs'], string> = {
  raw: 'pixels as they are, 0 to 255',
  unit: 'pixels / 255',
  'unit-length': 'pixels divided by the length of each image',
  standardised: 'pixels standardised with one mean and one standard deviation over the whole set',
};

const labelsWords: Record<RunConfig['data']['labels'], string> = {
  'one-hot': 'one-hot',
  'one-hot-centred': 'one-hot minus the mean of all label entries',
};

const orderWords: Record<RunConfig['order'], string> = {
  repeated: 'one permutation, repeated every epoch',
  reshuffled: 'a new permutation every epoch',
};

/** Everything that determines a method's runs but their seeds, each setting with its name. */
export function settingsOf(config: RunConfig): { name: string; value: Markup }[] {
  const { data, rates, initial } = config;
  return [
    { name: 'Learning rule', value: html`${config.rule}` },
    { name: 'Inputs', value: html`${inputsWords[data.inputs]}` },
    { name: 'Labels', value: html`${labelsWords[data.labels]}` },
    { name: 'Hidden units, k', value: html`${config.hidden}` },
    { name: 'Activation', value: html`${activationWords(config)}` },
    ...(config.decoupled ? [{ name: 'Interneurons', value: html`decoupled: R is not Qᵀ` }] : []),
    ...(config.ridge > 0 ? [{ name: 'Ridge, λ', value: html`${config.ridge}` }] : []),

    ...Object.entries(rates).map(([synapses, rate]) => ({
      name: `Learning rate of ${synapses}`,
      value: rateWords(rate),
    })),
    ...Object.entries(initial).map(([synapses, start]) => ({
      name: `Initial ${synapses}`,
      value: initialWords(start),
    })),
    { name: 'Order of samples', value: html`${orderWords[config.order]}` },
    { name: 'Samples learned', value: html`${count(config.samples)}` },
    { name: 'Evaluated after', value: html`${config.evaluateAt.map(count).join('; ')} samples` },
  ];
}

function activationWords({ activation, meanRate }: RunConfig): string {
  return meanRate === undefined ? activation : `${activation}, minus its running mean (ε = ${meanRate})`;
}

function rateWords({ eta0, t0 }: RunConfig['rates'][string]): Markup {
  return t0 === undefined ? html`η = ${eta0}, constant` : html`η<sub>0</sub> = ${eta0}, t<sub>0</sub> = ${count(t0)}`;
}

function initialWords(initial: RunConfig['initial'][string]): Markup {
  return 'normal' in initial
    ? html`normal, mean 0, standard deviation ${initial.normal}`
    : html`${initial.identity} × identity`;
}
