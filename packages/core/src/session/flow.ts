import { askedSeats, follow, goOf, outcomeKey, outcomeOf, seatOf, stepById } from '../exercise/course.ts';
import type { AskedStep, Exercise, Go, Shelf, Step } from '../exercise/exercise.ts';
import { isPartner, type Millis, millis, momentId, type Seat, turnId } from '../ids.ts';
import type { Proposal } from './proposal.ts';
import {
  type AfterClosing,
  type Live,
  type OpenTurn,
  type Run,
  type Session,
  writableTurn,
} from './state.ts';

/** What follows what: the moves that several commands and the deadline share. Each adds facts to a proposal. */

/** How long two people may take to decide whether a closed session is kept. */
export const DECIDE_MS = 24 * 60 * 60 * 1000;

/** Opens a moment, and the turn of a written one. */
export function openStep(proposal: Proposal, step: Step): void {
  const session = proposal.session();
  const run = runOf(session);
  const moment = momentId(`${step.id}-${session.momentCount + 1}`);
  proposal.add({ type: 'moment-opened', moment, step: step.id, asks: [...askedSeats(run, step)] });
  if (step.form === 'written') openTurn(proposal, seatOf(run, step.by), step.kind, moment);
}

export function openTurn(proposal: Proposal, seat: Seat, kind: string, moment: string | null): void {
  proposal.add({ type: 'turn-opened', turn: nextTurn(proposal.session()), seat, kind, moment });
}

export const nextTurn = (session: Session) => turnId(`t${session.turns.length + 1}`);

/** Ends a turn at once; where a moment was waiting for it, the exercise goes on. */
export function endTurn(proposal: Proposal, shelf: Shelf, turn: OpenTurn): void {
  const moment = momentOf(proposal.session(), turn);
  proposal.add({ type: 'turn-closed', turn: turn.id });
  if (moment === null) return;
  const run = runOf(proposal.session());
  const exercise = exerciseOf(shelf, run);
  const step = stepById(exercise, run.moment?.step ?? '');
  pass(proposal, 'written', false, null);
  goOn(proposal, exercise, step, step.form === 'written' ? step.go : 'next');
}

/** Every asked seat has answered: the moment comes to its outcome. */
export function settle(proposal: Proposal, shelf: Shelf, step: AskedStep): void {
  const run = runOf(proposal.session());
  const exercise = exerciseOf(shelf, run);
  const outcome = outcomeOf(step, run.moment?.given.map((given) => given.choice) ?? []);
  const before = run.outcomes[outcomeKey(step.id, outcome)] ?? 0;
  const about = step.promises ?? step.shows?.at(-1);
  const turn = about === undefined ? undefined : run.written[about];
  pass(proposal, outcome, step.asks.length === 1 || step.reveals === true, turn ?? null);
  if (step.promises && turn && outcome === step.choices[0]?.id) promise(proposal, turn);
  goOn(proposal, exercise, step, goOf(step, outcome, before));
}

/** The open moment is left without its answer or its words, and the exercise goes on as if it had them. */
export function skipMoment(proposal: Proposal, shelf: Shelf): void {
  const run = runOf(proposal.session());
  if (!run.moment) return;
  const exercise = exerciseOf(shelf, run);
  const step = stepById(exercise, run.moment.step);
  pass(proposal, 'skipped', false, null);
  goOn(proposal, exercise, step, step.form === 'written' ? step.go : step.choices[0]?.go);
}

/**
 * Ends what is open on the floor and goes on with `after`: after the words that are on their way, where there can be
 * any. A turn that has rested for longer than the grace has none, and would only become writable again.
 */
export function endFloor(proposal: Proposal, shelf: Shelf, after: AfterClosing): void {
  const { over, floor } = liveOf(proposal.session());
  const turn = floor.is === 'open' ? null : floor.turn;
  const takesWords =
    turn !== null && writableTurn(proposal.session(), turn.seat, proposal.at)?.id === turn.id;
  if (over?.is === 'speaking') proposal.add({ type: 'turn-closed', turn: over.turn.id });
  if (turn && takesWords) {
    proposal.add({ type: 'turn-closing', turn: turn.id, after });
    return;
  }
  if (turn) proposal.add({ type: 'turn-closed', turn: turn.id });
  if (over?.is === 'hold' && after.do === 'give') proposal.add({ type: 'floor-resumed' });
  followUp(proposal, shelf, after);
}

/** What follows a turn that was ended from outside. */
export function followUp(proposal: Proposal, shelf: Shelf, after: AfterClosing): void {
  switch (after.do) {
    case 'give':
      giveFloor(proposal, shelf, after.seat);
      break;
    case 'skip':
      skipMoment(proposal, shelf);
      break;
    case 'close':
      seal(proposal);
      break;
  }
}

/** Gives the floor to a seat: for the written moment that is open, else for a turn beside the exercise. */
function giveFloor(proposal: Proposal, shelf: Shelf, seat: Seat): void {
  const { run } = liveOf(proposal.session());
  const step = run?.moment ? stepById(exerciseOf(shelf, run), run.moment.step) : null;
  if (run?.moment && step?.form === 'written') openTurn(proposal, seat, step.kind, run.moment.id);
  else openTurn(proposal, seat, 'free', null);
}

/** The session ends: kept if both said yes, gone if one said no, undecided for a day otherwise. */
export function seal(proposal: Proposal): void {
  const wishes = wishesOf(proposal.session());
  if (wishes.includes(false) || wishes.length < 2) {
    erase(proposal);
    return;
  }
  const decided = wishes.every((wish) => wish === true);
  proposal.add({ type: 'session-sealed', decideBy: decided ? null : proposal.at + DECIDE_MS });
}

export function erase(proposal: Proposal): void {
  const { seats, seen } = proposal.session();
  const keys = Object.entries(seats).map(([seat, taken]) => [seat, taken.tokenHash]);
  proposal.add({ type: 'session-erased', keys: Object.fromEntries(keys), seen: { ...seen } });
}

/** Whether the open moment waits for this seat: it asks it, it has not answered, and nothing lies over the moment. */
export function answerable(session: Session, seat: Seat): boolean {
  if (session.phase.is !== 'live') return false;
  const { run, pause, over, floor } = session.phase;
  if (!run?.moment || pause || over || floor.is !== 'open') return false;
  return run.moment.asks.includes(seat) && !run.moment.given.some((given) => given.seat === seat);
}

export const wishesOf = (session: Session): readonly (boolean | null)[] =>
  Object.entries(session.seats).flatMap(([seat, taken]) => (seat === 'counsellor' ? [] : [taken.keep]));

export function liveOf(session: Session): Live {
  if (session.phase.is !== 'live') throw new Error(`not live but ${session.phase.is}`);
  return session.phase;
}

export function runOf(session: Session): Run {
  const { run } = liveOf(session);
  if (!run) throw new Error('no exercise runs');
  return run;
}

export function exerciseOf(shelf: Shelf, run: Run): Exercise {
  const exercise = shelf.get(run.exercise);
  if (!exercise) throw new Error(`no exercise ${run.exercise} on the shelf`);
  return exercise;
}

export const minutesFrom = (at: Millis, minutes: number): Millis => millis(at + minutes * 60_000);

/** The moment that this open turn belongs to, if it does. */
function momentOf(session: Session, turn: OpenTurn): string | null {
  const moment = session.turns.find((one) => one.id === turn.id)?.moment ?? null;
  return session.phase.is === 'live' && session.phase.run?.moment?.id === moment ? moment : null;
}

function pass(proposal: Proposal, outcome: string, shows: boolean, about: string | null): void {
  const { moment } = runOf(proposal.session());
  if (moment) proposal.add({ type: 'moment-passed', moment: moment.id, outcome, shows, about });
}

function promise(proposal: Proposal, turn: string): void {
  const seat = proposal.session().turns.find((one) => one.id === turn)?.seat;
  if (seat && isPartner(seat)) proposal.add({ type: 'promise-made', turn, seat });
}

function goOn(proposal: Proposal, exercise: Exercise, step: Step, go: Go | undefined): void {
  const next = follow(exercise, step, go);
  if (next) {
    openStep(proposal, next);
    return;
  }
  const how = step.id === 'opening' ? 'not-now' : 'finished';
  proposal.add({ type: 'exercise-ended', run: runOf(proposal.session()).id, how });
}
