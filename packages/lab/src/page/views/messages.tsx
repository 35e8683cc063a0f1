import type { Signal } from '@preact/signals';
import { store } from '../store/store.ts';

/** What went wrong, or is good to know, until it is closed. */
export function Messages() {
  return (
    <>
      <Message content={store.problem} kind="problem" />
      <Message content={store.notice} kind="notice" />
      <Errand />
    </>
  );
}

function Message({ content, kind }: { content: Signal<string | undefined>; kind: 'problem' | 'notice' }) {
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
