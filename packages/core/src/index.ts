export { editBetween, type Edit, snapEdit } from './document/edits.ts';
export { GUARD_CODES, type CodeClass, type GuardCode } from './document/codes.ts';
export { decode, type WireUpdate } from './document/decode.ts';
export { boundaryAfter, boundaryBefore, isBoundary } from './document/graphemes.ts';
export { check, type GuardOptions, type GuardVerdict } from './document/guard.ts';
export { EDITOR_TURN_TEXT, LIMITS, type Limits } from './document/limits.ts';
export { ByteReader } from './document/varint.ts';
export { findForbidden, hasBidiMarks, lengthInGraphemes, stripForbidden } from './document/words.ts';
export { progressOf, stepById } from './exercise/course.ts';
export { defineExercise } from './exercise/define-exercise.ts';
export {
  type AskedStep,
  type Exercise,
  type Language,
  LANGUAGES,
  type Part,
  say,
  type Shelf,
  type Step,
  type WrittenStep,
} from './exercise/exercise.ts';
export { type HeardLoop, heardLoop } from './exercise/heard-loop.ts';
export {
  isPartner,
  type Millis,
  millis,
  type MomentId,
  otherPartner,
  type Partner,
  PARTNERS,
  rootOf,
  type Seat,
  SEATS,
  type SessionId,
  sessionId,
  type TurnId,
  turnId,
} from './ids.ts';
export { decodeEntry, encodeEntry, type EntryKind, kindOf, UnreadableEntry } from './log/codec.ts';
export type { Entry, EventEntry, NewEntry, SnapshotEntry, UpdateEntry } from './log/entry.ts';
export { err, ok, type Result } from './result.ts';
export type { Outcome, Situation } from './session/commands/command.ts';
export { type Command, type CommandType, commandTypes } from './session/commands/index.ts';
export { deadline, overdue } from './session/deadline.ts';
export { decide, doneBefore, mayNow, type ParsedCommand, parseCommand } from './session/decide.ts';
export type { Fact, FactType } from './session/events/index.ts';
export { evolve, replay } from './session/evolve.ts';
export { type Notice, type Signal, SIGNALS } from './session/notice.ts';
export { type Refusal, type RefusalCode, REFUSALS, refusal } from './session/refusal.ts';
export {
  emptySession,
  floorHolder,
  GRACE_MS,
  type OpenTurn,
  openTurns,
  QUIET_MS,
  type Session,
  writableTurn,
} from './session/state.ts';
export { type Transcript, type TranscriptTurn, transcriptOf } from './session/transcript.ts';
export {
  type AnswerView,
  type ChoiceView,
  type FloorView,
  type MomentView,
  type SeatView,
  type TurnView,
  type View,
  type ViewContext,
  viewOf,
} from './session/view.ts';
