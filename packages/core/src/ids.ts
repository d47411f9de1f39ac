/** Branded ids and times. A brand costs nothing at run time and keeps a turn's id out of a session's place. */

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** `[a-z0-9]`, 26 characters, minted by the server. */
export type SessionId = Brand<string, 'SessionId'>;
/** `[a-z0-9-]`, unique in its session; the turn's words are the root Y.Text `turn:<id>`. */
export type TurnId = Brand<string, 'TurnId'>;
/** One occurrence of a step: a step that is repeated gets a new moment id. */
export type MomentId = Brand<string, 'MomentId'>;
/** Milliseconds since the Unix epoch, by the server's clock. Order is by seq, never by time. */
export type Millis = Brand<number, 'Millis'>;

export const sessionId = (raw: string): SessionId => raw as SessionId;
export const turnId = (raw: string): TurnId => raw as TurnId;
export const momentId = (raw: string): MomentId => raw as MomentId;
export const millis = (raw: number): Millis => raw as Millis;

export const SEATS = ['partnerA', 'partnerB', 'counsellor'] as const;
export type Seat = (typeof SEATS)[number];
export const PARTNERS = ['partnerA', 'partnerB'] as const;
export type Partner = (typeof PARTNERS)[number];

export const isPartner = (seat: Seat): seat is Partner => seat !== 'counsellor';
export const otherPartner = (seat: Partner): Partner => (seat === 'partnerA' ? 'partnerB' : 'partnerA');

/** The name of the root Y.Text that holds a turn's words. */
export const rootOf = (turn: TurnId): string => `turn:${turn}`;
