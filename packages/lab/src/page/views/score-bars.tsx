import { formatValue } from './format.ts';
import { isAhead } from './is-ahead.ts';
import { ruleStyle } from './rule-colours.ts';
import { largest } from './tint.ts';

interface ScoreBarsProps {
  readonly title: string;
  readonly rule: string;
  /** What the output units say, one number a class. */
  readonly scores: Float32Array;
  readonly names: readonly string[];
  /** The class of the image, where it is known. */
  readonly right: number | undefined;
}

/** At most so many classes are shown, those with the largest scores. */
const mostShown = 10;

/** What each class scores: bars from zero to both sides. */
export function ScoreBars({ title, rule, scores, names, right }: ScoreBarsProps) {
  const most = largest(scores);
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  // Where several classes score the most, it takes the image for none of them.
  const best = isAhead(order, scores) ? order[0]! : undefined;
  const shown = scores.length > mostShown ? order.slice(0, mostShown) : order.toSorted((a, b) => a - b);
  const verdict = right === undefined ? '' : best === right ? ': right' : `: wrong, it is ${names[right]}`;
  return (
    <div class="scores" style={ruleStyle(rule)}>
      {best === undefined ? (
        <p data-testid={`guess-${rule}`}>{title} cannot tell yet: no class scores the most</p>
      ) : (
        <p>
          {title} takes it for <strong data-testid={`guess-${rule}`}>{names[best]}</strong>
          <span class={best === right ? 'right' : 'wrong'}>{verdict}</span>
        </p>
      )}
      <ol aria-label={`Scores of the classes by ${title}`}>
        {shown.map((i) => (
          <li key={i} class={i === best ? 'best' : ''} title={`${names[i]}: ${formatValue(scores[i]!)}`}>
            <span class="bar">
              <span
                style={{
                  [scores[i]! < 0 ? 'top' : 'bottom']: '50%',
                  height: `${Number.isFinite(scores[i]) ? (50 * Math.abs(scores[i]!)) / most : 0}%`,
                }}
              />
            </span>
            <span class="class">{names[i]!.length > 4 ? `${names[i]!.slice(0, 4)}.` : names[i]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
