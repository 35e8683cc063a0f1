import type { CircuitDescription, DescribedPathway, DescribedPopulation } from '../description/description.ts';

/** Who stands where: rows from the stimulus up to the label, and beside them who talks with one row only, or drives one only. */
export interface Roles {
  /** From the bottom: the stimulus, the populations between, the label. */
  readonly rows: readonly DescribedPopulation[];
  /** The others, with the row beside which they stand. */
  readonly sides: readonly { readonly population: DescribedPopulation; readonly row: number }[];
}

/** Finds the roles of the populations from who drives whom. */
export function findRoles({ populations, signals, pathways }: CircuitDescription): Roles {
  const ends = [signals[0]?.population, signals[1]?.population];
  const partners = ({ name }: DescribedPopulation) => {
    const touching = pathways.filter(({ from, to }) => from === name || to === name);
    return [...new Set(touching.map(({ from, to }) => (from === name ? to : from)))].filter((each) => each !== name);
  };
  const isPyramidal = (name: string) => populations.some((each) => each.name === name && each.compartments.length > 0);
  /** Whom it stands beside: its only partner, or the pyramidal cells that alone it drives, and which drive it. */
  const partnerOf = (population: DescribedPopulation): string | undefined => {
    const { name, compartments } = population;
    if (ends.includes(name) || compartments.length > 0) return undefined;
    const others = partners(population);
    const driven = [...new Set(pathways.filter(({ from }) => from === name).map(({ to }) => to))];
    const [only] = others.length === 1 ? others : driven.length === 1 && isPyramidal(driven[0]!) ? driven : [];
    const isMutual = pathways.some(({ from, to }) => from === only && to === name);
    return only !== undefined && !ends.includes(only) && (others.length === 1 || isMutual) ? only : undefined;
  };
  const isSide = (population: DescribedPopulation) => partnerOf(population) !== undefined;
  const depth = depths(pathways, ends);
  const between = populations.filter((each) => !ends.includes(each.name) && !isSide(each));
  between.sort((a, b) => (depth.get(a.name) ?? 1) - (depth.get(b.name) ?? 1));
  const [stimulus, label] = ends.map((end) => populations.filter(({ name }) => name === end));
  const rows = [...(stimulus ?? []), ...between, ...(label ?? [])];
  const sides = populations.filter(isSide).map((population) => {
    const partner = partnerOf(population);
    return {
      population,
      row: Math.max(
        0,
        rows.findIndex(({ name }) => name === partner),
      ),
    };
  });
  return { rows, sides };
}

/** How many pathways, in whatever direction, lie between the stimulus and each population without leading by the label. */
function depths(pathways: readonly DescribedPathway[], ends: readonly (string | undefined)[]): Map<string, number> {
  const found = new Map<string, number>([[ends[0] ?? '', 0]]);
  // A map that grows while it is walked through is walked through to its end.
  for (const [name, depth] of found) {
    for (const { from, to } of pathways) {
      if (from !== name && to !== name) continue;
      const other = from === name ? to : from;
      if (other !== ends[1] && !found.has(other)) found.set(other, depth + 1);
    }
  }
  return found;
}

/** The compartments that are drawn at the base of the cells: those that are driven from the stimulus' side. */
export function basalCompartments({ pathways }: CircuitDescription, { rows }: Roles): ReadonlySet<string> {
  const row = (name: string) => rows.findIndex((each) => each.name === name);
  return new Set(
    pathways.flatMap(({ from, to, compartment }) =>
      compartment !== undefined && row(from) >= 0 && row(from) < row(to) ? [`${to} ${compartment}`] : [],
    ),
  );
}
