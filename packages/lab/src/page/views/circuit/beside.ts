export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** In pixels, from the point, and from the edges of the room. */
const gap = 14;
const margin = 8;

/**
 * Where the upper left corner of a box goes that is to stand beside a point: below it and to its right where there is room, and
 * else above it, or as far to the left as need be. It covers the point only where it is too high for either.
 */
export function beside(at: Point, box: Size, room: Size): Point {
  const below = at.y + gap;
  const above = at.y - gap - box.height;
  const y = below + box.height <= room.height - margin || above < margin ? below : above;
  return { x: clamp(at.x + gap, room.width - box.width - margin), y: clamp(y, room.height - box.height - margin) };
}

function clamp(value: number, most: number): number {
  return Math.max(margin, Math.min(value, most));
}
