import type { Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../kernels/memory.ts';
import type { Engine } from './engine.ts';
import { OnlineEngine } from './online/engine.ts';
import { suitsOnline } from './online/suits.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import { PlainEngine } from './plain/engine.ts';
import type { NetworkTraces } from './traces.ts';

/** The engine for a network: the one for one sample at a time where it can represent it, else the plain one. */
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
  return new PlainEngine(arena, kernels, blueprint, traces, options);
}
