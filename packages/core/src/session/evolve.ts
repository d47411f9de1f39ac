import { type Millis, SEATS, type Seat, type SessionId, type TurnId } from '../ids.ts';
import type { Entry, SnapshotEntry } from '../log/entry.ts';
import { type Fact, factDefinition } from './events/index.ts';
import { withPen } from './events/with-pen.ts';
import { emptySession, openTurn, type Session } from './state.ts';

/** The fold: the state after one more entry. Throws only on an entry that no decision of ours could have made. */
export function evolve(session: Session, entry: Entry): Session {
  switch (entry.kind) {
    case 'event': {
      const next = { ...evolveFact(session, entry.fact, entry.at), head: entry.seq };
      if (entry.command === null) return next;
      return { ...next, commands: new Map(next.commands).set(entry.command, next.seen) };
    }
    case 'update': {
      const owners = new Map(session.owners).set(entry.clientId, { seat: entry.seat, clock: entry.to });
      return written({ ...session, owners, head: entry.seq }, entry.turn, entry.clientId, entry.at);
    }
    case 'snapshot': {
      const owners = new Map(entry.owners.map(({ clientId, seat, clock }) => [clientId, { seat, clock }]));
      return { ...withPens(session, entry.pens), owners, head: entry.seq };
    }
  }
}

/** What a fact changes, its place in the log aside: also used to think ahead while deciding. */
export function evolveFact(session: Session, fact: Fact, at: Millis): Session {
  const definition = factDefinition(fact.type);
  if (!definition) throw new Error(`unknown fact ${fact.type}`);
  const seers = definition.seenBy(fact, session);
  const next = definition.evolve(session, fact, at);
  return seers.length === 0 ? next : { ...next, seen: counted(next.seen, seers) };
}

export const replay = (id: SessionId, at: Millis, entries: Iterable<Entry>): Session => {
  let session = emptySession(id, at);
  for (const entry of entries) session = evolve(session, entry);
  return session;
};

function counted(
  seen: Readonly<Record<Seat, number>>,
  seers: readonly Seat[],
): Readonly<Record<Seat, number>> {
  const next = { ...seen };
  for (const seat of SEATS) if (seers.includes(seat)) next[seat] += 1;
  return next;
}

function withPens(session: Session, pens: SnapshotEntry['pens']): Session {
  if (session.phase.is !== 'live') return session;
  const phase = pens.reduce((live, { turn, clientId }) => withPen(live, turn, clientId), session.phase);
  return { ...session, phase };
}

/** Words came in: the pen is taken by the first that writes, and a closing turn waits a little longer. */
function written(session: Session, turn: TurnId, clientId: number, at: Millis): Session {
  const open = openTurn(session, turn);
  if (!open || session.phase.is !== 'live') throw new Error(`words for ${turn}, which is not open`);
  const live = open.pen === null ? withPen(session.phase, turn, clientId) : session.phase;
  const isClosing = live.floor.is === 'closing' && live.floor.turn.id === turn;
  const phase = isClosing ? { ...live, floor: { ...live.floor, lastWords: at } } : live;
  // Most words change nothing else, and whoever asks can see so at once.
  return phase === session.phase ? session : { ...session, phase };
}
