import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { millis, rootOf, type TurnId, turnId } from '../ids.ts';
import { begun, CLIENT, ID, START, type Table } from '../session/fixtures/table.ts';
import type { Entry, EventEntry, SnapshotEntry, UpdateEntry } from './entry.ts';
import type { LogFault } from './faults.ts';
import { chained, createLog, sha256 } from './fixtures/played-log.ts';
import { verify } from './verify.ts';

/** partnerA has written two runs of words; the turn is still held. */
function played(): { table: Table; entries: readonly Entry[]; doc: Y.Doc } {
  const table = begun();
  table.write('partnerA', CLIENT.partnerA, 4);
  table.write('partnerA', CLIENT.partnerA, 4);
  const { entries } = createLog(table);
  const doc = new Y.Doc();
  for (const entry of entries) if (entry.kind === 'update') Y.applyUpdate(doc, entry.bytes);
  return { table, entries, doc };
}

function foundIn(entries: readonly Entry[]): LogFault | null {
  const verdict = verify(ID, chained(entries), { sha256 });
  if (verdict.ok) return null;
  expect(verdict.error.seq).toBe(entries.length);
  return verdict.error.code;
}

const T1 = turnId('t1');
/** What Yjs tells others of an edit by this client, made on everything up to now. */
function edit(doc: Y.Doc, clientId: number, change: (doc: Y.Doc) => void): Uint8Array {
  const writer = new Y.Doc();
  Y.applyUpdate(writer, Y.encodeStateAsUpdate(doc));
  writer.clientID = clientId;
  writer.transact(() => change(writer));
  return Y.encodeStateAsUpdate(writer, Y.encodeStateVector(doc));
}
const insert =
  (words: string, turn: TurnId = T1) =>
  (doc: Y.Doc): void =>
    doc.getText(rootOf(turn)).insert(0, words);

const words = (seq: number, bytes: Uint8Array, more: Partial<UpdateEntry> = {}): UpdateEntry => {
  const place = { kind: 'update', seq, at: START, seat: 'partnerA', turn: T1 } as const;
  return { ...place, clientId: CLIENT.partnerA, from: 8, to: 11, bytes, ...more };
};
const event = (seq: number, fact: EventEntry['fact'], at = START): EventEntry => ({
  kind: 'event',
  seq,
  at,
  fact,
  command: null,
});

describe('words that nobody could have written there', () => {
  const { entries, doc } = played();
  const next = entries.length + 1;
  const mine = edit(doc, CLIENT.partnerA, insert('abc'));
  const theirs = edit(doc, CLIENT.partnerB, insert('abc'));

  it('L26 the next words of the one who holds the pen are none of them', () => {
    expect(foundIn([...entries, words(next, mine)])).toBeNull();
  });

  it.each<[LogFault, string, UpdateEntry]>([
    [
      'outside-floor',
      'of the one who listens',
      words(next, theirs, { seat: 'partnerB', clientId: 22, from: 0, to: 3 }),
    ],
    ['outside-floor', 'in a turn that is not open', words(next, mine, { turn: turnId('t2') })],
    ['other-pen', 'of a second connection', words(next, theirs, { clientId: 22, from: 0, to: 3 })],
    ['clock-gap', 'that leave clocks out', words(next, mine, { from: 9 })],
    ['clock-gap', 'that say more clocks than they have', words(next, mine, { to: 12 })],
    ['clock-gap', 'that say clocks and have none', words(next, Uint8Array.of(0, 0))],
    ['other-writer', 'whose bytes are of another connection', words(next, theirs)],
    ['unreadable', 'whose bytes are none', words(next, Uint8Array.of(9, 9, 9))],
    ['outside-turn', 'in a text beside the turn', words(next, edit(doc, 11, insert('abc', turnId('t9'))))],
    ['pending', 'that delete what is not there', words(next, Uint8Array.of(0, 1, 77, 1, 0, 1), { to: 8 })],
  ])('L26 %s: words %s', (code, _what, entry) => {
    expect(foundIn([...entries, entry])).toBe(code);
  });

  it('L26 outside-floor: words in a pause, once the grace is over', () => {
    const pause = event(next, { type: 'pause-started', until: null });
    const late = (ms: number) => words(next + 1, mine, { at: millis(START + ms) });
    expect(foundIn([...entries, pause, late(2_000)])).toBeNull();
    expect(foundIn([...entries, pause, late(2_001)])).toBe('outside-floor');
  });

  it('L26 outside-turn, other-writer: words that reach back into a turn that is over, or take over its connection', () => {
    const table = begun();
    table.write('partnerA', CLIENT.partnerA, 6);
    table.done('partnerA');
    const log = createLog(table).entries;
    const seq = log.length + 1;
    const [turn] = table.session.turns.slice(1);
    const before = new Y.Doc();
    for (const entry of log) if (entry.kind === 'update') Y.applyUpdate(before, entry.bytes);
    if (turn?.seat !== 'partnerB') throw new Error('the other has no turn');
    const place = { seat: turn.seat, turn: turn.id, clientId: CLIENT.partnerB, from: 0 };
    const erase = edit(before, CLIENT.partnerB, (one) => one.getText(rootOf(T1)).delete(0, 1));
    const fine = edit(before, CLIENT.partnerB, insert('abc', turn.id));
    const stolen = edit(before, CLIENT.partnerA, insert('abc', turn.id));
    expect(foundIn([...log, words(seq, fine, { ...place, to: 3 })])).toBeNull();
    expect(foundIn([...log, words(seq, erase, { ...place, to: 0 })])).toBe('outside-turn');
    const taken = { ...place, clientId: CLIENT.partnerA, from: 6, to: 9 };
    expect(foundIn([...log, words(seq, stolen, taken)])).toBe('other-writer');
  });
});

describe('a snapshot that is not what it stands for', () => {
  const { entries, doc } = played();
  const snapshot: SnapshotEntry = {
    kind: 'snapshot',
    seq: entries.length + 1,
    at: START,
    owners: [{ clientId: CLIENT.partnerA, seat: 'partnerA', clock: 8 }],
    pens: [{ turn: T1, clientId: CLIENT.partnerA }],
    bytes: Y.encodeStateAsUpdate(doc),
  };
  const more = new Y.Doc();
  Y.applyUpdate(more, snapshot.bytes);
  more.clientID = CLIENT.partnerA;
  const text = more.getText(rootOf(T1));
  text.delete(0, 1);
  const erased = Y.encodeStateAsUpdate(more);
  text.insert(0, 'x');
  const added = Y.encodeStateAsUpdate(more);
  const owner = (seat: 'partnerA' | 'partnerB', clock: number) => [
    { clientId: CLIENT.partnerA, seat, clock },
  ];

  it('L26 one of the fold is, with the updates there and without them', () => {
    expect(foundIn([...entries, snapshot])).toBeNull();
  });

  it.each<[LogFault, string, Partial<SnapshotEntry>]>([
    ['snapshot', 'without a word that was there', { bytes: erased }],
    ['snapshot', 'with a word that was not', { bytes: added, owners: owner('partnerA', 9) }],
    ['snapshot', 'of another writer', { owners: owner('partnerB', 8) }],
    ['snapshot', 'with clocks that nobody owns', { owners: [] }],
    ['snapshot', 'that forgets the pen', { pens: [] }],
    ['snapshot', 'of nothing', { bytes: Uint8Array.of(0, 0), owners: [] }],
    ['unreadable', 'of no bytes', { bytes: Uint8Array.of(9, 9, 9) }],
  ])('L26 %s: a snapshot %s', (code, _what, change) => {
    expect(foundIn([...entries, { ...snapshot, ...change }])).toBe(code);
  });

  it('L26 snapshot-early: one that was taken while last words came', () => {
    const { seq } = snapshot;
    const closing = event(seq, { type: 'turn-closing', turn: T1, after: { do: 'close' } });
    const mine = edit(doc, CLIENT.partnerA, insert('abc'));
    const full = new Y.Doc();
    Y.applyUpdate(full, snapshot.bytes);
    Y.applyUpdate(full, mine);
    const late = words(seq + 1, mine, { at: millis(START + 1) });
    const early = {
      ...snapshot,
      seq: seq + 2,
      owners: owner('partnerA', 11),
      bytes: Y.encodeStateAsUpdate(full),
    };
    expect(foundIn([...entries, closing, { ...snapshot, seq: seq + 1 }])).toBeNull();
    expect(foundIn([...entries, closing, late, early])).toBe('snapshot-early');
  });
});
