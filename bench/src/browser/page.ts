// Runs in the browser: learns with apical as `learning` does in Node.js.
import type { NetworkOptions, Samples } from '@apical/core';
import { learning } from '../learning.ts';
import type { Repeatable } from '../repeated.ts';

/** A data set but for its bytes, which come from an address: all raw inputs, then all classes. */
export type SentSamples = Omit<Samples, 'raw' | 'classes' | 'targets'> & { targets: number[]; address: string };

const networks: Repeatable[] = [];

/** Makes a network. Networks are numbered from 0. */
export async function prepare(options: NetworkOptions, sent: SentSamples): Promise<void> {
  const { address, targets, ...rest } = sent;
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const end = rest.count * rest.inputs;
  networks.push(
    await learning(options, {
      ...rest,
      raw: bytes.subarray(0, end),
      classes: bytes.subarray(end),
      targets: Float32Array.from(targets),
    }),
  );
}

/** Learns so many samples with a network; the seconds it took. */
export async function learn(network: number, count: number): Promise<number> {
  return await networks[network]!(count);
}
