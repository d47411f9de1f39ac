import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { CatchFault } from './catch-fault.tsx';
import { FaultScreen } from './screens/fault/fault-screen.tsx';
import { SCREENS } from './screens/index.tsx';
import { NotFoundScreen } from './screens/not-found/not-found-screen.tsx';
import { OpeningScreen } from './screens/opening/opening-screen.tsx';

/** The screen of this address, loaded when it is needed. */
export function App() {
  return (
    <CatchFault otherwise={<FaultScreen />}>
      <Suspense fallback={<OpeningScreen />}>
        <Switch>
          {SCREENS.map(({ path, screen }) => (
            <Route key={path} path={path}>
              {(params) => screen(params)}
            </Route>
          ))}
          <Route>
            <NotFoundScreen />
          </Route>
        </Switch>
      </Suspense>
    </CatchFault>
  );
}
