import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Tells which part of a drawing the pointer is at: the `data-part` of the element below it. */
export function usePointedPart(onPoint: (key: string | undefined) => void): RefObject<SVGSVGElement | null> {
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const svg = drawing.current;
    const over = ({ target }: Event) =>
      onPoint((target as Element).closest('[data-part]')?.getAttribute('data-part') ?? undefined);
    const leave = () => onPoint(undefined);
    svg?.addEventListener('pointerover', over);
    svg?.addEventListener('pointerleave', leave);
    return () => {
      svg?.removeEventListener('pointerover', over);
      svg?.removeEventListener('pointerleave', leave);
    };
  }, []);
  return drawing;
}
