/** At which appends the server's process ends, in the lives that are for that: at every boundary, in turn. */
export interface Crashes {
  /** Where among those that wait, the first of them being number `passed`, it ends; null where it does not. */
  next(passed: number, waiting: number): Boundary | null;
}

export interface Boundary {
  /** How many are written and answered before. */
  readonly before: number;
  /** How many of those that follow are written and not answered. */
  readonly written: number;
}

/** Just before an append is written; written and not answered; answered. */
const WHERE = [
  { before: 0, written: 0 },
  { before: 0, written: 1 },
  { before: 1, written: 0 },
] as const;

/** The first append is the arrival of the people, which no server writes here. */
const FIRST = 1;

/** Every fourth life: the first of them ends at its first append, the fourth at its second, and so on. */
export function crashesOf(seed: number): Crashes | null {
  if (seed % 4 !== 1) return null;
  const turn = Math.floor(seed / 4);
  const where = WHERE[turn % WHERE.length] ?? WHERE[0];
  const every = 40;
  let due = FIRST + (Math.floor(turn / WHERE.length) % every);
  return {
    next(passed, waiting) {
      if (due < passed) due += every * Math.ceil((passed - due) / every);
      if (due >= passed + waiting) return null;
      const before = due - passed + where.before;
      due += every;
      return { before, written: where.written };
    },
  };
}
