import type { DrawnPathway } from '@apical/core';
import type { Activity } from '../../training/activity.ts';
import { type Part, sizesAt } from './parts.ts';
import type { Scales } from './scales.ts';

interface PathwayProps {
  readonly drawn: DrawnPathway;
  readonly activity: Activity | undefined;
  readonly scales: Scales;
  readonly part: Part;
  readonly isShown: boolean;
}

/** Synapses: their endings grow with the weights, and glow with what the sample changes. */
export function Pathway({ drawn, activity, scales, part, isShown }: PathwayProps) {
  const { pathway, lines, junctions, endings, down, weights, signal } = drawn;
  const kind = pathway.reversed === 'transport' ? 'transport' : pathway.effect;
  const d = lines.map((points) => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`).join('');
  const sizes = scales.fit(`size ${weights.words}`, sizesAt(weights.words, activity?.weights) ?? []);
  const changes = scales.fit(`change ${weights.words}`, sizesAt(weights.words, activity?.changes) ?? []);
  return (
    <g class={`pathway ${kind} ${isShown ? 'shown' : ''}`} data-part={part.key}>
      <path class="reach" d={d} />
      <path class="gap" d={d} />
      <path class="line" d={d} />
      {junctions.map(({ x, y }) => (
        <circle key={`${x} ${y}`} class="dot" cx={x} cy={y} r={3} />
      ))}
      {endings.map(({ x, y }, i) => (
        <g key={x} transform={`translate(${x} ${y}) scale(1 ${down ? 1 : -1})`}>
          <circle class="glow" cy={-6} r={6 + 9 * (changes[i] ?? 0)} opacity={0.15 + 0.6 * (changes[i] ?? 0)} />
          <Ending inhibitory={pathway.effect === 'inhibitory'} size={0.75 + 0.55 * (sizes[i] ?? 0.5)} />
        </g>
      ))}
      <text class="weights" x={weights.at.x} y={weights.at.y} text-anchor={weights.anchor}>
        {weights.words}
      </text>
      {weights.note !== undefined && (
        <text class="remark" x={weights.at.x} y={weights.at.y + 16} text-anchor={weights.anchor}>
          {weights.note}
        </text>
      )}
      <text class="symbol" x={signal.at.x} y={signal.at.y} text-anchor={signal.anchor}>
        {signal.words}
      </text>
    </g>
  );
}

/** An arrowhead, or a ball for inhibition, whose tip is at the origin and points down. */
function Ending({ inhibitory, size }: { inhibitory: boolean; size: number }) {
  return inhibitory ? (
    <circle class="dot" cy={-5 * size} r={5 * size} />
  ) : (
    <path class="dot" d="M0 0L-6 -11L6 -11Z" transform={`scale(${size})`} />
  );
}
