import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** In pixels; as in styles/studies.css. */
export const rowHeight = 34;
/** Rows beyond those in view, so that there are some when it moves. */
const beyond = 8;

interface RowsInView {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** After the last one. */
  readonly end: number;
  /** Brings a row into view. */
  reveal(index: number): void;
}

/** Which of so many rows of equal height are in view, in the element that gets the reference and scrolls. */
export function useRowsInView(count: number): RowsInView {
  const place = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const height = useSignal(600);
  useEffect(() => {
    const element = place.current!;
    const measure = () => {
      top.value = element.scrollTop;
      height.value = element.clientHeight;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [top, height]);
  const first = Math.max(0, Math.min(Math.floor(top.value / rowHeight), count) - beyond);
  const end = Math.min(count, Math.ceil((top.value + height.value) / rowHeight) + beyond);
  const reveal = (index: number) => {
    const element = place.current!;
    // The head of the table is as high as a row, and covers what is below it.
    const room = element.clientHeight - 2 * rowHeight;
    const from = index * rowHeight;
    if (from < element.scrollTop) element.scrollTop = from;
    else if (from > element.scrollTop + room) element.scrollTop = from - room;
    top.value = element.scrollTop;
  };
  return { place, first, end, reveal };
}
