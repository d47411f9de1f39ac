import { applyUpdate, type Doc, getState, type Transaction } from 'yjs';
import { decode } from '../document/decode.ts';
import type { Limits } from '../document/limits.ts';
import { rootOf } from '../ids.ts';
import { type Session, writableTurn } from '../session/state.ts';
import type { UpdateEntry } from './entry.ts';
import type { LogFault } from './faults.ts';

/** Whether words were their writer's to write, by what the entry says of them and by its bytes. */

/** What was taken in once was held to limits then; cut up by deletions it may be more. */
const NO_LIMITS: Limits = {
  updateBytes: Number.POSITIVE_INFINITY,
  structs: Number.POSITIVE_INFINITY,
  newClocks: Number.POSITIVE_INFINITY,
  turnText: Number.POSITIVE_INFINITY,
  ranges: Number.POSITIVE_INFINITY,
  visited: Number.POSITIVE_INFINITY,
  highestClock: Number.POSITIVE_INFINITY,
};

/** What is wrong with these words just after this state; null where nothing is. Looks at no bytes. */
export function faultOfPlace(entry: UpdateEntry, session: Session): LogFault | null {
  const { seat, turn, clientId, from, to, at } = entry;
  const open = writableTurn(session, seat, at);
  const owner = session.owners.get(clientId);
  if (open?.id !== turn) return 'outside-floor';
  if (open.pen !== null && open.pen !== clientId) return 'other-pen';
  if (owner && owner.seat !== seat) return 'other-writer';
  if (from !== (owner?.clock ?? 0) || to < from) return 'clock-gap';
  return null;
}

/** Applies the bytes to the document of all words before them. The document is spoilt where there is a fault. */
export function faultOfBytes(doc: Doc, { bytes, clientId, from, to, turn }: UpdateEntry): LogFault | null {
  const decoded = decode(bytes, NO_LIMITS);
  if (!decoded.ok) return 'unreadable';
  const { sections } = decoded.value;
  const [own] = sections;
  const end = own?.structs.at(-1);
  if (own && (sections.length > 1 || own.client !== clientId)) return 'other-writer';
  if ((own?.structs[0]?.clock ?? from) !== from) return 'clock-gap';
  if ((end ? end.clock + end.length : from) !== to) return 'clock-gap';
  const text = doc.getText(rootOf(turn));
  const roots = doc.share.size;
  let isElsewhere = false;
  const look = ({ changed }: Transaction) => {
    isElsewhere ||= [...changed.keys()].some((type: unknown) => type !== text);
  };
  doc.on('afterTransaction', look);
  applyUpdate(doc, bytes);
  doc.off('afterTransaction', look);
  if (isPending(doc)) return 'pending';
  if (isElsewhere || doc.share.size !== roots) return 'outside-turn';
  return getState(doc.store, clientId) === to ? null : 'clock-gap';
}

export const isPending = (doc: Doc): boolean =>
  doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
