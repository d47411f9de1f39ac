/** Everything that a screen may want to know of a session; the same object until something of it changes. */

import type { View } from '@mend/core';
import type { Absence } from './absence.ts';
import type { ControlStatus } from './control-client.ts';
import type { DocumentStatus, DocumentView } from './document-client.ts';
import type { Draft } from './drafts.ts';
import type { PassingNotice } from './passing-notices.ts';
import type { PenState } from './pen.ts';

/**
 * - `opening`: the first view is not here yet;
 * - `open`: both channels are, or were a moment ago;
 * - `erased`, `gone`: for good.
 */
export type Connection = 'opening' | 'open' | 'reconnecting' | 'erased' | 'gone';

export interface SessionSnapshot {
  readonly view: View | null;
  readonly connection: Connection;
  readonly document: DocumentView;
  readonly pen: PenState;
  /** Whether what an earlier page of this tab left unsent was put back, so that the field can be bound. */
  readonly isReturned: boolean;
  readonly drafts: readonly Draft[];
  /** Whether the drafts would be there after a reload. */
  readonly draftsSurvive: boolean;
  readonly notices: readonly PassingNotice[];
  /** Of the other partner. */
  readonly absence: Absence;
}

export function connectionOf(
  control: ControlStatus,
  document: DocumentStatus,
  view: View | null,
): Connection {
  if (view?.phase === 'erased' || document === 'erased') return 'erased';
  // A sealed session is read over HTTP; its document may be closed to everybody.
  if (control === 'refused' || (document === 'gone' && view?.phase !== 'sealed')) return 'gone';
  if (view === null) return 'opening';
  if (view.phase === 'sealed') return control === 'live' ? 'open' : 'reconnecting';
  const isOpen = control === 'live' && (document === 'live' || document === 'refused');
  return isOpen ? 'open' : 'reconnecting';
}

/** The one that was, where nothing of it is different. */
export function sameOr(old: SessionSnapshot, next: SessionSnapshot): SessionSnapshot {
  const isSame =
    old.view === next.view &&
    old.connection === next.connection &&
    old.document === next.document &&
    old.pen === next.pen &&
    old.isReturned === next.isReturned &&
    old.drafts === next.drafts &&
    old.draftsSurvive === next.draftsSurvive &&
    old.notices === next.notices &&
    old.absence === next.absence;
  return isSame ? old : next;
}
