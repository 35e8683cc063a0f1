import { InputError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../kernels/memory.ts';
import type { Engine } from './engine.ts';
import { OnlineEngine } from './online/engine.ts';
import { suitsOnline } from './online/suits.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import { PlainEngine } from './plain/engine.ts';
import type { NetworkTraces } from './traces.ts';

/**
 * The engine for a network: the one for one sample at a time where it can represent it, else the plain one.
 * @throws InputError for a ridge where that is plain
 */
export function makeEngine(
  arena: Arena,
  kernels: Kernels,
  blueprint: Blueprint,
  traces: NetworkTraces,
  options: NetworkOptions,
): Engine {
  if (options.engine !== 'plain' && suitsOnline(blueprint, traces.learn, traces.predict, options)) {
    return new OnlineEngine(arena, kernels, blueprint, traces.learn, options);
  }
  if ((options.ridge ?? 0) > 0) {
    throw new InputError(
      'ridge must be 0: it is for networks of one linear hidden layer without biases, whose outputs are linear, that learn one sample at a time, by plain steps at rates that are constant or fall as 1 / (1 + t / t0), of a rule that takes no multiples of signals',
    );
  }
  return new PlainEngine(arena, kernels, blueprint, traces, options);
}
