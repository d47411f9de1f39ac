/** What a page is told by its browser about sleeping, waking and the network. */

import { createListeners } from './listeners.ts';

export interface PageSignals {
  /** False only where the browser is sure that there is no network. */
  online(): boolean;
  /** The page may just have come back: a socket that looks open may be long dead. */
  onWake(listener: () => void): () => void;
  /** The network is gone. */
  onOffline(listener: () => void): () => void;
  /** The page may never run again after this. */
  onHide(listener: () => void): () => void;
  destroy(): void;
}

/** The signals of the page this runs in. */
export function pageSignals(): PageSignals {
  const wake = createListeners();
  const offline = createListeners();
  const hide = createListeners();
  const handlers = [
    [window, 'pageshow', wake.tell],
    [window, 'online', wake.tell],
    [window, 'offline', offline.tell],
    [window, 'pagehide', hide.tell],
    [
      document,
      'visibilitychange',
      () => (document.visibilityState === 'visible' ? wake.tell() : hide.tell()),
    ],
  ] as const;
  const listening = handlers.map(([target, type, tell]) => {
    const listener = (): void => tell();
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  });
  return {
    online: () => navigator.onLine,
    onWake: wake.add,
    onOffline: offline.add,
    onHide: hide.add,
    destroy() {
      for (const stop of listening) stop();
    },
  };
}
