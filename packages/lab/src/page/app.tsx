import { store } from './store/store.ts';
import { Curves } from './views/curves/curves.tsx';
import { DropTarget } from './views/drop-target.tsx';
import { Header } from './views/header.tsx';
import { Messages } from './views/messages.tsx';
import { NetworkPanel } from './views/network-panel.tsx';
import { RunBar } from './views/run-bar.tsx';
import { SamplePanel } from './views/sample-panel.tsx';
import { Settings } from './views/settings.tsx';
import { TakeAway } from './views/take-away/take-away.tsx';
import { Tour } from './views/tour/tour.tsx';
import { useShortcuts } from './views/use-shortcuts.ts';

/** The whole page. */
export function App() {
  useShortcuts();
  return (
    <>
      <Header />
      <RunBar />
      <Messages />
      <DropTarget />
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
          <TakeAway />
        </main>
      </div>
      <Tour />
    </>
  );
}
