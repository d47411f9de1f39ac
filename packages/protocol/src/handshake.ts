/** One number for everything that crosses the wire; raised when an older client could no longer be understood. */
export const PROTOCOL_VERSION = 1;

/** The document's socket is at this path and the session's id. */
export const DOCUMENT_PATH = '/sync/';

/** The cookie in which a browser keeps a seat of one session. */
export const seatCookie = (sessionId: string): string => `mend-seat-${sessionId}`;
