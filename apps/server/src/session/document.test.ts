import { emptySession, millis, sessionId, turnId } from '@mend/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createDocument } from './document.ts';
import { NO_WORDS } from './read-document.ts';

const TURN = turnId('t1');
const ROOT = 'turn:t1';
const WRITER = 7;
const session = emptySession(sessionId('a'.repeat(26)), millis(0));

const step = fc.record({
  act: fc.oneof(
    { arbitrary: fc.constant('type' as const), weight: 20 },
    { arbitrary: fc.constantFrom('erase' as const, 'jump' as const, 'again' as const), weight: 2 },
    { arbitrary: fc.constantFrom('text' as const, 'vector' as const, 'join' as const), weight: 1 },
  ),
  at: fc.nat(),
  word: fc.constantFrom('a', 'é', '😀', ' ', '\n'),
});

test('D27 gathered words are there for everybody who looks, and what goes out holds them all', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 200 }), (steps) => {
      const document = createDocument(NO_WORDS, session);
      document.open(TURN);
      const sent = new Y.Doc();
      const phone = new Y.Doc();
      phone.clientID = WRITER;
      const text = phone.getText(ROOT);
      const written: Uint8Array[] = [];
      phone.on('update', (update: Uint8Array) => written.push(update));
      let caret = 0;
      const take = (update: Uint8Array): void => {
        const verdict = document.judge(update, WRITER, TURN);
        if (!verdict.ok) throw new Error(verdict.code);
        if (verdict.verdict === 'noop') return;
        const news = document.apply(verdict.apply);
        if (news) Y.applyUpdate(sent, news);
      };
      for (const { act, at, word } of steps) {
        const before = written.length;
        const units = [...text.toString()];
        const place = units.slice(0, at % (units.length + 1)).join('').length;
        if (act === 'type') {
          text.insert(caret, word);
          caret += word.length;
        } else if (act === 'jump') caret = place;
        else if (act === 'erase' && units.length > 0) {
          text.delete(0, units[0]?.length ?? 0);
          caret = 0;
        } else if (act === 'text') expect(document.textOf(TURN)).toBe(text.toString());
        else if (act === 'vector') expect(document.vector()).toEqual(Y.encodeStateVector(phone));
        else if (act === 'join') {
          const joined = new Y.Doc();
          Y.applyUpdate(joined, document.since(Y.encodeStateVector(joined)));
          expect(joined.getText(ROOT).toString()).toBe(text.toString());
        } else if (act === 'again') {
          const update = written[at % Math.max(1, before)];
          if (update) take(update);
        }
        for (const update of written.slice(before)) take(update);
      }
      expect(sent.getText(ROOT).toString()).toBe(text.toString());
      expect(document.textOf(TURN)).toBe(text.toString());
      const kept = new Y.Doc();
      Y.applyUpdate(kept, document.snapshot());
      expect(kept.getText(ROOT).toString()).toBe(text.toString());
      expect(document.isBehind(Y.encodeStateVector(phone), 0)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('what somebody takes back is not in what the next one gets', () => {
  const document = createDocument(NO_WORDS, session);
  document.open(TURN);
  const phone = new Y.Doc();
  phone.clientID = WRITER;
  const updates: Uint8Array[] = [];
  phone.on('update', (update: Uint8Array) => updates.push(update));
  const text = phone.getText(ROOT);
  for (const letter of 'SECRET') text.insert(text.length, letter);
  const has = () => Buffer.from(document.since(Uint8Array.of(0))).includes('SECRET');
  const take = () => {
    for (const update of updates.splice(0)) {
      const verdict = document.judge(update, WRITER, TURN);
      if (verdict.ok && verdict.verdict === 'apply') document.apply(verdict.apply);
    }
  };
  take();
  expect(has()).toBe(true);
  text.delete(0, text.length);
  take();
  expect(has()).toBe(false);
});

test('a document that is read from one snapshot is the same before and after Yjs has read it', () => {
  const phone = new Y.Doc();
  phone.clientID = WRITER;
  phone.getText(ROOT).insert(0, 'what was written');
  phone.getText(ROOT).delete(0, 5);
  const snapshot = Y.encodeStateAsUpdate(phone);
  const clock = Y.getState(phone.store, WRITER);
  const owners = new Map([[WRITER, { seat: 'partnerA' as const, clock }]]);
  const turn = { id: TURN, seat: 'partnerA', exercise: 'take-turns', moment: 'm1', kind: 'turn' } as const;
  const later = turnId('t2');
  const document = createDocument(
    { snapshot, updates: [] },
    { ...session, owners, turns: [{ ...turn } as never] },
  );
  document.open(later);
  const unread = [document.vector(), document.since(Uint8Array.of(0)), document.snapshot()];
  expect(unread).toEqual([Y.encodeStateVector(phone), snapshot, snapshot]);
  expect(document.judge(Uint8Array.of(0, 0), 99, null)).toMatchObject({ verdict: 'noop' });
  expect(document.textOf(TURN)).toBe('was written');
  expect(document.vector()).toEqual(unread[0]);
  phone.getText('turn:t2').insert(0, 'on');
  const update = Y.encodeStateAsUpdate(phone, unread[0]);
  const verdict = document.judge(update, WRITER, later);
  expect(verdict).toMatchObject({ ok: true, verdict: 'apply' });
  if (verdict.ok && verdict.verdict === 'apply') document.apply(verdict.apply);
  expect(document.textOf(later)).toBe('on');
});

test('a log with a hole is not served', () => {
  const phone = new Y.Doc();
  phone.clientID = WRITER;
  const updates: Uint8Array[] = [];
  phone.on('update', (update: Uint8Array) => updates.push(update));
  for (const letter of 'abc') phone.getText(ROOT).insert(phone.getText(ROOT).length, letter);
  const [first = new Uint8Array(), , third = new Uint8Array()] = updates;
  for (const holed of [[third], [first, third]]) {
    expect(() => createDocument({ snapshot: null, updates: holed }, session)).toThrow('hole');
  }
});
