import { type CircuitDescription, circuitGeometry, describeCircuit } from '@apical/core';
import { ruleTitle } from '@apical/experiments';
import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { circuitOptions } from '../../experiment/circuit.ts';
import { store } from '../../store/store.ts';
import { useWatch } from '../use-watch.ts';
import { Audit } from './audit.tsx';
import type { Point } from './beside.ts';
import { pathwayPart, populationParts } from './parts.ts';
import { Pathway } from './pathway.tsx';
import { PointedPart } from './pointed-part.tsx';
import { Population } from './population.tsx';
import { Readout } from './readout.tsx';
import { Scales } from './scales.ts';
import { Signs } from './signs.tsx';
import { usePointedPart } from './use-pointed-part.ts';

/** The circuit of a network at work: its currents, potentials and activity for the image that is shown. */
export function Circuit({ rule }: { rule: string }) {
  const activity = store.glimpses.value[rule]?.activity;
  const place = useWatch<HTMLElement>('activity');
  const description = useDescription(rule);
  const geometry = useMemo(() => circuitGeometry(description), [description]);
  const scales = useRef(new Scales()).current;
  const shown = useSignal<string | undefined>(undefined);
  const at = useSignal<Point | undefined>(undefined);
  const svg = usePointedPart((key, point) => {
    shown.value = key;
    at.value = key === undefined ? undefined : point;
  });
  const show = (key: string | undefined) => {
    shown.value = key;
    at.value = key === undefined ? undefined : edgeOf(svg.current!, key);
  };
  const pathways = geometry.pathways
    .map((drawn) => ({ drawn, part: pathwayPart(drawn, description) }))
    .toSorted((a, b) => Number(isCrossing(a.drawn, description)) - Number(isCrossing(b.drawn, description)));
  const populations = geometry.populations.map((drawn) => ({ drawn, parts: populationParts(drawn, description) }));
  const leave = () => {
    at.value = undefined;
  };
  const parts = [...populations.flatMap((each) => each.parts), ...pathways.map(({ part }) => part)];
  const pointed = parts.find(({ key }) => key === shown.value);
  return (
    <section ref={place} class="circuit" aria-label={`Circuit of ${ruleTitle(rule)}`}>
      <svg ref={svg} viewBox={`0 0 ${geometry.width} ${geometry.height}`} aria-hidden="true">
        {pathways.map(({ drawn, part }) => (
          <Pathway
            key={part.key}
            drawn={drawn}
            activity={activity}
            scales={scales}
            part={part}
            isShown={part.key === shown.value}
          />
        ))}
        {populations.map(({ drawn, parts }) => (
          <Population
            key={drawn.population.name}
            drawn={drawn}
            activity={activity}
            scales={scales}
            parts={parts}
            shown={shown.value}
          />
        ))}
      </svg>
      <Signs description={description} />
      <Readout parts={parts} shown={shown.value} activity={activity} onShow={show} onLeave={leave} />
      {pointed && at.value && <PointedPart part={pointed} activity={activity} at={at.value} place={place} />}
      <Audit description={description} />
    </section>
  );
}

/** The middle of the lower edge of a part of the drawing, in the window; of a pathway, that of the name of its weights. */
function edgeOf(svg: SVGSVGElement, key: string): Point | undefined {
  const part = svg.querySelector(`[data-part="${CSS.escape(key)}"]`);
  const edges = (part?.querySelector('.weights') ?? part)?.getBoundingClientRect();
  return edges && { x: edges.left + edges.width / 2, y: edges.bottom };
}

/** What comes from the side is drawn below what crosses from row to row. */
function isCrossing(
  { pathway: { from, to } }: { pathway: { from: string; to: string } },
  description: CircuitDescription,
) {
  const [stimulus, label] = description.signals;
  const ends = [stimulus?.population, label?.population];
  return ends.includes(from) || ends.includes(to);
}

function useDescription(rule: string): CircuitDescription {
  const experiment = store.experiment.value;
  return useMemo(() => describeCircuit(rule, circuitOptions(experiment, rule)), [rule, experiment]);
}
