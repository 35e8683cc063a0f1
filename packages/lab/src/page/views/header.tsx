import { store } from '../store/store.ts';
import { ThemeButton } from './theme-button.tsx';

export function Header() {
  return (
    <header class="header">
      <a class="skip" href="#main">
        Skip to the curves
      </a>
      <h1>
        <img src="./icon.svg" alt="" width="26" height="26" />
        apical <span class="thin">lab</span>
      </h1>
      <p class="tagline">A cortical microcircuit learns beside backprop, one sample at a time.</p>
      <button
        type="button"
        onClick={() => {
          store.tourStep.value = 0;
        }}
      >
        Tour
      </button>
      <ThemeButton />
    </header>
  );
}
