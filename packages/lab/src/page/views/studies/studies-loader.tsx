import { type Signal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** The view of the studies, once it is loaded: who never goes there does not wait for it. */
const loaded: Signal<ComponentType | undefined> = signal(undefined);

export function StudiesLoader() {
  const Studies = loaded.value;
  if (Studies) return <Studies />;
  import('./studies.tsx').then((module) => {
    loaded.value = module.Studies;
  });
  return <main id="main" tabIndex={-1} />;
}
