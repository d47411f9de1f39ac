import { type NewEntry, openTurns, type Session } from '@mend/core';

/** The entry that stands for all words up to now: `bytes` make the document, the rest says whose they are. */
export function snapshotOf(session: Session, bytes: Uint8Array): NewEntry {
  const owners = [...session.owners].map(([clientId, { seat, clock }]) => ({ clientId, seat, clock }));
  const pens = openTurns(session).flatMap(({ id, pen }) =>
    pen === null ? [] : [{ turn: id, clientId: pen }],
  );
  return { kind: 'snapshot', owners, pens, bytes };
}
