import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTNERS, SEATS } from '../ids.ts';
import { decodeEntry, encodeEntry, kindOf } from '../log/codec.ts';
import { replay } from './evolve.ts';
import { FloorWatch } from './fixtures/floor-watch.ts';
import { acts, goOn, perform, roomOf, rooms } from './fixtures/random-play.ts';
import { ID, START, type Table } from './fixtures/table.ts';
import { floorHolder, openTurns, writableTurn } from './state.ts';

const RUNS = { numRuns: 400 };
const TIMEOUT = 60_000;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** The state and the law told twice agree on who may write; one alone, but for a grace. */
function sameWriters(table: Table, watch: FloorWatch): void {
  const byState = SEATS.flatMap((seat) => {
    const turn = writableTurn(table.session, seat, table.at);
    return turn ? [`${seat} ${turn.id}`] : [];
  });
  const open = watch.writers(table.at);
  // A counsellor to whom the floor was given and who speaks has two turns open, and writes in the upper one.
  const byLaw = open.filter((one, i) => open.findIndex(({ seat }) => seat === one.seat) === i);
  must(
    byState.sort().join() ===
      byLaw
        .map(({ seat, id }) => `${seat} ${id}`)
        .sort()
        .join(),
    `${byState} may write`,
  );
  if (byState.length < 2) return;
  const over = table.session.phase.is === 'live' ? table.session.phase.over : null;
  must(byState.length === 2 && over?.is === 'speaking', 'two may write');
  must(over !== null && table.at - over.since <= 2_000, 'two may write for longer than the grace');
}

/** No answer is opened before the one who spoke was heard, gave up for today, or was passed over by the counsellor. */
function heardFirst(table: Table): void {
  let step = '';
  let loop = '';
  const outcomes = new Map<string, string>();
  for (const fact of table.facts) {
    if (fact.type === 'exercise-started') {
      outcomes.clear();
      loop = fact.exercise === 'needs' ? 'need' : 'all';
    }
    if (fact.type === 'moment-opened') step = fact.step;
    if (fact.type === 'moment-passed') outcomes.set(step, fact.outcome);
    if (fact.type !== 'moment-opened' || fact.step !== 'respond') continue;
    const check = outcomes.get(`${loop}-check`) ?? 'nothing';
    const stuck = outcomes.get(`${loop}-stuck`) ?? 'nothing';
    const heard = ['yes', 'mostly', 'skipped'].includes(check) || ['come-back', 'skipped'].includes(stuck);
    must(heard, `an answer after ${check} and ${stuck}`);
  }
}

const isRunning = ({ session: { phase } }: Table): boolean => phase.is === 'live' && phase.run !== null;

describe('anybody does anything at any time', () => {
  it(
    'T1 T2 T5 at every place in the log one seat may write, but for the grace, and all words have their holder',
    () => {
      const property = fc.property(rooms, acts(120), (room, steps) => {
        const table = roomOf(room);
        const watch = new FloorWatch();
        for (const entry of table.entries) watch.see(entry);
        table.watch = (entry) => {
          watch.see(entry);
          sameWriters(table, watch);
        };
        for (const step of steps) {
          perform(table, step);
          sameWriters(table, watch);
          const holder = floorHolder(table.session);
          must(
            !holder || writableTurn(table.session, holder.seat, table.at)?.id === holder.id,
            'a holder who may not write',
          );
        }
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );

  it(
    'T11 no answer opens before the one who spoke was heard',
    () => {
      const property = fc.property(rooms, acts(120), (room, steps) => {
        const table = roomOf({ ...room, live: true });
        for (const step of steps) perform(table, step);
        heardFirst(table);
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );

  it(
    'S19 S20 the log, written and read, is replayed to the state it made',
    () => {
      const property = fc.property(rooms, acts(100), (room, steps) => {
        const table = roomOf(room);
        for (const step of steps) perform(table, step);
        const read = table.entries.map((entry) =>
          decodeEntry(kindOf(entry), entry.seq, entry.at, encodeEntry(entry)),
        );
        expect(read).toEqual(table.entries);
        expect(replay(ID, START, read)).toEqual(table.session);
        const erased = table.entries.findIndex((entry) => kindOf(entry) === 'remains');
        if (erased >= 0) expect(replay(ID, START, read.slice(erased))).toEqual(table.session);
      });
      fc.assert(property, { numRuns: 150 });
    },
    TIMEOUT,
  );

  it(
    'S19 a snapshot stands for the words before it',
    () => {
      const property = fc.property(rooms, acts(60), acts(30), (room, before, after) => {
        const table = roomOf({ ...room, live: true });
        for (const step of before) perform(table, step);
        const { phase, owners } = table.session;
        if (phase.is === 'live' && phase.floor.is === 'closing') return;
        const seq = table.session.head + 1;
        table.append({
          kind: 'snapshot',
          owners: [...owners].map(([clientId, owner]) => ({ clientId, ...owner })),
          pens: openTurns(table.session).flatMap(({ id, pen }) =>
            pen === null ? [] : [{ turn: id, clientId: pen }],
          ),
          bytes: new Uint8Array(),
        });
        for (const step of after) perform(table, step);
        const kept = table.entries.filter((entry) => entry.kind !== 'update' || entry.seq > seq);
        expect(replay(ID, START, kept)).toEqual(table.session);
      });
      fc.assert(property, { numRuns: 150 });
    },
    TIMEOUT,
  );

  it(
    'S1 S18 phases go forward, and somebody may always close',
    () => {
      const order = ['lobby', 'live', 'sealed', 'erased'];
      const property = fc.property(rooms, acts(120), (room, steps) => {
        const table = roomOf(room);
        for (const step of steps) {
          const before = order.indexOf(table.session.phase.is);
          perform(table, step);
          const { phase } = table.session;
          must(order.indexOf(phase.is) >= before, `from ${before} to ${phase.is}`);
          if (phase.is !== 'lobby' && phase.is !== 'live') continue;
          const isClosing =
            phase.is === 'live' && phase.floor.is === 'closing' && phase.floor.after.do === 'close';
          must(
            isClosing || PARTNERS.every((seat) => table.may(seat).includes('session.close')),
            'nobody may close',
          );
        }
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );

  it(
    'T20 whatever has happened, going on ends the exercise',
    () => {
      const property = fc.property(rooms, acts(80), (room, steps) => {
        const table = roomOf({ ...room, live: true });
        for (const step of steps) perform(table, step);
        for (let i = 0; i < 60 && isRunning(table); i++) goOn(table);
        must(!isRunning(table), 'the exercise does not end');
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );
});
