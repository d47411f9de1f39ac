import { floorHolder, PARTNERS, type Seat } from '@mend/core';
import type { SessionActor } from '@mend/server/session';
import type { ManualClock } from '../support/manual-clock.ts';

/** How the floor stands while frames come in. */
export interface FloorPlan {
  readonly seat: Seat;
  /** What lies over the turn of `seat`. */
  readonly over: 'nothing' | 'hold' | 'pause' | 'closing';
  /** Whether the grace for words on their way is over: under a hold or a pause, nobody writes then. */
  readonly isOver: boolean;
}

/** Longer than any grace. */
const LATER_MS = 2_500;

/** Brings the floor there from wherever it stands, by commands alone. */
export async function goOn(actor: SessionActor, clock: ManualClock, plan: FloorPlan): Promise<void> {
  await free(actor, clock);
  // Who holds the floor already would only keep the turn, and its pen.
  if (floorHolder(actor.session)?.seat === plan.seat) await give(actor, clock, next(plan.seat));
  await give(actor, clock, plan.seat);
  if (floorHolder(actor.session)?.seat !== plan.seat) throw new Error('the floor was not given');
  if (plan.over === 'hold') await say(actor, 'counsellor', { type: 'moderate.hold' });
  if (plan.over === 'pause') await say(actor, 'partnerA', { type: 'pause.start', minutes: 20 });
  if (plan.over === 'closing') {
    // Answered only once the last words had their time.
    void actor.command('counsellor', { type: 'moderate.give', seat: next(plan.seat) });
  }
  if (plan.isOver) clock.advance(LATER_MS);
}

/** Takes away what lies over the turn, if anything does. */
async function free(actor: SessionActor, clock: ManualClock): Promise<void> {
  clock.advance(LATER_MS);
  const { phase } = actor.session;
  if (phase.is !== 'live') return;
  if (phase.pause) for (const seat of PARTNERS) await say(actor, seat, { type: 'pause.end' });
  if (phase.over) await say(actor, 'counsellor', { type: 'moderate.resume' });
}

async function give(actor: SessionActor, clock: ManualClock, seat: Seat): Promise<void> {
  const given = say(actor, 'counsellor', { type: 'moderate.give', seat });
  clock.advance(LATER_MS);
  await given;
}

const next = (seat: Seat): Seat => (seat === 'partnerA' ? 'partnerB' : 'partnerA');

async function say(actor: SessionActor, seat: Seat, command: object): Promise<void> {
  const ack = await actor.command(seat, command);
  if (!ack.ok) throw new Error(`refused: ${JSON.stringify(command)} ${ack.error.code}`);
}
