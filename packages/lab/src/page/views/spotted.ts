import { store } from '../store/store.ts';

/** The attributes of a part of the page that the tour can point at. */
export function spotted(name: string, classes: string): { readonly class: string; readonly 'data-spot': string } {
  return { class: store.spot.value === name ? `${classes} spotted` : classes, 'data-spot': name };
}
