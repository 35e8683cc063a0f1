import type { Signal } from '@preact/signals';
import { store } from '../store/store.ts';
import { OwnTable } from './own-table.tsx';

/** What went wrong, or is good to know, until it is closed. */
export function Messages() {
  return (
    <>
      <Message content={store.problem} kind="problem" />
      <Message content={store.notice} kind="notice" />
      <OwnTable />
      <Errand />
    </>
  );
}

interface MessageProps {
  readonly content: Signal<string | undefined>;
  readonly kind: 'problem' | 'notice';
}

function Message({ content, kind }: MessageProps) {
  if (content.value === undefined) return null;
  return (
    <div class={kind} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>{content}</p>
      <button
        type="button"
        class="quiet"
        aria-label="Close the message"
        onClick={() => {
          content.value = undefined;
        }}
      >
        ✕
      </button>
    </div>
  );
}

/** What takes a while: shown once it does. */
function Errand() {
  const words = store.errand.value;
  return (
    <div role="status" class={words === undefined ? '' : 'errand'}>
      {words === undefined ? null : <p>{words} …</p>}
    </div>
  );
}
