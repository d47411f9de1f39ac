/**
 * Who may write where, told a second time: from the facts' names alone, without the core, and short enough to be seen
 * through at a glance. The simulation holds the server's every judgement to it.
 */

interface Turn {
  readonly turn: string;
  readonly seat: string;
}

export interface Floor {
  readonly held: Turn | null;
  readonly spoken: Turn | null;
  /** Since when what is held rests, closes, or is paused; null where it does not. */
  readonly rests: number | null;
  readonly closes: number | null;
  readonly paused: number | null;
  readonly pens: Readonly<Record<string, number>>;
}

export const emptyFloor: Floor = {
  held: null,
  spoken: null,
  rests: null,
  closes: null,
  paused: null,
  pens: {},
};

/** The fields that the model looks at, of whatever the log says. */
export interface Happening {
  readonly type: string;
  readonly turn?: string;
  readonly seat?: string;
  readonly over?: boolean | undefined;
  readonly clientId?: number;
}

const GRACE_MS = 2_000;

export function floorAfter(
  floor: Floor,
  { type, turn = '', seat = '', over, clientId }: Happening,
  at: number,
): Floor {
  if (type === 'turn-opened' && over) return { ...floor, spoken: { turn, seat }, rests: floor.rests ?? at };
  if (type === 'turn-opened') return { ...floor, held: { turn, seat } };
  if (type === 'turn-closing')
    return { ...floor, spoken: null, rests: null, paused: null, closes: floor.closes ?? at };
  if (type === 'turn-closed' && floor.spoken?.turn === turn) return { ...floor, spoken: null, rests: null };
  if (type === 'turn-closed') return { ...floor, held: null, closes: null };
  if (type === 'floor-held') return { ...floor, rests: at };
  if (type === 'floor-resumed') return { ...floor, spoken: null, rests: null };
  if (type === 'pause-started') return { ...floor, paused: at };
  if (type === 'pause-ended') return { ...floor, paused: null };
  if (type === 'session-sealed' || type === 'session-erased') return emptyFloor;
  if (type === 'pen-moved' && clientId !== undefined) return penTaken(floor, turn, clientId);
  return floor;
}

export const penTaken = (floor: Floor, turn: string, clientId: number): Floor => ({
  ...floor,
  pens: { ...floor.pens, [turn]: clientId },
});

/** The turn in which words of this seat's connection would be taken in now. */
export function writableIn(floor: Floor, seat: string, clientId: number, at: number): string | null {
  const goesOn = (since: number | null) => since === null || (at >= since && at - since <= GRACE_MS);
  const { held, spoken, rests, closes, paused, pens } = floor;
  if (!goesOn(paused)) return null;
  const own =
    spoken?.seat === seat ? spoken : held?.seat === seat && goesOn(rests) && goesOn(closes) ? held : null;
  return own && (pens[own.turn] ?? clientId) === clientId ? own.turn : null;
}
