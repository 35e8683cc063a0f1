/** What of the studies is shown, as the address says it. */
export interface StudiesRoute {
  /** A condition on runs; all of them where it is empty. */
  readonly where: string;
  readonly sort: { readonly by: string; readonly descending: boolean };
  /** The names of the runs whose curves are drawn. */
  readonly chosen: readonly string[];
  /** By what settings are ranked, and what is drawn. */
  readonly metric: string;
  readonly goal: 'min' | 'max';
  /** How many samples the runs learn whose settings are ranked; where it is not said, as many as most. */
  readonly length?: number | undefined;
}

export const defaultRoute: StudiesRoute = {
  where: '',
  sort: { by: 'run', descending: false },
  chosen: [],
  metric: 'objective',
  goal: 'min',
};

const path = '#/studies';

/** The fragment of the address that says all of it; what is as by default is left out. */
export function writeRoute({ where, sort, chosen, metric, goal, length }: StudiesRoute): string {
  const query = new URLSearchParams();
  if (where !== '') query.set('where', where);
  if (sort.by !== defaultRoute.sort.by || sort.descending) query.set('sort', `${sort.descending ? '-' : ''}${sort.by}`);
  if (metric !== defaultRoute.metric) query.set('metric', metric);
  if (goal !== usualGoal(metric)) query.set('goal', goal);
  if (length !== undefined) query.set('length', String(length));
  for (const name of chosen) query.append('run', name);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** What a fragment says; undefined where it is not of the studies. */
export function readRoute(fragment: string): StudiesRoute | undefined {
  const [before, search = ''] = fragment.split('?', 2);
  if (before !== path) return undefined;
  const query = new URLSearchParams(search);
  const sort = query.get('sort') ?? defaultRoute.sort.by;
  const metric = query.get('metric') ?? defaultRoute.metric;
  const goal = query.get('goal');
  const length = query.get('length');
  return {
    where: query.get('where') ?? '',
    sort: { by: sort.replace(/^-/, ''), descending: sort.startsWith('-') },
    chosen: query.getAll('run').slice(0, mostChosen),
    metric,
    goal: goal === 'min' || goal === 'max' ? goal : usualGoal(metric),
    ...(length !== null && /^[1-9]\d*$/.test(length) && { length: Number(length) }),
  };
}

/** Of how many runs curves are drawn at a time, at most: more could not be told apart. */
export const mostChosen = 10;

/** Objectives are to be small, accuracies large. */
export function usualGoal(metric: string): 'min' | 'max' {
  return metric.startsWith('accuracy.') ? 'max' : 'min';
}
