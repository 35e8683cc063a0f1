import type { CircuitSettings, NetworkOptions } from '@apical/core';
import type { RunConfig } from './run-config.ts';

/** What of a config says the circuit. */
export type CircuitConfig = Pick<RunConfig, 'hidden'> &
  Partial<
    Pick<RunConfig, 'activation' | 'meanRate' | 'output' | 'loss' | 'biases' | 'parameters' | 'decoupled' | 'probes'>
  >;

/** What core's `layOut` takes of a config, apart from the rule. */
export function circuitSettings(config: CircuitConfig): CircuitSettings {
  const { hidden, activation, meanRate, output, loss, biases, parameters, decoupled } = config;
  return given({ hidden, activation, meanRate, output, loss, biases, parameters, decoupled });
}

/** What core's `createNetwork` takes of a config, apart from the rule, its sizes, its start and its seed: how it computes and learns. */
export function learningOptions(config: RunConfig) {
  const { hidden, activation, meanRate, output, loss, biases, parameters, decoupled } = config;
  const { batch, ridge, fused, rates, optimiser, optimisers } = config;
  const circuit = { ...given({ meanRate, output, loss, biases, parameters }) };
  return {
    hidden,
    activation,
    ...circuit,
    decoupled,
    ...given({ batch }),
    ridge,
    ...given({ fused }),
    rates,
    ...given({ optimiser, optimisers }),
  } satisfies Partial<NetworkOptions>;
}

/** Without what is undefined. */
function given<T extends object>(values: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
