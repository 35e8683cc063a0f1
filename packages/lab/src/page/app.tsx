import { store } from './store/store.ts';
import { Curves } from './views/curves/curves.tsx';
import { Header } from './views/header.tsx';
import { NetworkPanel } from './views/network-panel.tsx';
import { Problem } from './views/problem.tsx';
import { RunBar } from './views/run-bar.tsx';
import { SamplePanel } from './views/sample-panel.tsx';
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
          <Curves />
          <SamplePanel />
          <div class="networks">
            {store.networks.value.map((network) => (
              <NetworkPanel key={network.method} network={network} />
            ))}
          </div>
        </main>
      </div>
    </>
  );
}
