import { effect, signal } from '@preact/signals';

type Theme = 'light' | 'dark';

const preferred: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
const kept = localStorage.getItem('theme');

/** Light or dark: what was chosen before, or else what the system prefers. */
export const theme = signal<Theme>(kept === 'light' || kept === 'dark' ? kept : preferred);

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function ThemeButton() {
  const other: Theme = theme.value === 'dark' ? 'light' : 'dark';
  const choose = () => {
    theme.value = other;
    localStorage.setItem('theme', other);
  };
  return (
    <button
      type="button"
      class="quiet"
      onClick={choose}
      aria-label={`Change to ${other} colours`}
      title={`${other} colours`}
    >
      {theme.value === 'dark' ? '☀' : '☾'}
    </button>
  );
}
