import { describe, expect, it } from 'vitest';
import type { Fact } from '../../session/events/index.ts';
import { begun, ID, lobby, opened, type Table, withCounsellor } from '../../session/fixtures/table.ts';
import type { Entry, NewEntry } from '../entry.ts';
import type { LogFault } from '../faults.ts';
import { chained, createLog, sha256 } from '../fixtures/played-log.ts';
import { verify } from '../verify.ts';

/** What is found where this comes after what has been played, on a chain that was linked anew as a whole. */
function after(table: Table, ...facts: readonly Fact[]) {
  const played: readonly Entry[] = createLog(table).entries;
  const more = facts.map((fact): NewEntry => ({ kind: 'event', fact, command: null }));
  return found([
    ...played,
    ...more.map((entry, n) => ({ ...entry, seq: played.length + n + 1, at: table.at })),
  ]);
}

function found(entries: readonly Entry[]): { seq: number; code: LogFault } | null {
  const verdict = verify(ID, chained(entries), { sha256 });
  return verdict.ok ? null : verdict.error;
}

type SeatName = 'partnerA' | 'partnerB' | 'counsellor';

const opening = (seat: SeatName, turn: string, moment: string | null = null): Fact => ({
  type: 'turn-opened',
  turn,
  seat,
  kind: 'free',
  moment,
});
const speaking = (turn: string): Fact => ({
  type: 'turn-opened',
  turn,
  seat: 'counsellor',
  kind: 'counsellor',
  moment: null,
  over: true,
});
const momentNow = (table: Table): string => table.view('partnerA').moment?.id ?? 'none';
const answer = (seat: SeatName, moment = 'opening-1'): Fact => ({
  type: 'answer-given',
  moment,
  seat,
  choice: 'yes',
  words: null,
});
const passed = (moment: string, outcome: string, shows: boolean): Fact => ({
  type: 'moment-passed',
  moment,
  outcome,
  shows,
  about: null,
});
const started = () => {
  const table = opened(withCounsellor);
  table.must('partnerA', 'exercise.start', { exercise: 'needs', first: 'partnerA' });
  return table;
};
const wanted = (table: Table, ...keeps: readonly (boolean | null)[]) => {
  for (const [n, keep] of keeps.entries()) {
    if (keep !== null) table.must(n === 0 ? 'partnerA' : 'partnerB', 'consent.save', { keep });
  }
  return table;
};
const sealed = (decideBy: number | null): Fact => ({ type: 'session-sealed', decideBy });
const erased = (table: Table, change: object = {}): Fact => ({
  type: 'session-erased',
  keys: { partnerA: 'key partnerA', partnerB: 'key partnerB' },
  seen: { ...table.session.seen },
  ...change,
});
const joined = (seat: SeatName): Fact => ({ type: 'seat-joined', seat, name: 'x', tokenHash: 'x' });
const closed = (turn: string): Fact => ({ type: 'turn-closed', turn });
const closing = (turn: string, what: 'skip' | 'close'): Fact => ({
  type: 'turn-closing',
  turn,
  after: { do: what },
});
const pen = (turn: string, seat: SeatName): Fact => ({ type: 'pen-moved', turn, seat, clientId: 5 });
const hand = (seat: 'partnerA' | 'partnerB', up: boolean): Fact => ({ type: 'hand-changed', seat, up });
const back = (seat: 'partnerA' | 'partnerB'): Fact => ({ type: 'return-declared', seat });
const wish = (keep: boolean): Fact => ({ type: 'saving-chosen', seat: 'partnerA', keep });
const run = (n: number): Fact => ({ type: 'exercise-started', run: n, exercise: 'needs', first: 'partnerA' });
const HOLD: Fact = { type: 'floor-held' };
const PAUSE: Fact = { type: 'pause-started', until: null };
const LINE: Fact = { type: 'line-offered', text: 'Slowly.' };
const BEHIND: Fact = { type: 'log-behind' };
const CREATED: Fact = {
  type: 'session-created',
  withCounsellor: false,
  invites: { partnerA: '', partnerB: '' },
  until: 0,
};

const three = () => opened(withCounsellor);
const heard = () => begun(withCounsellor);
const agreed = () => wanted(opened(), true, true);
const refused = () => wanted(opened(), false);
const spoken = momentNow(begun());
const [a1, b1] = [answer('partnerA'), answer('partnerB')];

/** What is found at the last of some facts, at what table, and the facts. */
const CASES: readonly (readonly [LogFault, string, () => Table, readonly Fact[]])[] = [
  ['two-turns', 'a turn while another is held', begun, [opening('partnerB', 't2')]],
  ['two-turns', 'a second speaking counsellor', heard, [speaking('t2'), speaking('t3')]],
  ['turn-number', 'a turn whose number is left out', opened, [opening('partnerA', 't2')]],
  ['turn-number', 'a turn whose number was given', heard, [speaking('t1')]],
  ['moment', 'a turn of a moment that asks', started, [opening('partnerA', 't1', 'opening-1')]],
  ['turn-not-open', 'the end of a turn that never was', begun, [closed('t7')]],
  ['turn-not-open', 'the end of a turn twice', begun, [closed('t1'), closed('t1')]],
  ['turn-not-open', 'the end of the turn that rests', heard, [speaking('t2'), closed('t1')]],
  ['turn-not-open', 'the coming end of another turn', heard, [closing('t2', 'close')]],
  ['no-change', 'the coming end once more', heard, [closing('t1', 'close'), closing('t1', 'skip')]],
  ['pen', 'a pen for another seat', begun, [pen('t1', 'partnerB')]],
  ['no-change', 'a pen where it is', begun, [pen('t1', 'partnerA'), pen('t1', 'partnerA')]],
  ['turn-not-open', 'a pen of no turn', opened, [pen('t1', 'partnerA')]],
  ['not-asked', 'an answer of one who is not asked', started, [answer('counsellor')]],
  ['not-asked', 'an answer twice', started, [a1, a1]],
  ['not-asked', 'an answer to what is not open', started, [answer('partnerA', 'need-9')]],
  ['not-asked', 'an answer in a hold', started, [HOLD, a1]],
  ['not-asked', 'an answer in a pause', started, [PAUSE, a1]],
  ['outcome', 'a moment passed with one answer', started, [a1, passed('opening-1', 'yes', false)]],
  ['outcome', 'an outcome that nobody chose', started, [a1, b1, passed('opening-1', 'not-now', false)]],
  ['outcome', 'answers shown that were passed over', started, [passed('opening-1', 'skipped', true)]],
  ['outcome', 'words where none were asked for', started, [passed('opening-1', 'written', false)]],
  ['moment', 'the end of another moment', started, [passed('opening-2', 'skipped', false)]],
  [
    'moment',
    'a moment over another',
    started,
    [{ type: 'moment-opened', moment: 'x-2', step: 'x', asks: [] }],
  ],
  ['run', 'an exercise in an exercise', started, [run(2)]],
  ['run', 'a run whose number is left out', opened, [run(2)]],
  [
    'run',
    'the end of an exercise in a moment',
    started,
    [{ type: 'exercise-ended', run: 1, how: 'finished' }],
  ],
  [
    'promise',
    'a promise of the other’s words',
    begun,
    [closed('t1'), passed(spoken, 'written', false), { type: 'promise-made', turn: 't1', seat: 'partnerB' }],
  ],
  ['two-turns', 'a hand of the one who writes', begun, [hand('partnerA', true)]],
  ['no-change', 'a hand that is down', begun, [hand('partnerB', false)]],
  ['pause', 'a pause in a pause', opened, [PAUSE, PAUSE]],
  [
    'pause',
    'the end of a pause that one is back from',
    opened,
    [PAUSE, back('partnerA'), { type: 'pause-ended' }],
  ],
  ['no-change', 'back twice', opened, [PAUSE, back('partnerA'), back('partnerA')]],
  ['pause', 'back from no pause', opened, [back('partnerA')]],
  ['empty-seat', 'a hold without a counsellor', opened, [HOLD]],
  ['hold', 'a hold in a hold', three, [HOLD, HOLD]],
  ['hold', 'the end of no hold', three, [{ type: 'floor-resumed' }]],
  ['pause', 'a hold in a pause', three, [PAUSE, HOLD]],
  ['empty-seat', 'a line of nobody', opened, [LINE]],
  ['not-ready', 'a beginning before both are ready', lobby, [{ type: 'session-opened' }]],
  ['phase', 'a turn in the lobby', lobby, [opening('partnerA', 't1')]],
  [
    'phase',
    'readiness after the lobby',
    opened,
    [{ type: 'readiness-changed', seat: 'partnerA', ready: false }],
  ],
  ['invitation', 'a seat taken twice', lobby, [joined('partnerA')]],
  ['invitation', 'a seat that is not there', lobby, [joined('counsellor')]],
  ['empty-seat', 'let in by nobody', lobby, [{ type: 'seat-admitted', seat: 'partnerA' }]],
  ['no-change', 'a wish said twice', three, [wish(true), wish(true)]],
  ['no-change', 'behind what was shown, said twice', begun, [BEHIND, BEHIND]],
  ['after-end', 'behind what was shown, after the seal', agreed, [sealed(null), BEHIND]],
  ['consent', 'kept though one has not said so', () => wanted(opened(), true, null), [sealed(null)]],
  ['consent', 'undecided though one has said no', () => wanted(opened(), true, false), [sealed(1)]],
  ['consent', 'undecided though both have said yes', agreed, [sealed(1)]],
  ['consent', 'erased though both want it kept', agreed, [erased(agreed())]],
  ['two-turns', 'sealed while somebody writes', () => wanted(begun(), true, true), [sealed(null)]],
  ['after-end', 'a line after the seal', agreed, [sealed(null), LINE]],
  ['after-end', 'a wish after it was decided', agreed, [sealed(null), wish(false)]],
  ['after-end', 'a seat after all was erased', refused, [erased(refused()), joined('counsellor')]],
  ['remains', 'keys that nobody had', refused, [erased(refused(), { keys: { partnerA: 'another' } })]],
  ['remains', 'views that were not shown', refused, [erased(opened())]],
  ['beginning', 'a second beginning', lobby, [CREATED]],
];

describe('facts that no decision has come to', () => {
  it.each(CASES)('L25 %s: %s', (code, _what, make, facts) => {
    expect(after(make(), ...facts.slice(0, -1))).toBeNull();
    const table = make();
    expect(after(table, ...facts)).toEqual({ seq: table.entries.length + facts.length, code });
  });

  it('L25 command: an id that has had its effect, but for a turn that was closing for it', () => {
    const table = opened();
    const at = table.at;
    const id = '3c0e8a5e-8d5b-4f0e-9a1c-000000000001';
    const on = (seq: number, fact: Fact): Entry => ({ kind: 'event', fact, command: id, seq, at });
    const played = createLog(table).entries;
    const one = on(played.length + 1, { type: 'pause-started', until: null });
    const two = on(played.length + 2, { type: 'return-declared', seat: 'partnerA' });
    expect(found([...played, one])).toBeNull();
    expect(found([...played, one, two])).toEqual({ seq: two.seq, code: 'command' });
  });

  it('L25 beginning: nothing comes before the creation', () => {
    const first: Entry = { kind: 'event', fact: joined('partnerA'), command: null, seq: 1, at: lobby().at };
    expect(found([first])).toEqual({ seq: 1, code: 'beginning' });
  });

  it('L25 unreadable: a kind that is not its own', () => {
    const table = wanted(opened(), false);
    const played = createLog(table).entries;
    const last: Entry = {
      kind: 'event',
      fact: erased(table),
      command: null,
      seq: played.length + 1,
      at: table.at,
    };
    const log = chained([...played, last]);
    const filed = log.map((entry) =>
      entry.kind === 'remains' ? { ...entry, kind: 'event' as const } : entry,
    );
    expect(verify(ID, log, { sha256 })).toMatchObject({ ok: true });
    expect(verify(ID, filed, { sha256 })).toMatchObject({ ok: false, error: { seq: last.seq } });
  });
});
