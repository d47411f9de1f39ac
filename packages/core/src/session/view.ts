import { partIn, progressOf, seatOf, stepById } from '../exercise/course.ts';
import { type Exercise, type Language, type Shelf, type Step, say } from '../exercise/exercise.ts';
import type { Millis, MomentId, Seat, TurnId } from '../ids.ts';
import { PARTNERS, SEATS } from '../ids.ts';
import type { CommandType } from './commands/index.ts';
import { mayNow } from './decide.ts';
import { answerable } from './flow.ts';
import { matchWords } from './match-words.ts';
import { SIGNALS, type Signal } from './notice.ts';
import { type Live, type Run, type Session, turnUnder } from './state.ts';

/**
 * What one seat may see of a session, and nothing else. It depends only on what that seat may see, so that what is
 * private to another seat cannot show in it, not even by a view sent one moment too many (rules V1 to V10).
 */
export interface View {
  readonly v: number;
  readonly phase: 'lobby' | 'live' | 'paused' | 'sealed' | 'erased';
  readonly you: Seat;
  readonly seats: readonly SeatView[];
  readonly withCounsellor: boolean;
  /** The two words to compare with the other phone, and what this seat said of them. */
  readonly match: { readonly words: readonly [string, string]; readonly same: boolean | null } | null;
  /** This seat's own wish about keeping the transcript; null until said. */
  readonly keep: boolean | null;
  readonly exercise: string | null;
  readonly exerciseTitle: string | null;
  readonly parts: { readonly first: Seat; readonly second: Seat } | null;
  readonly progress: { readonly at: number; readonly of: number } | null;
  readonly moment: MomentView | null;
  readonly floor: FloorView;
  readonly turns: readonly TurnView[];
  readonly answers: readonly AnswerView[];
  readonly promises: readonly { readonly turn: TurnId; readonly seat: Seat }[];
  readonly lines: readonly { readonly text: string; readonly at: Millis }[];
  /** Since when this seat is told that the server lost some of what was shown; null where it is not. */
  readonly behind: Millis | null;
  readonly hands: readonly Seat[];
  readonly pause: { readonly until: Millis | null; readonly youAreBack: boolean } | null;
  readonly sealedAt: Millis | null;
  readonly decideBy: Millis | null;
  readonly signals: readonly Signal[];
  readonly may: readonly CommandType[];
}

export interface SeatView {
  readonly seat: Seat;
  readonly name: string;
  readonly admitted: boolean;
  /** Of one's own seat alone. */
  readonly ready?: boolean;
}

export interface FloorView {
  readonly status: 'open' | 'held' | 'closing' | 'frozen' | 'paused';
  readonly holder: Seat | null;
  readonly turn: TurnId | null;
  /** Which connection of one's own seat holds the pen; null for everybody else's turn. */
  readonly pen: number | null;
}

export interface MomentView {
  readonly id: MomentId;
  readonly kind: string;
  readonly title: string;
  readonly prompt: string;
  readonly holder: Seat | null;
  readonly waitingFor: readonly Seat[];
  readonly choices: readonly ChoiceView[];
  /** The turns whose words belong beside what is asked. */
  readonly shows: readonly TurnId[];
  readonly starters: readonly string[];
  readonly example: string | null;
  readonly minutes: number | null;
  /** This seat's own answer, while it waits for the other. */
  readonly answered: { readonly choice: string; readonly words: string | null } | null;
}

export interface ChoiceView {
  readonly id: string;
  readonly label: string;
  /** Present where own words may be added; `limit` in graphemes. */
  readonly words?: true;
  readonly limit?: number;
}

export interface TurnView {
  readonly id: TurnId;
  readonly seat: Seat;
  readonly exercise: string | null;
  readonly moment: MomentId | null;
  readonly kind: string;
  readonly openedAt: Millis;
  readonly closedAt: Millis | null;
}

export interface AnswerView {
  readonly moment: MomentId;
  readonly kind: string;
  readonly seat: Seat;
  readonly choice: string;
  readonly label: string;
  readonly words: string | null;
  readonly about: TurnId | null;
  readonly at: Millis;
}

export interface ViewContext {
  readonly shelf: Shelf;
  readonly language: Language;
  readonly at: Millis;
}

/** The view of one seat. */
export function viewOf(session: Session, seat: Seat, context: ViewContext): View {
  const { phase } = session;
  const live = phase.is === 'live' ? phase : null;
  const run = live?.run ?? null;
  const exercise = run ? (context.shelf.get(run.exercise) ?? null) : null;
  const gone = phase.is === 'erased';
  return {
    v: session.seen[seat],
    phase: live?.pause ? 'paused' : phase.is,
    you: seat,
    seats: gone ? [] : seatsFor(session, seat),
    withCounsellor: session.withCounsellor,
    match: matchFor(session, seat),
    keep: session.seats[seat]?.keep ?? null,
    exercise: run?.exercise ?? null,
    exerciseTitle: exercise && say(exercise, context.language, 'title'),
    parts: run && { first: seatOf(run, 'first'), second: seatOf(run, 'second') },
    progress: exercise && run?.moment ? progressOf(exercise, run.moment.step) : null,
    moment: live && run && exercise ? momentFor(session, live, run, exercise, seat, context) : null,
    floor: floorFor(live, seat),
    turns: session.turns,
    answers: answersFor(session, context),
    promises: session.promises.map(({ turn, seat: by }) => ({ turn, seat: by })),
    lines: session.lines,
    behind: phase.is === 'lobby' || phase.is === 'live' ? session.behind : null,
    hands: live?.hands ?? [],
    pause: live?.pause
      ? { until: live.pause.until, youAreBack: live.pause.back.some((one) => one === seat) }
      : null,
    sealedAt: phase.is === 'sealed' ? phase.at : null,
    decideBy: phase.is === 'sealed' ? phase.decideBy : null,
    signals: SIGNALS,
    may: mayNow({ session, seat, at: context.at, shelf: context.shelf }),
  };
}

function seatsFor(session: Session, you: Seat): readonly SeatView[] {
  return SEATS.flatMap((seat) => {
    const taken = session.seats[seat];
    if (!taken) return [];
    const shown = { seat, name: taken.name, admitted: taken.admitted };
    return [seat === you ? { ...shown, ready: taken.ready } : shown];
  });
}

/** Shown only once there is somebody to compare with. */
function matchFor(session: Session, seat: Seat): View['match'] {
  if (session.phase.is !== 'lobby' || seat === 'counsellor') return null;
  if (!PARTNERS.every((partner) => session.seats[partner])) return null;
  return { words: matchWords(session.id), same: session.seats[seat]?.sameWords ?? null };
}

function floorFor(live: Live | null, you: Seat): FloorView {
  if (!live) return { status: 'open', holder: null, turn: null, pen: null };
  const turn = live.over?.is === 'speaking' ? live.over.turn : turnUnder(live);
  return {
    status: statusOf(live),
    holder: turn?.seat ?? null,
    turn: turn?.id ?? null,
    pen: turn?.seat === you ? turn.pen : null,
  };
}

function statusOf({ pause, over, floor }: Live): FloorView['status'] {
  if (pause) return 'paused';
  if (over?.is === 'hold') return 'frozen';
  return over?.is === 'speaking' ? 'held' : floor.is;
}

function momentFor(
  session: Session,
  live: Live,
  run: Run,
  exercise: Exercise,
  seat: Seat,
  context: ViewContext,
): MomentView | null {
  const { moment } = run;
  if (!moment) return null;
  const step = stepById(exercise, moment.step);
  const given = moment.given.find((one) => one.seat === seat);
  const words = sentences(session, run, exercise, seat, context);
  return {
    id: moment.id,
    kind: step.kind,
    title: words(`moment.${step.kind}`),
    prompt: words(acts(step, live, moment.id, session, seat) ? step.prompt : step.listen),
    holder: step.form === 'written' ? (turnUnder(live)?.seat ?? null) : null,
    waitingFor: waitingFor(session, moment.asks, seat),
    choices:
      step.form === 'asked'
        ? step.choices.map(({ id, label, words: limit }) => choiceFor(id, words(label), limit))
        : [],
    shows: (step.shows ?? []).flatMap((from) => run.written[from] ?? []),
    starters: step.form === 'written' ? (step.starters ?? []).map(words) : [],
    example: step.form === 'written' && step.example ? words(step.example) : null,
    minutes: step.form === 'written' ? (step.minutes ?? null) : null,
    answered: given ? { choice: given.choice, words: given.words } : null,
  };
}

/** Whether the moment is this seat's to act on: its turn, or a question to it. */
function acts(step: Step, live: Live, moment: MomentId, session: Session, seat: Seat): boolean {
  if (step.form === 'asked') return live.run?.moment?.asks.includes(seat) ?? false;
  const turn = turnUnder(live);
  return turn?.seat === seat && session.turns.some((one) => one.id === turn.id && one.moment === moment);
}

/**
 * Where two are asked, the other stands as waited for until both have answered, whether that one has or not: so the
 * list depends on nothing but this seat's own answer.
 */
function waitingFor(session: Session, asks: readonly Seat[], you: Seat): readonly Seat[] {
  if (session.phase.is !== 'live') return [];
  const { pause, over, floor } = session.phase;
  if (pause || over || floor.is !== 'open') return [];
  return asks.filter((seat) => seat !== you || answerable(session, seat));
}

const choiceFor = (id: string, label: string, limit: number | undefined): ChoiceView =>
  limit === undefined ? { id, label } : { id, label, words: true, limit };

/** Looks up sentences of an exercise as this seat reads them. */
function sentences(session: Session, run: Run, exercise: Exercise, seat: Seat, { language }: ViewContext) {
  const part = partIn(run, seat);
  const nameOf = (one: Seat) => session.seats[one]?.name ?? '';
  const fill = {
    minutes: String(exercise.minutes),
    other: nameOf(otherOf(run, seat)),
    first: nameOf(seatOf(run, 'first')),
    second: nameOf(seatOf(run, 'second')),
  };
  const parts = part ? say(exercise, language, `opening.${part}`, fill) : '';
  return (key: string) => say(exercise, language, key, { ...fill, parts });
}

/** The partner a sentence speaks of; for the counsellor, the one who acts. */
function otherOf(run: Run, seat: Seat): Seat {
  if (seat === 'counsellor') return run.moment?.asks[0] ?? run.first;
  return seatOf(run, partIn(run, seat) === 'first' ? 'second' : 'first');
}

function answersFor(session: Session, { shelf, language }: ViewContext): readonly AnswerView[] {
  return session.answers.map(({ moment, seat, choice, words, about, at, exercise: id, step: stepId }) => {
    const exercise = shelf.get(id);
    const step = exercise?.steps.find((one) => one.id === stepId);
    const label = step?.form === 'asked' ? step.choices.find((one) => one.id === choice)?.label : undefined;
    return {
      moment,
      kind: step?.kind ?? '',
      seat,
      choice,
      label: exercise && label ? say(exercise, language, label) : choice,
      words,
      about,
      at,
    };
  });
}
