import { store } from '../store/store.ts';

/** What went wrong, until something else is done. */
export function Problem() {
  const problem = store.problem.value;
  if (problem === undefined) return null;
  return (
    <div class="problem" role="alert">
      <p>{problem}</p>
      <button
        type="button"
        class="quiet"
        aria-label="Close the message"
        onClick={() => {
          store.problem.value = undefined;
        }}
      >
        ✕
      </button>
    </div>
  );
}
