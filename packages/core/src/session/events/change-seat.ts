import type { Seat } from '../../ids.ts';
import type { Session, Taken } from '../state.ts';

export function changeSeat(session: Session, seat: Seat, change: Partial<Taken>): Session {
  const taken = session.seats[seat];
  if (!taken) throw new Error(`nobody sits in ${seat}`);
  return { ...session, seats: { ...session.seats, [seat]: { ...taken, ...change } } };
}
