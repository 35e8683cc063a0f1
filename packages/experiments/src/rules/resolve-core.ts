import module from 'node:module';

let isRegistered = false;

/**
 * From now on, modules of this thread that import `@apical/core` get the one that this program runs on, wherever they are: a rule works
 * in any folder, and its signals and synapses are those of the network's circuit. Versions of Node.js that have no such hooks (before
 * 22.15) find it as any package.
 */
export function resolveCoreAlike(): void {
  if (isRegistered || typeof module.registerHooks !== 'function') return;
  isRegistered = true;
  const url = import.meta.resolve('@apical/core');
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '@apical/core' ? { url, shortCircuit: true } : next(specifier, context),
  });
}
