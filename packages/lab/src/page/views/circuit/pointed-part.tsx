import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Activity } from '../../training/activity.ts';
import { beside, type Point } from './beside.ts';
import { PartWords } from './part-words.tsx';
import type { Part } from './parts.ts';

interface PointedPartProps {
  readonly part: Part;
  readonly activity: Activity | undefined;
  /** The point of the window beside which it stands. */
  readonly at: Point;
  /** What it is positioned in. */
  readonly place: RefObject<HTMLElement | null>;
}

/** What a part of the circuit is, beside it. Who cannot see it has the same words in the readout below the drawing. */
export function PointedPart({ part, activity, at, place }: PointedPartProps) {
  const box = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    const frame = place.current!.getBoundingClientRect();
    const room = { width: document.documentElement.clientWidth, height: innerHeight };
    const corner = beside(at, { width: element.offsetWidth, height: element.offsetHeight }, room);
    element.style.left = `${corner.x - frame.left}px`;
    element.style.top = `${corner.y - frame.top}px`;
  });
  return (
    <p ref={box} class="pointed-part" aria-hidden="true">
      <PartWords part={part} activity={activity} />
    </p>
  );
}
