import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from './beside.ts';

/** Tells which part of a drawing the pointer is at, and where: the `data-part` of the element below it. */
export function usePointedPart(onPoint: (key: string | undefined, at: Point) => void): RefObject<SVGSVGElement | null> {
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const svg = drawing.current;
    const move = ({ target, clientX: x, clientY: y }: PointerEvent) =>
      onPoint((target as Element).closest('[data-part]')?.getAttribute('data-part') ?? undefined, { x, y });
    const leave = ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
      // A finger leaves at once, and is in the way of what it points at.
      if (pointerType !== 'touch') onPoint(undefined, { x, y });
    };
    svg?.addEventListener('pointerover', move);
    svg?.addEventListener('pointermove', move);
    svg?.addEventListener('pointerleave', leave);
    return () => {
      svg?.removeEventListener('pointerover', move);
      svg?.removeEventListener('pointermove', move);
      svg?.removeEventListener('pointerleave', leave);
    };
  }, []);
  return drawing;
}
