/** Which panel a view asks for. Pure. */

import type { FloorView, MomentView, View } from '@mend/core';

/** The part of a view that decides it. */
export interface Scene extends Pick<View, 'phase' | 'you'> {
  readonly floor: Pick<FloorView, 'status' | 'holder' | 'turn'>;
  readonly moment: Pick<MomentView, 'waitingFor'> | null;
}

/**
 * - `writing`: the floor is this seat's, whether or not it can write at this moment;
 * - `listening`: the floor is another's;
 * - `question`: a moment asks, this seat or another;
 * - `choose`: nothing runs.
 */
export type PanelName = 'lobby' | 'choose' | 'writing' | 'listening' | 'question' | 'paused' | 'ended';

export function panelFor(view: Scene): PanelName {
  switch (view.phase) {
    case 'lobby':
      return 'lobby';
    case 'paused':
      return 'paused';
    case 'sealed':
    case 'erased':
      return 'ended';
    case 'live':
      return livePanel(view);
  }
}

function livePanel({ floor, moment, you }: Scene): PanelName {
  if (floor.turn !== null) return floor.holder === you ? 'writing' : 'listening';
  return moment === null ? 'choose' : 'question';
}

/** Whether something waits for this seat now: the page's title says so, and the phone gives a short sign. */
export function isYourTurn(view: Scene): boolean {
  if (view.phase !== 'live') return false;
  if (view.floor.turn !== null) return view.floor.holder === view.you && view.floor.status === 'held';
  return view.moment?.waitingFor.includes(view.you) ?? false;
}
