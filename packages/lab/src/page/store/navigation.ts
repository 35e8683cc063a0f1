import { loadCatalogue } from '../data/catalogue.ts';
import { loadRunsFolder } from '../studies/curve.ts';
import { readRoute } from '../studies/route.ts';
import { writeHistory } from './history.ts';
import { laboratory } from './laboratory.ts';
import { runStudies } from './run-studies.ts';
import { store } from './store.ts';

/** Whether the laboratory has begun: not before it is first shown, for it takes all processors. */
let hasBegun = false;

/** Shows what the address says, now and whenever it changes. */
export async function navigate(): Promise<void> {
  const folder = loadRunsFolder().catch(() => undefined);
  if (readRoute(location.hash) === undefined) follow();
  store.runsFolder.value = await folder;
  if (readRoute(location.hash)) {
    if (store.runsFolder.value === undefined) {
      store.notice.value = 'There are no runs to show here: start the server by "apical lab --runs DIR".';
    }
    follow();
  }
  addEventListener('popstate', follow);
}

function follow(): void {
  if (readRoute(location.hash) && store.runsFolder.value !== undefined) {
    showStudies();
    return;
  }
  const wasElsewhere = store.view.value === 'studies';
  store.view.value = 'laboratory';
  runStudies.close();
  if (!hasBegun) laboratory.start();
  else if (!wasElsewhere) laboratory.visit();
  else if (store.phase.value === 'paused') writeHistory('replace');
  hasBegun = true;
}

async function showStudies(): Promise<void> {
  if (hasBegun) laboratory.pause();
  store.view.value = 'studies';
  runStudies.open();
  // Whether the laboratory can do a run again depends on the data that there are.
  if (!hasBegun) store.catalogue.value = await loadCatalogue().catch(() => ({}));
}
