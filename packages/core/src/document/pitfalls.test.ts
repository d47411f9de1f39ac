/** What Yjs 13.6 does with bytes that the guard must not let through: each shown with plain Yjs, then refused. */

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bytes, rawUpdate } from './fixtures/raw-update.ts';
import { Refused, Room } from './fixtures/room.ts';
import {
  at,
  CLOSED,
  copyOf,
  deleting,
  HELD,
  judge,
  ME,
  MINE,
  MY_LAST,
  mine,
  OTHER,
  outcome,
  scene,
  sends,
  THEIRS,
  take,
  textOf,
  writeAs,
} from './fixtures/scene.ts';

describe('pitfalls of Yjs', () => {
  it('D13 D15 a re-sent struct that names half a pair splits an emoji, though its clock is known', () => {
    const split = mine([{ origin: at(ME, 6), content: 'ello' }], [], 1);
    const plain = scene();
    Y.applyUpdate(plain, split);
    expect(textOf(plain)).toBe('hello \uFFFD\uFFFD');
    const doc = scene();
    expect(take(doc, split)).toBe('known-mismatch');
    expect(textOf(doc)).toBe(MINE);
  });

  it('D13 a known clock with an unknown neighbour does not go pending', () => {
    const poison = mine([{ origin: at(31_337, 5), content: 'h' }], [], 0);
    const plain = scene();
    Y.applyUpdate(plain, poison);
    expect(plain.store.pendingStructs).not.toBeNull();
    expect(take(scene(), poison)).toBe('known-mismatch');
  });

  it('D9 a root’s name in a struct that is never integrated makes no root', () => {
    const evil = mine([{ parent: 'evil-root', content: 'x' }], [], 99);
    const plain = scene();
    Y.applyUpdate(plain, evil);
    expect(plain.share.has('evil-root')).toBe(true);
    const doc = scene();
    expect(take(doc, evil)).toBe('gap');
    expect(take(doc, mine([{ parent: 'evil-root', content: 'h' }], [], 0))).toBe('known-mismatch');
    expect([...doc.share.keys()]).toEqual([HELD, CLOSED]);
  });

  it('D8 a GC struct of length NaN destroys the client’s state in plain Yjs', () => {
    const nan = bytes(1, 1, ME, MINE.length, 0, ...new Array(160).fill(0x80), 1, 0);
    const plain = scene();
    Y.applyUpdate(plain, nan);
    expect(Y.getState(plain.store, ME)).toBeNaN();
    expect(take(scene(), nan)).toBe('struct-kind');
  });

  it('D2 a deleted run of length NaN is refused as well', () => {
    const nan = bytes(1, 1, ME, 8, 0x81, ME, 7, ...new Array(160).fill(0x80), 1, 0);
    expect(take(scene(), nan)).toBe('varint');
  });

  it('D4 version 2 bytes say nothing in plain Yjs and are refused here', () => {
    const copy = copyOf(scene(), ME);
    copy.getText(HELD).insert(0, 'lost');
    const update = Y.encodeStateAsUpdateV2(copy, Y.encodeStateVector(scene()));
    const plain = scene();
    Y.applyUpdate(plain, update);
    expect(textOf(plain)).toBe(MINE);
    expect(judge(scene(), update)).toMatchObject({ ok: false, severity: 'refuse' });
  });

  it('D6 two readers of Yjs see different words in a repeated section', () => {
    const section = (content: string) => ({ client: ME, clock: 8, structs: [{ origin: MY_LAST, content }] });
    const update = rawUpdate([section('seen'), section('used')]);
    expect(Y.decodeUpdate(update).structs).toHaveLength(2);
    const plain = scene();
    Y.applyUpdate(plain, update);
    expect(textOf(plain)).toBe(`${MINE}used`);
    expect(take(scene(), update)).toBe('foreign-client');
  });

  it('D10 the parent is copied from one neighbour only: a right one in a closed text leads there', () => {
    const update = mine([{ rightOrigin: at(OTHER, 0), content: 'smuggled ' }]);
    const plain = scene();
    Y.applyUpdate(plain, update);
    expect(textOf(plain, CLOSED)).toBe(`smuggled ${THEIRS}`);
    expect(take(scene(), update)).toBe('wrong-root');
  });

  it('D12 a kilobyte of runs that are not adjacent costs no walk over the text', () => {
    const doc = scene();
    const text = doc.getText(HELD);
    for (let i = 0; i < 20_000; i++) text.insert(i % 2, 'x');
    const runs = Array.from({ length: 100 }, () => ({ origin: MY_LAST, content: 'a' }));
    const started = performance.now();
    expect(take(doc, mine(runs))).toBe('not-adjacent');
    expect(performance.now() - started).toBeLessThan(250);
  });

  it('D17 a range that is repeated ten thousand times is not walked at all', () => {
    const ranges = Array.from({ length: 10_000 }, (): [number, number] => [0, 8]);
    expect(take(scene(), deleting(ME, ...ranges))).toBe('ds-form');
  });

  it('D7 a keystroke between `connected` and the first SyncStep1 is a gap that the reply heals', () => {
    const room = new Room([1, 2]);
    const { holder } = room;
    const text = holder.doc.getText(room.root);
    text.insert(0, 'online');
    room.settle(holder);
    holder.drop();
    text.insert(6, ' offline');
    room.connect(holder);
    text.insert(14, '!');
    room.settle(holder);
    expect(room.resyncs).toBe(1);
    expect(room.text.toString()).toBe('online offline!');
  });

  it('D6 a tab that passes on another tab’s words is refused', () => {
    const doc = scene();
    const one = copyOf(doc, ME);
    const two = copyOf(doc, 7);
    Y.applyUpdate(
      two,
      sends(one, () => one.getText(HELD).insert(0, 'x')),
    );
    const reply = Y.encodeStateAsUpdate(two, Y.encodeStateVector(doc));
    expect(take(doc, reply, { clientId: 7 })).toBe('foreign-client');
  });

  it('D6 a client that has others’ words pending puts them into its reply, and is not refused for it', () => {
    const room = new Room([1, 2]);
    const { holder } = room;
    const reader = room.clients[1] ?? holder;
    const text = holder.doc.getText(room.root);
    text.insert(0, 'before');
    room.settle(holder);
    room.connect(reader);
    text.insert(6, ' after');
    room.settle(holder);
    for (const message of reader.fromServer.splice(0)) reader.receive(message);
    expect(reader.doc.store.pendingStructs).not.toBeNull();
    const reply = Y.encodeStateAsUpdate(reader.doc, Y.encodeStateVector(reader.doc));
    expect(Y.decodeUpdate(reply).structs).toMatchObject([{ id: { client: 1, clock: 6 } }]);
    expect(outcome(room.judge(reader, reply))).toBe('noop');
  });

  it('D19 an undo that reaches into a closed turn is refused', () => {
    const room = new Room([1, 2]);
    const { holder } = room;
    const text = holder.doc.getText(room.root);
    const undo = new Y.UndoManager(text);
    text.insert(0, 'words');
    room.open(holder);
    undo.undo();
    expect(() => room.settle(holder)).toThrow(Refused);
    expect(() => room.settle(holder)).not.toThrow();
    expect(room.server.getText('turn:t0').toString()).toBe('words');
  });

  it('D9 a root called __proto__ reaches nothing', () => {
    const doc = scene();
    for (const clock of [0, MINE.length, 99]) {
      expect(judge(doc, mine([{ parent: '__proto__', content: 'x' }], [], clock)).ok).toBe(false);
    }
    expect(doc.share.has('__proto__')).toBe(false);
    expect(Object.getPrototypeOf(doc.toJSON())).toBe(Object.prototype);
  });

  it('D12 half a pair as a neighbour changes the held text alone, and every copy alike', () => {
    const doc = scene();
    const replica = copyOf(doc, 99);
    doc.on('update', (update: Uint8Array) => Y.applyUpdate(replica, update));
    expect(take(doc, mine([{ origin: at(ME, 6), rightOrigin: at(ME, 7), content: '|' }]))).toBe('apply');
    expect(textOf(doc)).toBe('hello \uFFFD|\uFFFD');
    expect(textOf(replica)).toBe(textOf(doc));
    expect(textOf(doc, CLOSED)).toBe(THEIRS);
  });

  it('D18 a delete set never goes pending', () => {
    const doc = scene();
    for (const update of [deleting(ME, [0, 99]), deleting(OTHER, [99, 1]), deleting(8, [0, 1])]) {
      expect(judge(doc, update).ok).toBe(false);
    }
    writeAs(doc, 8, () => doc.getText(HELD).insert(0, '?'));
    expect(outcome(judge(doc, deleting(8, [0, 1])))).toBe('apply');
  });
});
