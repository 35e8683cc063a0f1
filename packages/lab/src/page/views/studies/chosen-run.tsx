import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { curveGaps } from '../../studies/curve-gaps.ts';
import { laboratoryLink } from '../../studies/laboratory-link.ts';
import { shortName } from '../../studies/run-row.ts';
import { formatCell } from './columns.ts';
import type { CurveLook } from './curve-looks.ts';
import { Status } from './status.tsx';

interface ChosenRunProps {
  readonly name: string;
  /** As the legend of the curves has it. */
  readonly number: number;
  readonly look: CurveLook;
}

/** A run that is chosen: the line of its curve, its settings, and the way to do it again in the laboratory. */
export function ChosenRun({ name, number, look }: ChosenRunProps) {
  const { rows, curves, differing, hasLooked, route } = store.studies;
  const row = rows.value.find((each) => each.name === name);
  const { curve, problem } = curves.value.get(name) ?? {};
  const gaps = problem === undefined ? curveGaps(curve, row?.status, route.value.metric) : [problem];
  const link = curve && row?.status === 'finished' ? laboratoryLink(curve, store.catalogue.value) : undefined;
  return (
    <li>
      <svg width="30" height="10" aria-hidden="true">
        <line
          x1="0"
          x2="30"
          y1="5"
          y2="5"
          stroke-width="2.5"
          stroke-dasharray={look.isDashed ? '7 4' : undefined}
          style={{ stroke: `var(--${look.colour})` }}
        />
      </svg>
      <span class="words">
        <strong title={name}>
          {number}: {shortName(name)}
        </strong>{' '}
        {row ? <Status status={row.status} /> : hasLooked.value ? 'is not there any more' : ''}{' '}
        <span class="note">
          {differing.value
            .filter((setting) => row?.values[setting] !== undefined)
            .map((setting) => `${setting} = ${formatCell(setting, row?.values[setting])}`)
            .join(', ')}
        </span>
        {gaps.map((words) => (
          <span key={words} class="warning">
            {' '}
            {words}
          </span>
        ))}
      </span>
      {link !== undefined && (
        <a href={link} title="Learns it again in this page, to the same weights">
          Open in the laboratory
        </a>
      )}
      <button
        type="button"
        class="quiet"
        aria-label={`Draw the curve of ${name} no more`}
        onClick={() => runStudies.toggle(name)}
      >
        ✕
      </button>
    </li>
  );
}
