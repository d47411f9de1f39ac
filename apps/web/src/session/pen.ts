/**
 * Which of this seat's connections writes. The pen is a clientID's; a reload and a fresh document have another one,
 * and take over by themselves what was this tab's. What is another device's is taken only when its person says so.
 */

import * as z from 'zod/mini';
import type { ControlClient } from './control-client.ts';
import type { DocumentClient } from './document-client.ts';
import { createListeners } from './listeners.ts';
import { isHeld, ownTurn } from './own-turn.ts';
import { type StorageLike, storedValue } from './tab-storage.ts';

/**
 * - `none`: it is not this seat's turn;
 * - `ready`: this connection writes, or will once it begins to;
 * - `taking`: on its way here; nothing can be written yet;
 * - `elsewhere`: with another connection of this seat.
 */
export type PenState = 'none' | 'ready' | 'taking' | 'elsewhere';

export interface Pen {
  state(): PenState;
  /** This connection is about to write: after a reload it is known as this tab's. */
  claim(): void;
  /** Whether the pen is this tab's to take without asking. */
  isOurs(): boolean;
  /** Resolves with true once the pen is here, and every word written elsewhere before. */
  take(): Promise<boolean>;
  /** Looks at the view and the document again. */
  follow(): void;
  subscribe(listener: () => void): () => void;
  forget(): void;
}

/** Milliseconds until everything that was written elsewhere must be here. */
const REFRESH_WITHIN = 5_000;
const AGAIN_AFTER = 1_000;
/** Milliseconds after a refusal in which the view that tells why may still be on its way. */
const VIEW_WITHIN = 1_500;
const MOST_KEPT = 6;
const clientIds = z.array(z.int());

export function createPen(options: {
  readonly control: Pick<ControlClient, 'view' | 'say'>;
  readonly document: Pick<DocumentClient, 'view' | 'refresh'>;
  readonly storage: StorageLike | null;
  readonly session: string;
}): Pen {
  const { control, document, storage, session } = options;
  const stored = storedValue(storage, penKey(session));
  const listeners = createListeners();
  const known = clientIds.safeParse(stored.read());
  let ours: readonly number[] = known.success ? known.data : [];
  let taking: Promise<boolean> | null = null;
  let state: PenState = 'none';
  let notBefore = 0;
  let { generation } = document.view();

  function look(): PenState {
    const view = control.view();
    if (ownTurn(view) === null || view === null) return 'none';
    if (taking !== null) return 'taking';
    const { pen } = view.floor;
    if (pen === null || pen === document.view().clientId) return 'ready';
    return ours.includes(pen) ? 'taking' : 'elsewhere';
  }

  function become(): void {
    const next = look();
    if (next === state) return;
    state = next;
    listeners.tell();
  }

  function claim(): void {
    const { clientId } = document.view();
    if (ours.at(-1) === clientId) return;
    ours = [...ours.filter((one) => one !== clientId), clientId].slice(-MOST_KEPT);
    stored.write(ours);
  }

  async function bring(): Promise<boolean> {
    const { clientId, generation } = document.view();
    claim();
    const said = await control.say({ type: 'turn.here', clientId });
    if (!said.ok) return false;
    const fresh = await document.refresh(REFRESH_WITHIN);
    return fresh && document.view().generation === generation;
  }

  function take(): Promise<boolean> {
    taking ??= bring().finally(() => {
      taking = null;
      notBefore = Date.now() + AGAIN_AFTER;
      setTimeout(follow, AGAIN_AFTER);
      become();
    });
    become();
    return taking;
  }

  /** A refused document may have lost the pen to another device: what this tab last saw must not win it back. */
  function holdBackAfterRefusal(): void {
    if (document.view().generation === generation) return;
    generation = document.view().generation;
    notBefore = Date.now() + VIEW_WITHIN;
    setTimeout(follow, VIEW_WITHIN);
  }

  function follow(): void {
    holdBackAfterRefusal();
    become();
    const view = control.view();
    const turn = ownTurn(view);
    const here = document.view();
    const wanted = state === 'taking' && taking === null && turn !== null && isHeld(view, turn);
    if (wanted && here.synced && here.status === 'live' && Date.now() >= notBefore) void take();
  }

  return {
    state: () => state,
    claim,
    isOurs() {
      const pen = control.view()?.floor.pen ?? null;
      return pen === null || pen === document.view().clientId || ours.includes(pen);
    },
    take,
    follow,
    subscribe: listeners.add,
    forget() {
      ours = [];
      stored.remove();
    },
  };
}

export const penKey = (session: string): string => `mend:pen:${session}`;
