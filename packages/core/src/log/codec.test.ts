import { describe, expect, it } from 'vitest';
import { turnId } from '../ids.ts';
import type { Fact } from '../session/events/index.ts';
import { begun, START, withCounsellor } from '../session/fixtures/table.ts';
import { decodeEntry, encodeEntry, kindOf, UnreadableEntry } from './codec.ts';
import type { NewEntry } from './entry.ts';

const read = (entry: NewEntry, body = encodeEntry(entry)) => decodeEntry(kindOf(entry), 7, START, body);
const event = (fact: Fact, command: string | null = null): NewEntry => ({ kind: 'event', fact, command });
const update: NewEntry = {
  kind: 'update',
  seat: 'counsellor',
  turn: turnId('t12'),
  clientId: 2 ** 32 - 1,
  from: 128,
  to: 2 ** 31,
  bytes: Uint8Array.of(0, 255, 128),
};
const snapshot: NewEntry = {
  kind: 'snapshot',
  owners: [{ clientId: 9, seat: 'partnerB', clock: 300 }],
  pens: [{ turn: turnId('t3'), clientId: 2 ** 32 - 1 }],
  bytes: Uint8Array.of(1, 2),
};
const examples = [event({ type: 'line-offered', text: 'half \ud83d 👩‍👩‍👧' }, 'an id'), update, snapshot];

describe('the form of an entry', () => {
  it('S20 every entry is read as it was written', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    table.must('counsellor', 'moderate.speak');
    for (const entry of [...examples, ...table.entries]) {
      expect(read(entry)).toEqual({ ...entry, seq: 7, at: START });
    }
  });

  it('S20 what was erased is filed as what remains, and read as an event', () => {
    const entry = event({
      type: 'session-erased',
      keys: {},
      seen: { partnerA: 1, partnerB: 2, counsellor: 3 },
    });
    expect(kindOf(entry)).toBe('remains');
    expect(read(entry)).toMatchObject({ kind: 'event', fact: { type: 'session-erased' } });
    expect(kindOf(update)).toBe('update');
  });

  it('S20 bytes that were cut or go on are unreadable, also inside a larger buffer', () => {
    for (const entry of examples) {
      const body = encodeEntry(entry);
      const buffer = new Uint8Array(body.length + 20).fill(1);
      buffer.set(body, 5);
      expect(read(entry, buffer.subarray(5, 5 + body.length))).toEqual({ ...entry, seq: 7, at: START });
      for (let end = 0; end < body.length; end++) {
        expect(() => read(entry, buffer.subarray(5, 5 + end))).toThrow(UnreadableEntry);
      }
      expect(() => read(entry, buffer.subarray(5, 6 + body.length))).toThrow(UnreadableEntry);
    }
  });

  it('S20 a newer form, an unknown fact and an unknown seat are unreadable', () => {
    const newer = encodeEntry(update);
    newer[0] = 2;
    expect(() => read(update, newer)).toThrow(UnreadableEntry);
    const seatless = encodeEntry(update);
    seatless[1] = 3;
    expect(() => read(update, seatless)).toThrow(UnreadableEntry);
    const json = (text: string) =>
      Uint8Array.of(1, text.length, ...[...text].map((char) => char.charCodeAt(0)));
    const held = '{"fact":{"type":"floor-held"},"command":null}';
    expect(read(examples[0] ?? update, json(held))).toMatchObject({ fact: { type: 'floor-held' } });
    for (const text of [
      held.replace('floor-held', 'floor-hold'),
      held.replace('"floor-held"', '"floor-held","x":1'),
      held.replace('null', '7'),
      'null',
      '[]',
    ]) {
      expect(() => read(examples[0] ?? update, json(text))).toThrow(UnreadableEntry);
    }
  });

  it('S20 what could not be read again is not written', () => {
    expect(() => encodeEntry(event({ type: 'pause-started', until: 0.5 }))).toThrow();
  });
});
