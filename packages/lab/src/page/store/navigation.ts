import { loadCatalogue } from '../data/catalogue.ts';
import { loadRunsFolder } from '../studies/curve.ts';
import { readRoute } from '../studies/route.ts';
import { laboratory } from './laboratory.ts';
import { runStudies } from './run-studies.ts';
import { store } from './store.ts';

/** Whether the laboratory has begun: not before it is first shown, for it takes all processors. */
let hasBegun = false;
/** The fragment of the address that was followed last. */
let fragment = '';

/** Shows what the address says, now and whenever it changes. */
export async function navigate(): Promise<void> {
  const folder = loadRunsFolder().catch(() => undefined);
  if (readRoute(location.hash) === undefined) follow();
  store.runsFolder.value = await folder;
  if (readRoute(location.hash)) {
    if (store.runsFolder.value === undefined) {
      store.problem.value = 'There are no runs to show here: start the server by "apical lab --runs DIR".';
    }
    follow();
  }
  addEventListener('popstate', follow);
}

function follow(): void {
  const isOtherPart = location.hash !== fragment;
  fragment = location.hash;
  if (readRoute(fragment) && store.runsFolder.value !== undefined) {
    showStudies();
    return;
  }
  store.view.value = 'laboratory';
  runStudies.close();
  if (!hasBegun) laboratory.start();
  else if (!isOtherPart) laboratory.visit();
  hasBegun = true;
}

async function showStudies(): Promise<void> {
  if (hasBegun) laboratory.pause();
  store.view.value = 'studies';
  runStudies.open();
  // Whether the laboratory can do a run again depends on the data that there are.
  if (!hasBegun) store.catalogue.value = await loadCatalogue().catch(() => ({}));
}
