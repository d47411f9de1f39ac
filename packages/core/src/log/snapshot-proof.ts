import { applyUpdate, ContentString, Doc, type Item, type Text } from 'yjs';
import { rootOf } from '../ids.ts';
import { openTurns, type Session } from '../session/state.ts';
import type { SnapshotEntry } from './entry.ts';
import type { LogFault } from './faults.ts';
import { isPending } from './words-proof.ts';

/** Whether a snapshot is what it stands for: in itself, and, where all of that is still there, against its fold. */

/** The document of a snapshot; null where its bytes are none. */
export function documentOf({ bytes }: SnapshotEntry, session: Session): Doc | null {
  const doc = new Doc();
  try {
    applyUpdate(doc, bytes);
  } catch {
    return null;
  }
  for (const { id } of session.turns) doc.getText(rootOf(id));
  return doc;
}

/** What holds whether or not the words before it are there: it is whole, and its owners own all of it. */
export function faultOfSnapshot(entry: SnapshotEntry, doc: Doc, session: Session): LogFault | null {
  const { phase } = session;
  if (phase.is !== 'live' && phase.is !== 'sealed') return phase.is === 'erased' ? 'after-end' : 'phase';
  if (isPending(doc)) return 'pending';
  if (doc.share.size !== session.turns.length) return 'snapshot';
  const owners = new Map(entry.owners.map((owner) => [owner.clientId, owner]));
  if (owners.size !== entry.owners.length) return 'snapshot';
  for (const [clientId, structs] of doc.store.clients) {
    const last = structs.at(-1);
    const clock = last ? last.id.clock + last.length : 0;
    if ((owners.get(clientId)?.clock ?? 0) !== clock) return 'snapshot';
  }
  if (entry.owners.some(({ clientId, clock }) => clock > 0 && !doc.store.clients.has(clientId)))
    return 'snapshot';
  const pens = new Map<string, number>(entry.pens.map(({ turn, clientId }) => [turn, clientId]));
  for (const { id, seat, pen } of openTurns(session)) {
    const kept = pens.get(id);
    if (pen !== null && kept !== pen) return 'snapshot';
    const owner = kept === undefined ? undefined : owners.get(kept);
    if (owner && owner.seat !== seat) return 'snapshot';
  }
  return null;
}

/** Whether it says what the entries before it say, down to who wrote which character. */
export function isFoldOf(entry: SnapshotEntry, kept: Doc, folded: Doc, session: Session): boolean {
  const { phase } = session;
  const sameOwners =
    entry.owners.length === session.owners.size &&
    entry.owners.every(({ clientId, seat, clock }) => {
      const owner = session.owners.get(clientId);
      return owner?.seat === seat && owner.clock === clock;
    });
  const pens = new Map<string, number>(entry.pens.map(({ turn, clientId }) => [turn, clientId]));
  // Those of turns that have just ended may stand in it too.
  const samePens = openTurns(session).every(({ id, pen }) => (pens.get(id) ?? null) === pen);
  const sameWords = session.turns.every(
    ({ id }) => tellingOf(kept.getText(rootOf(id))) === tellingOf(folded.getText(rootOf(id))),
  );
  return (phase.is === 'live' || phase.is === 'sealed') && sameOwners && samePens && sameWords;
}

/** A text told so that it does not matter how Yjs has cut it up: runs of characters of one writer, and the words. */
function tellingOf(text: Text): string {
  const runs: { client: number; from: number; to: number; deleted: boolean }[] = [];
  let words = '';
  for (let item: Item | null = text._start; item; item = item.right) {
    const { client, clock } = item.id;
    const last = runs.at(-1);
    if (!item.deleted && item.content instanceof ContentString) words += item.content.str;
    if (last?.client === client && last.to === clock && last.deleted === item.deleted) last.to += item.length;
    else runs.push({ client, from: clock, to: clock + item.length, deleted: item.deleted });
  }
  return JSON.stringify([runs, words]);
}
