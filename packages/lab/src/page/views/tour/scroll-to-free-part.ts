/** Room between what is pointed at and what lies above it, in pixels. */
const room = 10;

/**
 * Scrolls until the element begins in that part of the window which neither the bar at its top nor the tour covers, and, where it
 * fits in there, ends in it.
 */
export function scrollToFreePart(target: Element): void {
  const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
  const bar = box('.run-bar');
  const tour = box('.tour');
  const { left, right, top, bottom } = target.getBoundingClientRect();
  // The bar sticks to the top once the page is scrolled, where there is room for it.
  const runBar = document.querySelector('.run-bar');
  const sticks = runBar !== null && getComputedStyle(runBar).position === 'sticky';
  const from = (sticks ? (bar?.height ?? 0) : 0) + room;
  const isBeside = tour === undefined || tour.left >= right || tour.right <= left;
  const to = (isBeside ? innerHeight : tour.top) - room;
  if (top >= from && bottom <= to) return;
  const down = top < from || bottom - top > to - from ? top - from : bottom - to;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollBy({ top: down, behavior: isStill ? 'instant' : 'smooth' });
}
