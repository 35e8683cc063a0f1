import type { Point } from '../store/store.ts';
import { formatValue } from './format.ts';

interface SpectrumProps {
  readonly rule: string;
  readonly points: readonly Point[];
}

/** The variances of the outputs of a network along their principal axes, as bars, where they were measured last; lines are those of the optimum. */
export function Spectrum({ rule, points }: SpectrumProps) {
  const readings = points.findLast((point) => 'output-spectrum.variance1' in point.readings)?.readings;
  if (!readings) return null;
  const all = (what: string) =>
    Array.from({ length: 16 }, (_, i) => readings[`output-spectrum.${what}${i + 1}`]).filter(
      (value) => value !== undefined,
    );
  const [found, best] = [all('variance'), all('optimum')];
  const most = Math.max(...found, ...best) || 1;
  const share = (value: number) => `${(100 * value) / most}%`;
  return (
    <figure class="spectrum" data-testid={`spectrum-${rule}`}>
      <figcaption>Variances of the outputs, and (lines) those of the optimum</figcaption>
      <ol>
        {found.map((value, i) => (
          <li key={i} title={`${i + 1}: ${formatValue(value)}, optimum ${formatValue(best[i]!)}`}>
            <span class="bar" style={{ height: share(value) }} />
            <span class="optimum" style={{ bottom: share(best[i]!) }} />
          </li>
        ))}
      </ol>
    </figure>
  );
}
