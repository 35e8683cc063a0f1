import type { CircuitDescription, DescribedPathway } from '../description/description.ts';
import { layOut } from './layout.ts';
import type { Point } from './markup.ts';
import { cellColumns, halfWidth, type PyramidalOutline, pyramidalOutline, type Shape } from './shapes.ts';
import { junctions, type PlacedWords, placeSignalLabel, placeWeightsLabel, route } from './wires.ts';

/** A population in the drawing. */
export interface DrawnPopulation extends Omit<Shape, 'row' | 'cells'> {
  readonly halfWidth: number;
  /** The middles of the cells that are drawn: as many as there are, but at most three. */
  readonly columns: readonly number[];
  /** Of each cell that is drawn, where cells have dendrites. */
  readonly outlines?: readonly PyramidalOutline[];
}

/** A pathway in the drawing. */
export interface DrawnPathway {
  readonly pathway: DescribedPathway;
  /** The signals that it carries, by their `id`, one after the other. */
  readonly carried: readonly number[];
  readonly lines: readonly (readonly Point[])[];
  readonly junctions: readonly Point[];
  /** The tips of the endings, one for each postsynaptic cell that is drawn, or one for all. */
  readonly endings: readonly Point[];
  /** Whether the endings point down. */
  readonly down: boolean;
  readonly weights: PlacedWords & { readonly note?: string };
  readonly signal: PlacedWords;
}

/** Where everything lies in the drawing of a circuit, in pixels from its top left. */
export interface CircuitGeometry {
  readonly width: number;
  readonly height: number;
  readonly populations: readonly DrawnPopulation[];
  readonly pathways: readonly DrawnPathway[];
}

const margin = 8;

/** The places of what `circuitSvg` draws, for drawings that show what the circuit is doing. */
export function circuitGeometry(description: CircuitDescription): CircuitGeometry {
  const { shapes, wires, width, bottom } = layOut(description, margin);
  return {
    width,
    height: bottom + margin,
    populations: shapes.map(({ row: _, cells: __, ...place }, i) => {
      const shape = shapes[i]!;
      const columns = cellColumns(shape);
      const outlines = shape.kind === 'pyramidal' && columns.map((x) => pyramidalOutline(x, shape));
      return { ...place, halfWidth: halfWidth(shape), columns, ...(outlines && { outlines }) };
    }),
    pathways: wires.map((wire) => {
      const { lanes, upright } = route(wire);
      return {
        pathway: wire.pathway,
        carried: wire.carried,
        lines: [...lanes, ...upright],
        junctions: junctions(wire),
        endings: wire.inlets,
        down: wire.inletFace === 'top',
        weights: placeWeightsLabel(wire),
        signal: placeSignalLabel(wire, description),
      };
    }),
  };
}
