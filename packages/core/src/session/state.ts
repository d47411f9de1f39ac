import type { Millis, MomentId, Partner, Seat, SessionId, TurnId } from '../ids.ts';

/**
 * The state of one session: a fold of its log and of nothing else. Illegal fields cannot exist: what belongs to
 * one phase lives inside it.
 */
export interface Session {
  readonly id: SessionId;
  readonly createdAt: Millis;
  readonly withCounsellor: boolean;
  readonly invites: Readonly<Partial<Record<Seat, Invite>>>;
  readonly seats: Readonly<Partial<Record<Seat, Taken>>>;
  readonly phase: Phase;
  /** Seq of the last entry folded; 0 before the first. */
  readonly head: number;
  /** How many events each seat may see so far: its view's `v`. */
  readonly seen: Readonly<Record<Seat, number>>;
  /** Commands that had their effect, by their key, with what each seat's `v` was then. */
  readonly commands: ReadonlyMap<string, Readonly<Record<Seat, number>>>;
  /** Who owns which Yjs clientID that has written, and how many clocks of it are in the log. */
  readonly owners: ReadonlyMap<number, Owner>;
  readonly turns: readonly Turn[];
  readonly answers: readonly Answer[];
  readonly promises: readonly PromiseMade[];
  readonly lines: readonly Line[];
  /** Since when the log is known to be older than what was shown; null again once the next turn is opened. */
  readonly behind: Millis | null;
  /** How many moments and exercise runs have been opened; ids are made from these. */
  readonly momentCount: number;
  readonly runCount: number;
}

/** A seat's single-use invitation. Only its hash is known here. */
export interface Invite {
  readonly hash: string;
  readonly until: Millis;
}

/** Somebody sits here. */
export interface Taken {
  readonly name: string;
  readonly tokenHash: string;
  readonly joinedAt: Millis;
  readonly admitted: boolean;
  readonly ready: boolean;
  /** Whether this person's two words were the same as on the other phone; null until said. */
  readonly sameWords: boolean | null;
  /** Whether this person wants the transcript kept; null until said. */
  readonly keep: boolean | null;
}

export interface Owner {
  readonly seat: Seat;
  readonly clock: number;
}

export type Phase = Lobby | Live | Sealed | Erased;

export interface Lobby {
  readonly is: 'lobby';
}

export interface Live {
  readonly is: 'live';
  readonly run: Run | null;
  readonly floor: Floor;
  /** What lies over the floor by the counsellor's act; the floor under it stays as it was. */
  readonly over: Over | null;
  readonly pause: Pause | null;
  readonly hands: readonly Seat[];
}

export interface Sealed {
  readonly is: 'sealed';
  readonly at: Millis;
  /** Until when the two may still decide whether it is kept; null once both said yes. */
  readonly decideBy: Millis | null;
}

export interface Erased {
  readonly is: 'erased';
  readonly at: Millis;
}

/** The floor: who may write. `closing` takes last words in and then goes on with `after`. */
export type Floor =
  | { readonly is: 'open' }
  | { readonly is: 'held'; readonly turn: OpenTurn }
  | {
      readonly is: 'closing';
      readonly turn: OpenTurn;
      readonly since: Millis;
      readonly lastWords: Millis;
      readonly after: AfterClosing;
    };

export type AfterClosing =
  | { readonly do: 'give'; readonly seat: Seat }
  | { readonly do: 'skip' }
  | { readonly do: 'close' };

export type Over =
  | { readonly is: 'hold'; readonly since: Millis }
  | { readonly is: 'speaking'; readonly since: Millis; readonly turn: OpenTurn };

export interface Pause {
  readonly since: Millis;
  /** When they mean to come back; a promise, never an alarm. */
  readonly until: Millis | null;
  readonly back: readonly Partner[];
}

export interface OpenTurn {
  readonly id: TurnId;
  readonly seat: Seat;
  /** The clientID that holds the pen; null until somebody of the seat writes. */
  readonly pen: number | null;
}

export interface Turn {
  readonly id: TurnId;
  readonly seat: Seat;
  readonly exercise: string | null;
  readonly moment: MomentId | null;
  readonly kind: string;
  readonly openedAt: Millis;
  readonly closedAt: Millis | null;
}

/** One run of an exercise. */
export interface Run {
  readonly id: number;
  readonly exercise: string;
  /** The partner who takes the first part (P1, or the hurt partner where the two are told apart). */
  readonly first: Partner;
  readonly moment: Moment | null;
  /** How often each choice of each step has been the outcome, as `step choice`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The last turn written at each step, so that later steps can show what they answer. */
  readonly written: Readonly<Record<string, TurnId>>;
}

/** The moment that is open now. */
export interface Moment {
  readonly id: MomentId;
  readonly step: string;
  /** Whom it asks; empty for a written turn. */
  readonly asks: readonly Seat[];
  /** Answers given so far; nobody but their seat sees them while somebody else is still asked. */
  readonly given: readonly Given[];
}

export interface Given {
  readonly seat: Seat;
  readonly choice: string;
  readonly words: string | null;
}

/** An answer once it may be seen by all. */
export interface Answer extends Given {
  readonly moment: MomentId;
  readonly run: number;
  readonly step: string;
  readonly exercise: string;
  /** The turn it answers, if there is one. */
  readonly about: TurnId | null;
  readonly at: Millis;
}

/** A turn's words that both want to keep as a promise of the one who wrote them. */
export interface PromiseMade {
  readonly turn: TurnId;
  readonly seat: Seat;
  readonly at: Millis;
}

/** A line from the counsellor to both. */
export interface Line {
  readonly text: string;
  readonly at: Millis;
}

/** How long words that were on their way are still taken in after a floor was frozen, paused or given on. */
export const GRACE_MS = 2_000;
/** A closing turn whose writer has sent nothing for so long is over. */
export const QUIET_MS = 400;

export const emptySession = (id: SessionId, at: Millis): Session => ({
  id,
  createdAt: at,
  withCounsellor: false,
  invites: {},
  seats: {},
  phase: { is: 'lobby' },
  head: 0,
  seen: { partnerA: 0, partnerB: 0, counsellor: 0 },
  commands: new Map(),
  owners: new Map(),
  turns: [],
  answers: [],
  promises: [],
  lines: [],
  behind: null,
  momentCount: 0,
  runCount: 0,
});

/** The turns that are open: the one that is written in, and one that waits under it. */
export function openTurns({ phase }: Session): readonly OpenTurn[] {
  if (phase.is !== 'live') return [];
  const under = turnUnder(phase);
  return [...(phase.over?.is === 'speaking' ? [phase.over.turn] : []), ...(under ? [under] : [])];
}

/** The turn that could be written in if nothing lay over the floor. */
export const turnUnder = (live: Live): OpenTurn | null => (live.floor.is === 'open' ? null : live.floor.turn);

/** The open turn with this id, if it is open. */
export function openTurn(session: Session, id: TurnId): OpenTurn | null {
  if (session.phase.is !== 'live') return null;
  const { over } = session.phase;
  if (over?.is === 'speaking' && over.turn.id === id) return over.turn;
  const under = turnUnder(session.phase);
  return under?.id === id ? under : null;
}

/**
 * The turn this seat may write in if an entry stood in the log right after this state, at that time; null if none.
 * Everything a connection may write is derived from this and from the pen.
 */
export function writableTurn(session: Session, seat: Seat, at: Millis): OpenTurn | null {
  if (session.phase.is !== 'live') return null;
  const { pause, over, floor } = session.phase;
  if (pause && !withinGrace(pause.since, at)) return null;
  if (over?.is === 'speaking' && seat === over.turn.seat) return over.turn;
  if (over && !withinGrace(over.since, at)) return null;
  if (floor.is === 'open' || floor.turn.seat !== seat) return null;
  if (floor.is === 'closing' && !withinGrace(floor.since, at)) return null;
  return floor.turn;
}

/** A clock that was set back must not make a grace of seconds last for hours, so it ends there. */
const withinGrace = (since: Millis, at: Millis): boolean => at >= since && at - since <= GRACE_MS;

/** The turn that holds the floor now and may be written in without a grace; null while none does. */
export function floorHolder(session: Session): OpenTurn | null {
  if (session.phase.is !== 'live' || session.phase.pause) return null;
  const { over, floor } = session.phase;
  if (over) return over.is === 'speaking' ? over.turn : null;
  return floor.is === 'held' ? floor.turn : null;
}
