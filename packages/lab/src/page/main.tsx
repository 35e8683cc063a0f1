import './styles/tokens.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/panels.css';
import './styles/circuit.css';
import './styles/weights.css';
import './styles/tour.css';
import './styles/studies.css';
import 'uplot/dist/uPlot.min.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { navigate } from './store/navigation.ts';

render(<App />, document.getElementById('app')!);
navigate();
