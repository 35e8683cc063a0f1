import type { Arena } from './memory.ts';

/** The structures of assembly/layout.ts, field by field in the same order: i32 (also addresses) or f64. */
const structures = {
  denseSynapses: {
    rows: 'i32',
    columns: 'i32',
    stride: 'i32',
    values: 'i32',
    scale: 'i32',
    scratch: 'i32',
    eta0: 'f64',
    t0: 'f64',
  },
  inputSynapses: {
    rows: 'i32',
    columns: 'i32',
    blockRows: 'i32',
    blocks: 'i32',
    values: 'i32',
    factor: 'i32',
    gram: 'i32',
    common: 'i32',
    sums: 'i32',
    current: 'i32',
    staged: 'i32',
    stagedCount: 'i32',
    scratch: 'i32',
    eta0: 'f64',
    t0: 'f64',
    ridge: 'f64',
  },
  activation: {
    function: 'i32',
    size: 'i32',
    mean: 'i32',
    meanRate: 'f64',
  },
  activeCells: {
    size: 'i32',
    count: 'i32',
    zeta: 'i32',
    scales: 'i32',
    rows: 'i32',
    values: 'i32',
    zetaBefore: 'i32',
    meanRate: 'f64',
    step: 'f64',
    zetaDotOutput: 'f64',
    valuesDotZeta: 'f64',
  },
  activeSynapses: {
    cells: 'i32',
    stride: 'i32',
    values: 'i32',
    common: 'i32',
    projected: 'i32',
    driven: 'i32',
    gain: 'i32',
    scale: 'i32',
    eta0: 'f64',
    t0: 'f64',
  },
  source: {
    elementBytes: 'i32',
    inputs: 'i32',
    inputStride: 'i32',
    sums: 'i32',
    squares: 'i32',
    classes: 'i32',
    targets: 'i32',
    labelStride: 'i32',
    order: 'i32',
    scales: 'i32',
    offset: 'f64',
  },
  program: {
    code: 'i32',
    label: 'i32',
    labels: 'i32',
    result: 'i32',
    results: 'i32',
    time: 'i32',
    directions: 'i32',
    gram: 'i32',
    ridge: 'f64',
  },
} as const;

type Structures = typeof structures;
type Fields<Name extends keyof Structures> = { readonly [Field in keyof Structures[Name]]: number };

/** Writes a structure with these fields into the arena; returns its address. f64 fields are aligned to 8 bytes. */
export function writeStructure<Name extends keyof Structures>(arena: Arena, name: Name, fields: Fields<Name>): number {
  const address = arena.allocate(8 * Object.keys(structures[name]).length);
  writeFields(arena, name, address, fields as Partial<Fields<Name>>);
  return address;
}

/** Writes some fields of the structure at the address anew; the others stay. */
export function writeFields<Name extends keyof Structures>(
  arena: Arena,
  name: Name,
  address: number,
  fields: Partial<Fields<Name>>,
): void {
  const layout: Readonly<Record<string, 'i32' | 'f64'>> = structures[name];
  const values: Readonly<Record<string, number | undefined>> = fields;
  const view = new DataView(arena.memory.buffer, address);
  let offset = 0;
  for (const [field, type] of Object.entries(layout)) {
    const value = values[field];
    if (type === 'f64') {
      offset = Math.ceil(offset / 8) * 8;
      if (value !== undefined) view.setFloat64(offset, value, true);
      offset += 8;
    } else {
      if (value !== undefined) view.setInt32(offset, value, true);
      offset += 4;
    }
  }
}
