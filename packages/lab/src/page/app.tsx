import { store } from './store/store.ts';
import { Header } from './views/header.tsx';
import { Laboratory } from './views/laboratory.tsx';
import { Messages } from './views/messages.tsx';
import { StudiesLoader } from './views/studies/studies-loader.tsx';

/** The whole page. */
export function App() {
  return (
    <>
      <Header />
      {store.view.value === 'studies' ? (
        <>
          <Messages />
          <StudiesLoader />
        </>
      ) : (
        <Laboratory />
      )}
    </>
  );
}
