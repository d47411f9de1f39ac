import {
  emptyChain,
  encodeEntry,
  err,
  findForbidden,
  lengthInGraphemes,
  type Millis,
  millis,
  ok,
  type Result,
  SEATS,
  type Seat,
  type SessionId,
} from '@mend/core';
import type { SessionActor } from '../session/actor.ts';
import { createChainWriter } from '../session/chain-writer.ts';
import type { Clock } from '../session/clock.ts';
import type { Directory } from '../session/directory.ts';
import type { LogStore } from '../store/log-store.ts';
import {
  hashOf,
  INVITE_MS,
  invitedSeat,
  mintInvite,
  mintSessionId,
  mintToken,
  seatOfToken,
  sessionOf,
  tokenFor,
} from './secrets.ts';

export type AdmissionFault = 'bad-input' | 'invite-unknown' | 'seat-taken' | 'no-such-seat' | 'cannot-write';

export interface Invites {
  readonly partnerA: string;
  readonly partnerB: string;
  readonly counsellor?: string;
}

export interface Joined {
  readonly sessionId: SessionId;
  readonly seat: Seat;
  readonly token: string;
}

/** Somebody who has shown the key of a seat. What it may do is asked of the session each time. */
export interface Admitted {
  readonly actor: SessionActor;
  readonly seat: Seat;
}

/** How people come to their seats: rooms, invitations, names and keys. */
export interface Admissions {
  create(
    withCounsellor: boolean,
  ): Promise<Result<{ sessionId: SessionId; invites: Invites }, AdmissionFault>>;
  /** `attempt`: see `tokenFor`; without one, an answer that is lost is lost. */
  join(invite: string, name: string, attempt: string | null): Promise<Result<Joined, AdmissionFault>>;
  /** A new invitation for an empty seat, asked for by somebody who has a seat; the one before it stops working. */
  renew(admitted: Admitted, seat: Seat): Promise<Result<string, AdmissionFault>>;
  /** Whether an invitation could be used now. */
  isGood(invite: string): Promise<boolean>;
  /** The seat behind a key; `id` narrows it to one session. */
  admit(token: string, id?: string): Promise<Result<Admitted, AdmissionFault>>;
}

const LONGEST_NAME = 40;

export function createAdmissions(deps: { store: LogStore; directory: Directory; clock: Clock }): Admissions {
  const { store, directory, clock } = deps;

  async function invited(
    invite: string,
  ): Promise<Result<{ actor: SessionActor; seat: Seat }, AdmissionFault>> {
    const id = sessionOf(invite);
    if (!id) return err('invite-unknown');
    const found = await directory.open(id);
    if (!found.ok) return err(found.error === 'unknown' ? 'invite-unknown' : 'cannot-write');
    const seat = found.value.over ? null : invitedSeat(found.value.session, invite, clock.now());
    return seat ? ok({ actor: found.value, seat }) : err('invite-unknown');
  }

  /** The same attempt got this seat before: its answer was lost on the way, so it is given again. */
  async function answeredBefore(
    invite: string,
    attempt: string,
    otherwise: Result<Joined, AdmissionFault>,
  ): Promise<Result<Joined, AdmissionFault>> {
    const id = sessionOf(invite);
    if (!id) return otherwise;
    const token = tokenFor(id, invite, attempt);
    const found = await admit(token, id);
    if (!found.ok) return found.error === 'cannot-write' ? found : otherwise;
    const { actor, seat } = found.value;
    return durably(actor, () => ok({ sessionId: id, seat, token }));
  }

  async function admit(token: string, id?: string): Promise<Result<Admitted, AdmissionFault>> {
    const session = sessionOf(token);
    if (!session || (id !== undefined && id !== session)) return err('no-such-seat');
    const found = await directory.open(session);
    if (!found.ok) return err(found.error === 'unknown' ? 'no-such-seat' : 'cannot-write');
    const seat = seatOfToken(found.value.session, token);
    return seat ? ok({ actor: found.value, seat }) : err('no-such-seat');
  }

  return {
    admit,

    async create(withCounsellor) {
      const id = mintSessionId();
      const at = clock.now();
      const made = await store.create(id, at);
      if (!made.ok) return err('cannot-write');
      const invites: Invites = {
        partnerA: mintInvite(id),
        partnerB: mintInvite(id),
        ...(withCounsellor ? { counsellor: mintInvite(id) } : {}),
      };
      const appended = await store.append({
        session: id,
        expect: 0,
        entries: createChainWriter(emptyChain(id))([created(invites, withCounsellor, at)]),
      });
      return appended.ok ? ok({ sessionId: id, invites }) : err('cannot-write');
    },

    async join(invite, rawName, attempt) {
      const name = rawName.trim().normalize('NFC');
      const length = lengthInGraphemes(name);
      if (
        length < 1 ||
        length > LONGEST_NAME ||
        name.length > 400 ||
        findForbidden(name) >= 0 ||
        /[\n\r\t]/.test(name)
      ) {
        return err('bad-input');
      }
      const found = await invited(invite);
      if (!found.ok) return attempt === null ? found : answeredBefore(invite, attempt, found);
      const { actor, seat } = found.value;
      return durably(actor, () => {
        // Asked again here, in one piece with what it allows: of two who come at once, one has used it up.
        if (invitedSeat(actor.session, invite, clock.now()) !== seat) return err('invite-unknown');
        const token = attempt === null ? mintToken(actor.id) : tokenFor(actor.id, invite, attempt);
        actor.commit([{ type: 'seat-joined', seat, name, tokenHash: hashOf(token) }], null);
        return ok({ sessionId: actor.id, seat, token });
      });
    },

    renew: ({ actor }, seat) =>
      durably(actor, () => {
        const { session } = actor;
        const has = seat !== 'counsellor' || session.withCounsellor;
        if (session.seats[seat] || !has || session.phase.is !== 'lobby') return err('seat-taken');
        const invite = mintInvite(actor.id);
        const until = clock.now() + INVITE_MS;
        actor.commit([{ type: 'invite-renewed', seat, hash: hashOf(invite), until }], null);
        return ok(invite);
      }),

    isGood: async (invite) => (await invited(invite)).ok,
  };
}

function created(invites: Invites, withCounsellor: boolean, at: Millis) {
  const hashes = SEATS.flatMap((seat) =>
    invites[seat] === undefined ? [] : [[seat, hashOf(invites[seat])]],
  );
  const fact = {
    type: 'session-created' as const,
    withCounsellor,
    invites: { partnerA: '', partnerB: '', ...Object.fromEntries(hashes) },
    until: millis(at + INVITE_MS),
  };
  return { at, kind: 'event' as const, body: encodeEntry({ kind: 'event', fact, command: null }) };
}

/** Does it, and answers once it is durable. */
function durably<T>(
  actor: SessionActor,
  act: () => Result<T, AdmissionFault>,
): Promise<Result<T, AdmissionFault>> {
  return new Promise((resolve) => {
    if (actor.over) return resolve(err('cannot-write'));
    const result = act();
    actor.whenDurable(
      () => resolve(result),
      () => resolve(err('cannot-write')),
    );
  });
}
