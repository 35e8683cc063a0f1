import { store } from '../store/store.ts';
import { Curves } from './curves/curves.tsx';
import { DropTarget } from './drop-target.tsx';
import { Messages } from './messages.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { RunBar } from './run-bar.tsx';
import { SamplePanel } from './sample-panel.tsx';
import { Settings } from './settings/settings.tsx';
import { TakeAway } from './take-away/take-away.tsx';
import { Tour } from './tour/tour.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** Networks that learn side by side. */
export function Laboratory() {
  useShortcuts();
  return (
    <>
      <RunBar />
      <Messages />
      <DropTarget />
      <div class="columns">
        <Settings />
        <main id="main" class="stage" tabIndex={-1}>
          <Curves />
          <SamplePanel />
          <div class="networks">
            {store.networks.value.map((network) => (
              <NetworkPanel key={network.rule} network={network} />
            ))}
          </div>
          <TakeAway />
        </main>
      </div>
      <Tour />
    </>
  );
}
