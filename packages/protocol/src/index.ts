export { CLOSE, type CloseCode, closeReason } from './close-codes.ts';
export type {
  CommandAck,
  ControlClientEvents,
  ControlServerEvents,
  NoticeMessage,
  SavedMessage,
} from './control.ts';
export { AUTH_DENIED, MESSAGE, SYNC } from './frames.ts';
export { DOCUMENT_PATH, PROTOCOL_VERSION, seatCookie } from './handshake.ts';
export {
  type ExerciseSummary,
  type ExercisesAnswer,
  inviteCodeAnswer,
  inviteCodeRequest,
  joinAnswer,
  joinRequest,
  type Problem,
  problem,
  renewInviteRequest,
  sessionCreateAnswer,
  sessionCreateRequest,
} from './http.ts';
