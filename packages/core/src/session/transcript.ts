import type { Millis, MomentId, Seat, SessionId, TurnId } from '../ids.ts';
import type { Session } from './state.ts';
import type { AnswerView, View } from './view.ts';

/** What was said, in order, as it is read later. */
export interface Transcript {
  readonly sessionId: SessionId;
  readonly phase: View['phase'];
  readonly sealedAt: Millis | null;
  readonly turns: readonly TranscriptTurn[];
  /** Answers that were shown to all, such as whether it landed, by the turn they are about. */
  readonly answers: readonly (AnswerView & { readonly name: string })[];
  readonly promises: readonly { readonly turn: TurnId; readonly seat: Seat; readonly name: string }[];
}

export interface TranscriptTurn {
  readonly id: TurnId;
  readonly seat: Seat;
  readonly name: string;
  readonly exercise: string | null;
  readonly moment: MomentId | null;
  readonly kind: string;
  readonly openedAt: Millis;
  readonly closedAt: Millis | null;
  readonly text: string;
}

/** Puts a seat's view and the document's words together. */
export function transcriptOf(session: Session, view: View, textOf: (turn: TurnId) => string): Transcript {
  const nameOf = (seat: Seat) => session.seats[seat]?.name ?? '';
  return {
    sessionId: session.id,
    phase: view.phase,
    sealedAt: view.sealedAt,
    turns: view.turns.map((turn) => ({ ...turn, name: nameOf(turn.seat), text: textOf(turn.id) })),
    answers: view.answers.map((answer) => ({ ...answer, name: nameOf(answer.seat) })),
    promises: view.promises.map((promise) => ({ ...promise, name: nameOf(promise.seat) })),
  };
}
