import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { runStudies } from '../../store/run-studies.ts';
import { store } from '../../store/store.ts';
import { type Column, shownColumns } from './columns.ts';
import { RunLine } from './run-line.tsx';
import { useEdge } from './use-edge.ts';
import { rowHeight, useRowsInView } from './use-rows-in-view.ts';

/** All runs, of which only those in view are in the document. Arrow keys go from box to box, Enter and space draw the curve. */
export function RunTable() {
  const rows = store.studies.sorted.value;
  const chosen = new Set(store.studies.route.value.chosen);
  const columns = shownColumns.value;
  // How wide the one of the run is depends on the room: see styles/studies.css.
  const others = columns.filter(({ name }) => name !== 'run');
  const { place, first, end, reveal } = useRowsInView(rows.length);
  const active = useSignal(0);
  const isMoving = useRef(false);
  const current = Math.min(active.value, rows.length - 1);
  // The keyboard gets to the table by one row; by one that is there.
  const reachable = current >= first && current < end ? current : first;
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    const box = place.current?.querySelector<HTMLElement>(`[aria-rowindex="${current + 2}"] input`);
    box?.focus({ preventScroll: true });
    isMoving.current = box === null;
  });
  const press = (event: KeyboardEvent) => {
    // Rows that come in while one looks may have moved it.
    const line = (event.target as Element).closest('tr');
    const from = isMoving.current ? current : Number(line?.getAttribute('aria-rowindex')) - 2;
    const row = rows[from];
    if (!row) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      runStudies.toggle(row.name);
      return;
    }
    const page = Math.max(1, Math.floor(place.current!.clientHeight / rowHeight) - 2);
    const target = moved(event.key, from, page, rows.length);
    if (target === undefined) return;
    event.preventDefault();
    active.value = Math.max(0, Math.min(target, rows.length - 1));
    isMoving.current = true;
    reveal(active.value);
  };
  return (
    <section class={useEdge(place) ? 'run-table more' : 'run-table'} aria-label="Runs">
      <div ref={place} class="scroller">
        <table
          aria-label="Runs"
          aria-rowcount={rows.length + 1}
          style={{
            width: `calc(var(--choice) + var(--run) + ${others.reduce((sum, { width }) => sum + width, 0)}rem)`,
          }}
        >
          <colgroup>
            <col class="choice" />
            <col class="run" />
            {others.map(({ name, width }) => (
              <col key={name} style={{ width: `${width}rem` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" class="choice">
                <span class="unseen">Curve</span>
              </th>
              {columns.map((column) => (
                <Heading key={column.name} column={column} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={press}>
            <Space rows={first} columns={columns.length + 1} />
            {rows.slice(first, end).map((row, i) => (
              <RunLine
                key={row.name}
                row={row}
                index={first + i}
                columns={columns}
                isChosen={chosen.has(row.name)}
                isReachable={first + i === reachable}
                onReach={() => {
                  active.value = first + i;
                }}
              />
            ))}
            <Space rows={rows.length - end} columns={columns.length + 1} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Where a key leads from a row; undefined where nowhere. */
function moved(key: string, from: number, page: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  return targets[key];
}

function Heading({ column: { name, title, kind } }: { column: Column }) {
  const { by, descending } = store.studies.route.value.sort;
  const isSorted = by === name;
  return (
    <th
      scope="col"
      class={name === 'run' ? 'run' : kind}
      aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" onClick={() => runStudies.sortBy(name)}>
        {title}
        <span class="arrow" aria-hidden="true">
          {isSorted ? (descending ? ' ↓' : ' ↑') : ''}
        </span>
      </button>
    </th>
  );
}

/** The room of rows that are not in view. */
function Space({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr style={{ height: `${rows * rowHeight}px` }}>
      <td colSpan={columns} />
    </tr>
  );
}
