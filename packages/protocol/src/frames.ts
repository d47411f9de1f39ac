/** The first number of a y-websocket frame. */
export const MESSAGE = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3 } as const;
/** The second number of a sync frame. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;
/** The second number of an auth frame: permission denied, with a reason that starts with a stable code. */
export const AUTH_DENIED = 0;
