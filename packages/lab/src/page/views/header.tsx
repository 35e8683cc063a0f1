import { store } from '../store/store.ts';
import { writeRoute } from '../studies/route.ts';
import { ThemeButton } from './theme-button.tsx';
import { beginTour } from './tour/interrupted.ts';

export function Header() {
  const isLaboratory = store.view.value === 'laboratory';
  return (
    <header class="header">
      <button type="button" class="skip" onClick={skip}>
        Skip to the {isLaboratory ? 'curves' : 'runs'}
      </button>
      <h1>
        <img src="./icon.svg" alt="" width="26" height="26" />
        apical <span class="thin">lab</span>
      </h1>
      {store.runsFolder.value !== undefined && <Views />}
      <p class="tagline">
        {isLaboratory && (
          <>
            BMVR, biologically plausible multivariate regression by a cortical microcircuit (
            <a href="https://arxiv.org/abs/2011.15031">Golkar et al. 2020</a>), learns beside backprop, one sample at a
            time.
          </>
        )}
      </p>
      {isLaboratory && (
        <button type="button" onClick={beginTour}>
          Tour
        </button>
      )}
      <ThemeButton />
    </header>
  );
}

/** The ways to what else the page shows. */
function Views() {
  const view = store.view.value;
  return (
    <nav class="views" aria-label="Views">
      <a href="#/" aria-current={view === 'laboratory' ? 'page' : undefined}>
        Laboratory
      </a>
      <a href={writeRoute(store.studies.route.value)} aria-current={view === 'studies' ? 'page' : undefined}>
        Studies
      </a>
    </nav>
  );
}

/** Not by a link: the fragment of the address says the view. */
function skip(): void {
  document.getElementById('main')?.focus();
}
