/**
 * Notices that a socket which looks open is dead, as after a phone's sleep, and replaces it at once. A quiet
 * connection is asked for something now and then; what does not answer in time is closed.
 */

import type { WebsocketProvider } from 'y-websocket';

/** Milliseconds. */
export interface LivenessTimes {
  /** How often it is looked whether something is to be done. */
  readonly tick: number;
  /** Silence after which the server is asked for a sign. Well below the 30 s at which y-websocket gives up. */
  readonly quiet: number;
  /** How long an answer may take, and opening a connection right after waking. */
  readonly answer: number;
  /** How long opening may take otherwise, and the first sync: on a slow network both are slow. */
  readonly open: number;
  /** A gap between two ticks that means that the device slept. */
  readonly jump: number;
}

export const LIVENESS_TIMES: LivenessTimes = {
  tick: 2_000,
  quiet: 10_000,
  answer: 5_000,
  open: 15_000,
  jump: 10_000,
};

export interface Liveness {
  /** Something came in. */
  heard(): void;
  /** The page may have slept: reconnects at once where there is no connection, asks where there is one. */
  wake(): void;
  destroy(): void;
}

/** @param ask sends what the server must answer */
export function watchLiveness(options: {
  readonly provider: WebsocketProvider;
  readonly ask: () => void;
  readonly times?: Partial<LivenessTimes>;
}): Liveness {
  const { provider, ask } = options;
  const times = { ...LIVENESS_TIMES, ...options.times };
  let lastTick = Date.now();
  let lastHeard = Date.now();
  let deadline: ReturnType<typeof setTimeout> | undefined;

  function calm(): void {
    clearTimeout(deadline);
    deadline = undefined;
  }

  function restart(): void {
    calm();
    if (!provider.shouldConnect) return;
    provider.wsUnsuccessfulReconnects = 0;
    provider.disconnect();
    provider.connect();
  }

  /** Replaces the socket unless it shows life in time. */
  function expectLife(within: number): void {
    if (deadline !== undefined) return;
    const { ws } = provider;
    deadline = setTimeout(() => {
      deadline = undefined;
      if (ws === provider.ws) restart();
    }, within);
  }

  function wake(): void {
    if (!provider.shouldConnect) return;
    provider.wsUnsuccessfulReconnects = 0;
    if (provider.ws === null) {
      provider.connect();
      return;
    }
    // An attempt that began before the sleep gets the shorter time.
    if (provider.wsconnecting) calm();
    expectAnswer();
  }

  function expectAnswer(): void {
    if (provider.wsconnected && deadline === undefined) ask();
    expectLife(times.answer);
  }

  function look(): void {
    const now = Date.now();
    const slept = now - lastTick > times.jump;
    lastTick = now;
    if (slept) wake();
    else if (provider.wsconnecting) expectLife(times.open);
    else if (provider.wsconnected && now - lastHeard >= (provider.synced ? times.quiet : times.open)) {
      expectAnswer();
    }
  }

  const ticking = setInterval(look, times.tick);
  return {
    heard() {
      lastHeard = Date.now();
      calm();
    },
    wake,
    destroy() {
      clearInterval(ticking);
      calm();
    },
  };
}
