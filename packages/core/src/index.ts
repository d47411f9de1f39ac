export { type CodeClass, GUARD_CODES, type GuardCode } from './document/codes.ts';
export { decode, type WireUpdate } from './document/decode.ts';
export { type Edit, editBetween, snapEdit } from './document/edits.ts';
export { boundaryAfter, boundaryBefore, isBoundary } from './document/graphemes.ts';
export { check, type GuardOptions, type GuardVerdict } from './document/guard.ts';
export { EDITOR_TURN_TEXT, LIMITS, type Limits } from './document/limits.ts';
export { type ApplyVerdict, beginRun, continueRun, type Run, type RunOn } from './document/running.ts';
export { ByteReader } from './document/varint.ts';
export { findForbidden, hasBidiMarks, lengthInGraphemes, stripForbidden } from './document/words.ts';
export { encoded } from './encoded.ts';
export { progressOf, stepById } from './exercise/course.ts';
export { defineExercise } from './exercise/define-exercise.ts';
export {
  type AskedStep,
  type Exercise,
  LANGUAGES,
  type Language,
  type Part,
  type Shelf,
  type Step,
  say,
  type WrittenStep,
} from './exercise/exercise.ts';
export { type HeardLoop, heardLoop } from './exercise/heard-loop.ts';
export {
  isPartner,
  type Millis,
  type MomentId,
  millis,
  otherPartner,
  PARTNERS,
  type Partner,
  rootOf,
  SEATS,
  type Seat,
  type SessionId,
  sessionId,
  type TurnId,
  turnId,
} from './ids.ts';
export { addLink, type Chain, emptyChain, follow, type Sha256, type Unlinked } from './log/chain.ts';
export { decodeEntry, type EntryKind, encodeEntry, kindOf, UnreadableEntry } from './log/codec.ts';
export type { Entry, EventEntry, NewEntry, SnapshotEntry, UpdateEntry } from './log/entry.ts';
export { type Bridge, readStored, type StoredEntry } from './log/envelope.ts';
export { LOG_FAULTS, type LogFault } from './log/faults.ts';
export { type BrokenEntry, type Known, type Proven, verify } from './log/verify.ts';
export { err, ok, type Result } from './result.ts';
export { room } from './room.ts';
export type { Outcome, Situation } from './session/commands/command.ts';
export { type Command, type CommandType, commandTypes } from './session/commands/index.ts';
export { deadline, overdue } from './session/deadline.ts';
export { decide, doneBefore, mayNow, type ParsedCommand, parseCommand } from './session/decide.ts';
export type { Fact, FactType } from './session/events/index.ts';
export { evolve, replay } from './session/evolve.ts';
export { foundBehind } from './session/found-behind.ts';
export { type Notice, SIGNALS, type Signal } from './session/notice.ts';
export { REFUSALS, type Refusal, type RefusalCode, refusal } from './session/refusal.ts';
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
