import { Curves } from './views/curves.tsx';
import { Header } from './views/header.tsx';
import { NetworkCards } from './views/network-cards.tsx';
import { Problem } from './views/problem.tsx';
import { RunBar } from './views/run-bar.tsx';
import { Settings } from './views/settings.tsx';

/** The whole page. */
export function App() {
  return (
    <>
      <Header />
      <RunBar />
      <Problem />
      <div class="columns">
        <Settings />
        <main id="main" class="stage">
          <NetworkCards />
          <Curves />
        </main>
      </div>
    </>
  );
}
