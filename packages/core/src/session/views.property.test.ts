import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEATS, type Seat } from '../ids.ts';
import type { CommandType } from './commands/index.ts';
import type { Fact } from './events/index.ts';
import { evolve } from './evolve.ts';
import { type Act, acts, clientOf, fieldsFor, perform, roomOf, rooms } from './fixtures/random-play.ts';
import type { Table } from './fixtures/table.ts';
import { floorHolder } from './state.ts';
import type { View } from './view.ts';

const TIMEOUT = 60_000;
const NUM_RUNS = 300;

/** What only its own seat may see, and what tells all that both have done it. */
const HIDDEN = [
  'lobby.ready',
  'lobby.match',
  'consent.save',
  'moment.answer',
  'pause.end',
  'turn.here',
  'turn.ask',
] as const;
const TELLS = new Set<Fact['type']>([
  'session-opened',
  'moment-passed',
  'pause-ended',
  'session-sealed',
  'session-erased',
]);

interface Secret {
  /** Before which act it happens, and by which of the two others. */
  readonly before: number;
  readonly by: number;
  readonly type: (typeof HIDDEN)[number] | 'write';
  readonly n: number;
}

const secrets: fc.Arbitrary<Secret[]> = fc.array(
  fc.record({
    before: fc.nat({ max: 30 }),
    by: fc.nat({ max: 1 }),
    type: fc.constantFrom(...HIDDEN, 'write' as const),
    n: fc.nat(),
  }),
  { minLength: 5, maxLength: 30 },
);

/** Whether this seat may not see anything of what it comes to: tried on the state, not on the table. */
function wouldBeHidden(
  table: Table,
  by: Seat,
  type: Secret['type'],
  n: number,
  from: Seat,
): (() => void) | null {
  const { phase } = table.session;
  // Last words are no secret: everybody reads them, and the turn stays open for a while longer.
  if (type === 'write' && phase.is === 'live' && phase.floor.is === 'closing') return null;
  if (type === 'write') return () => table.write(by, clientOf(by, n % 2 === 0));
  const trial = roomOf({ withCounsellor: false, live: false });
  trial.session = table.session;
  trial.at = table.at;
  const fields = fieldsFor(table, type, by, n);
  trial.send(by, { type, ...fields });
  if (trial.session.seen[from] !== table.session.seen[from]) return null;
  return () => table.send(by, { type, ...fields });
}

/** Plays the same in two worlds, with secrets of others in the second alone; how often their views were compared. */
function twoWorlds(
  room: Parameters<typeof roomOf>[0],
  seat: Seat,
  steps: readonly Act[],
  kept: readonly Secret[],
): number {
  const worlds = [roomOf(room), roomOf(room)] as const;
  const others = SEATS.filter((one) => one !== seat);
  let secretsKept = 0;
  for (const [i, step] of steps.entries()) {
    for (const { before, by, type, n } of kept) {
      if (before !== i) continue;
      const act = wouldBeHidden(worlds[1], others[by] ?? 'partnerA', type, n, seat);
      const head = worlds[1].session.head;
      act?.();
      if (worlds[1].session.head > head) secretsKept += 1;
      expect(worlds[1].view(seat)).toEqual(worlds[0].view(seat));
    }
    const before = worlds.map((world) => world.facts.length);
    const heads = worlds.map((world) => world.session.head);
    const same = resolved(worlds[0], step);
    const answers = worlds.map((world) => perform(world, same));
    const news = worlds.map((world, w) => world.facts.slice(before[w]));
    // Here a secret may come out, or may have kept something from happening; or another seat is answered by what it
    // alone has done. From here on they are one world again.
    const isTold = news.some((facts) => facts.some((fact) => TELLS.has(fact.type)));
    // Which of two devices of one person could write is seen in the words themselves.
    const [grown, grownToo] = worlds.map((world, w) => world.session.head - (heads[w] ?? 0));
    const isRead = same.do === 'write' && grown !== grownToo;
    if (isTold || isRead || ('seat' in same && same.seat !== seat && differ(answers))) {
      worlds[1].session = worlds[0].session;
      continue;
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(worlds[1].view(seat)).toEqual(worlds[0].view(seat));
  }
  return secretsKept;
}

const differ = ([a, b]: readonly unknown[]): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** What is offered is looked up in the first world, so that both are sent the same. */
function resolved(table: Table, step: Act): Act {
  if (step.do === 'go-on') return goingOn(table, step.n);
  if (step.do !== 'offered') return step;
  const may = table.may(step.seat).filter((type) => type !== 'session.close');
  const type = may[step.n % may.length];
  return type ? { do: 'send', seat: step.seat, type, n: step.n, id: 99 } : { do: 'tick' };
}

/** One command of those that go on: what each world would choose by itself may depend on the secret. */
function goingOn(table: Table, n: number): Act {
  const send = (seat: Seat, type: CommandType): Act => ({ do: 'send', seat, type, n, id: 99 });
  const seat = SEATS.find((one) => table.may(one).includes('moment.answer'));
  if (seat) return send(seat, 'moment.answer');
  const holder = floorHolder(table.session)?.seat;
  if (holder) return send(holder, 'turn.done');
  return send(SEATS[n % SEATS.length] ?? 'partnerA', n % 2 === 0 ? 'exercise.start' : 'pause.end');
}

const withoutTime = ({ may: _may, floor, ...view }: View) => ({ ...view, floor: { ...floor, pen: null } });

describe('what a seat sees', () => {
  it('V1 S12 another seat’s command ids do not answer one’s own', () => {
    const table = roomOf({ withCounsellor: false, live: false });
    const id = '00000000-0000-4000-8000-000000000008';
    expect(table.send('partnerB', { type: 'consent.save', keep: true, id })).toMatchObject({ ok: true });
    expect(table.send('partnerA', { type: 'consent.save', keep: true, id })).toMatchObject({ ok: true });
    expect(table.session.seats.partnerA?.keep).toBe(true);
  });

  it(
    'V1 V2 is the same in two worlds that differ in what it may not see',
    () => {
      let secretsKept = 0;
      const property = fc.property(
        rooms,
        fc.constantFrom(...SEATS),
        acts(60),
        secrets,
        (room, seat, steps, kept) => {
          secretsKept += twoWorlds(room, seat, steps, kept);
        },
      );
      fc.assert(property, { numRuns: NUM_RUNS });
      expect(secretsKept, 'secrets there were').toBeGreaterThan(NUM_RUNS);
    },
    TIMEOUT,
  );

  it(
    'V2 V3 changes with v alone, which never falls, but for the pen and what may be done now',
    () => {
      const property = fc.property(rooms, acts(100), (room, steps) => {
        const table = roomOf(room);
        let views = SEATS.map((seat) => table.view(seat));
        const look = () => {
          const next = SEATS.map((seat) => table.view(seat));
          for (const [i, view] of next.entries()) {
            const before = views[i];
            if (!before || view.v < before.v) throw new Error('v fell');
            if (view.v === before.v) expect(withoutTime(view)).toEqual(withoutTime(before));
          }
          views = next;
        };
        table.watch = look;
        for (const step of steps) {
          perform(table, step);
          look();
        }
      });
      fc.assert(property, { numRuns: 150 });
    },
    TIMEOUT,
  );

  it(
    'V2 counts as many events as it may see, one by one',
    () => {
      const property = fc.property(rooms, acts(100), (room, steps) => {
        const table = roomOf(room);
        table.watch = (entry, before) => {
          const after = evolve(before, entry);
          for (const seat of SEATS) {
            const more = after.seen[seat] - before.seen[seat];
            if (more !== 0 && more !== 1) throw new Error(`${more} events in one entry`);
            if (entry.kind !== 'event' && more !== 0) throw new Error('words make a view');
          }
        };
        for (const step of steps) perform(table, step);
      });
      fc.assert(property, { numRuns: 100 });
    },
    TIMEOUT,
  );
});
