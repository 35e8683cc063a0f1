import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { store, type Topic } from '../store/store.ts';

/** Watches a topic while the element that gets the reference is on the screen. */
export function useWatch<Place extends Element>(topic: Topic): RefObject<Place | null> {
  const place = useRef<Place | null>(null);
  useEffect(() => {
    let watching = false;
    const watch = (now: boolean) => {
      if (now !== watching) store.watched[topic].value += now ? 1 : -1;
      watching = now;
    };
    const observer = new IntersectionObserver((entries) => watch(entries.at(-1)?.isIntersecting === true));
    if (place.current) observer.observe(place.current);
    return () => {
      observer.disconnect();
      watch(false);
    };
  }, [topic]);
  return place;
}
