import { useSignal } from '@preact/signals';

export function CopyButton({ text }: { text: string }) {
  const copied = useSignal(false);
  return (
    <button
      type="button"
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        copied.value = true;
        setTimeout(() => {
          copied.value = false;
        }, 1500);
      }}
    >
      {copied.value ? 'Copied' : 'Copy'}
    </button>
  );
}
