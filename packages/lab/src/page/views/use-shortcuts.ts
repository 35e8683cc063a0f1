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

/** What letters are typed into, or choose in. */
const writing = 'input:not([type=range], [type=checkbox], [type=file]), select, textarea, [contenteditable]';
/** What the space bar presses, where the keyboard went to it. */
const pressed = 'button, summary, input[type=checkbox], input[type=file]';

export function useShortcuts(): void {
  useEffect(() => {
    /** The button that was clicked last: the space bar does not press it again, for the hand is at the pointer, the eye elsewhere. */
    let clicked: Element | undefined;
    const point = ({ target }: PointerEvent) => {
      clicked = (target instanceof Element && target.closest('button')) || undefined;
    };
    const actionOf = ({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (key === 'Tab') clicked = undefined;
      const action = shortcuts[key.toLowerCase()];
      if (!action || ctrlKey || metaKey || altKey || !(target instanceof Element) || target.closest(writing))
        return undefined;
      const button = target.closest(pressed);
      return key === ' ' && button && button !== clicked ? undefined : action;
    };
    const press = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      if (!event.repeat) action();
    };
    // Some browsers press a button where the space bar is let go.
    const release = (event: KeyboardEvent) => {
      if (event.key === ' ' && actionOf(event)) event.preventDefault();
    };
    addEventListener('pointerdown', point, true);
    addEventListener('keydown', press);
    addEventListener('keyup', release);
    return () => {
      removeEventListener('pointerdown', point, true);
      removeEventListener('keydown', press);
      removeEventListener('keyup', release);
    };
  }, []);
}
