import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beside } from '../src/page/views/circuit/beside.ts';

test('a box beside a point is in the room, and does not cover the point', () => {
  const size = (low: number, high: number) => fc.integer({ min: low, max: high });
  fc.assert(
    fc.property(
      fc.record({ width: size(390, 2000), height: size(500, 2000) }),
      fc.record({ width: size(20, 350), height: size(20, 200) }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (room, box, across, down) => {
        const at = { x: across * room.width, y: down * room.height };
        const { x, y } = beside(at, box, room);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + box.width).toBeLessThanOrEqual(room.width);
        expect(y + box.height).toBeLessThanOrEqual(room.height);
        expect(at.y < y || at.y > y + box.height).toBe(true);
      },
    ),
  );
});
