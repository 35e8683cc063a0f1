/** Calls `action` with the latest value at most once every `milliseconds`; calls in between are dropped. */
export function throttle<T>(action: (value: T) => void, milliseconds: number): (value: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (value) => {
    const now = performance.now();
    if (now - last < milliseconds) return;
    last = now;
    action(value);
  };
}
