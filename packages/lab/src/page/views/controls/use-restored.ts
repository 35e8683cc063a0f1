import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { store } from '../../store/store.ts';

/** Has a control say again what there is: whenever it is drawn, and when something that was chosen cannot be done. */
export function useRestored(restore: () => void): void {
  const latest = useRef(restore);
  latest.current = restore;
  useLayoutEffect(restore);
  useEffect(() => store.problem.subscribe(() => latest.current()), []);
}
