import { useEffect } from 'preact/hooks';
import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';

/** What keys do wherever no control of the page takes them. */
const shortcuts: Readonly<Record<string, () => void>> = {
  ' ': () => (store.phase.value === 'playing' ? laboratory.pause() : laboratory.play()),
  s: () => laboratory.learnOne(),
  e: () => laboratory.learnEpoch(),
  r: () => laboratory.reset(),
  k: () => laboratory.keep(),
};

export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      const taken = target instanceof Element && target.closest('button, input, select, a, [contenteditable]');
      const action = shortcuts[key.toLowerCase()];
      if (!action || taken || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
