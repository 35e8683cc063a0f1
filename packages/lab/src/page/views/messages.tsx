import type { Signal } from '@preact/signals';
import { type Offer, store } from '../store/store.ts';

/** What went wrong, or is good to know, until it is closed. */
export function Messages() {
  return (
    <>
      <Message content={store.problem} kind="problem" />
      <Message content={store.notice} kind="notice" offer={store.offer} />
      <Errand />
    </>
  );
}

interface MessageProps {
  readonly content: Signal<string | undefined>;
  readonly kind: 'problem' | 'notice';
  readonly offer?: Signal<Offer | undefined>;
}

function Message({ content, kind, offer }: MessageProps) {
  if (content.value === undefined) return null;
  const { words, take } = offer?.value ?? {};
  return (
    <div class={kind} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>{content}</p>
      {words !== undefined && (
        <button type="button" onClick={take}>
          {words}
        </button>
      )}
      <button
        type="button"
        class="quiet"
        aria-label="Close the message"
        onClick={() => {
          content.value = undefined;
          if (offer) offer.value = undefined;
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
