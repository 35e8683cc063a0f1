import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Whether there is more of what scrolls in an element beyond its right edge. */
export function useEdge(place: RefObject<HTMLElement | null>): boolean {
  const isMore = useSignal(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const measure = () => {
      isMore.value = element.scrollWidth - element.clientWidth - element.scrollLeft > 1;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const inner of element.children) observer.observe(inner);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [place, isMore]);
  return isMore.value;
}
