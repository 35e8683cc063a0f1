import { evaluationSchedule, paper } from '@apical/experiments';
import { useEffect, useRef } from 'preact/hooks';
import { store } from '../store/store.ts';
import { type Curve, CurvePlot } from './curve-plot.ts';
import { methodTitles } from './format.ts';
import { theme } from './theme-button.tsx';

/** Objective (1) against samples seen, with the optimum and the paper's own points. */
export function Curves() {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<CurvePlot>(undefined);
  useEffect(() => {
    const made = new CurvePlot(place.current!);
    plot.current = made;
    return () => made.destroy();
  }, []);
  const curves = shownCurves();
  const { optimum } = store;
  const look = theme.value;
  useEffect(() => {
    plot.current?.show(curves, optimum.value, look);
  });
  return (
    <section class="panel curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Objective (1) against samples seen</h2>
      <div ref={place} class="plot" />
    </section>
  );
}

function shownCurves(): Curve[] {
  const { panel } = store.preset.value;
  const learned = store.networks.value.map(({ method, points }): Curve => {
    return {
      label: methodTitles[method],
      method,
      kind: 'line',
      points: points.map(({ samples, objective }) => [samples, objective]),
    };
  });
  if (panel === undefined) return learned;
  const schedule = evaluationSchedule(store.preset.value.samples);
  const published = store.networks.value.map(({ method }): Curve => {
    const points = paper[panel][method].mean.map((value, i) => [schedule[i]!, value] as const);
    return { label: `${methodTitles[method]}, paper`, method, kind: 'points', points };
  });
  return [...learned, ...published];
}
