import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decode } from './decode.ts';
import { bytes, rawUpdate } from './fixtures/raw-update.ts';
import { deleting, HELD, judge, ME, MINE, MY_LAST, mine, outcome, scene } from './fixtures/scene.ts';
import { LIMITS } from './limits.ts';

const read = (update: Uint8Array): string => {
  const decoded = decode(update, LIMITS);
  return decoded.ok ? 'ok' : decoded.error.code;
};

/** One run of ME's after another, with a place for any integer as its clock. */
const withClock = (clock: readonly number[]): Uint8Array =>
  bytes(1, 1, ME, ...clock, 0b0100_0100, ME, 0, 1, 0x61, 0);

describe('reading an update', () => {
  it('D2 accepts integers of one and of eight bytes in their shortest form', () => {
    expect(read(withClock([0]))).toBe('ok');
    expect(read(deleting(Number.MAX_SAFE_INTEGER, [0, 1]))).toBe('ok');
  });

  it('D2 refuses an integer that is longer than it needs to be', () => {
    expect(read(withClock([0x80, 0]))).toBe('varint');
    expect(read(withClock([0x81, 0x80, 0]))).toBe('varint');
    expect(read(bytes(0x80, 0, 0))).toBe('varint');
  });

  it('D2 refuses an integer beyond 2^53 - 1', () => {
    expect(read(withClock([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]))).toBe('varint');
    expect(read(withClock([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]))).toBe('varint');
  });

  it('D2 refuses 150 bytes of 0x80, of which lib0 makes NaN', () => {
    expect(read(withClock([...new Array(150).fill(0x80), 1]))).toBe('varint');
    expect(read(bytes(1, 1, ME, 0, 0, ...new Array(150).fill(0x80), 1, 0))).not.toBe('ok');
  });

  it('D3 refuses every proper beginning of an update', () => {
    const whole = mine([{ origin: MY_LAST, content: 'words' }], [{ client: ME, ranges: [[0, 2]] }]);
    expect(read(whole)).toBe('ok');
    for (let length = 0; length < whole.length; length++) {
      expect(read(whole.slice(0, length))).toBe('truncated');
    }
  });

  it('D3 refuses seven bytes that announce 2^25 structs, without making room for them', () => {
    const update = bytes(1, 0x80, 0x80, 0x80, 0x10, 1, 0);
    expect(update.length).toBe(7);
    expect(read(update)).toBe('truncated');
  });

  it('D3 refuses counts of sections, clients, ranges and string bytes that cannot be there', () => {
    const many = [0xff, 0xff, 0xff, 0xff, 0x0f];
    expect(read(bytes(...many, 0))).toBe('truncated');
    expect(read(bytes(0, ...many, 1, 1))).toBe('truncated');
    expect(read(bytes(0, 1, ME, ...many, 0, 1))).toBe('truncated');
    expect(read(bytes(1, 1, ME, 0, 0b0100_0100, ME, 0, ...many, 0x61, 0))).toBe('truncated');
  });

  it('D4 accepts the empty update and refuses anything after a delete set', () => {
    expect(read(bytes(0, 0))).toBe('ok');
    expect(read(bytes(0, 0, 0))).toBe('trailing-bytes');
    expect(read(bytes(mine([{ origin: MY_LAST, content: 'a' }]), 1))).toBe('trailing-bytes');
  });

  it('D4 refuses version 2 updates, which Yjs would read as nothing at all', () => {
    const doc = new Y.Doc();
    doc.clientID = ME;
    expect(read(Y.encodeStateAsUpdateV2(doc))).not.toBe('ok');
    doc.getText(HELD).insert(0, 'words');
    doc.getText(HELD).delete(1, 2);
    expect(read(Y.encodeStateAsUpdateV2(doc))).not.toBe('ok');
    expect(read(Y.encodeStateAsUpdate(doc))).toBe('ok');
  });

  it('D5 accepts words of every length of UTF-8, a byte order mark in front included', () => {
    const content = '\uFEFFaé€😀\uFFFD';
    const decoded = decode(mine([{ origin: MY_LAST, content }]), LIMITS);
    expect(decoded.ok && decoded.value.sections[0]?.structs[0]?.words).toBe(content);
  });

  it('D5 refuses words that are not UTF-8', () => {
    const words = (...utf8: number[]) => bytes(1, 1, ME, 0, 0b0100_0100, ME, 0, utf8.length, ...utf8, 0);
    expect(read(words(0x61, 0x62))).toBe('ok');
    expect(read(words(0xc0, 0x80))).toBe('utf8');
    expect(read(words(0xed, 0xa0, 0x80))).toBe('utf8');
    expect(read(words(0xf4, 0x90, 0x80, 0x80))).toBe('utf8');
    expect(read(words(0xe2, 0x82))).toBe('utf8');
    expect(read(words(0xff))).toBe('utf8');
  });

  it('D5 refuses a root whose name is not UTF-8', () => {
    expect(read(bytes(1, 1, ME, 0, 4, 1, 1, 0x80, 1, 0x61, 0))).toBe('utf8');
  });

  it('D6 accepts a section for each of several clients, and refuses an empty and a repeated one', () => {
    const structs = [{ origin: MY_LAST, content: 'a' }];
    const own = { client: ME, clock: 0, structs };
    expect(read(rawUpdate([own]))).toBe('ok');
    expect(read(rawUpdate([own, { ...own, client: 9 }]))).toBe('ok');
    expect(read(rawUpdate([{ ...own, structs: [] }]))).toBe('empty-section');
    expect(read(rawUpdate([own, own]))).toBe('foreign-client');
    expect(read(rawUpdate([own, { ...own, client: 9 }, own]))).toBe('foreign-client');
  });

  it('D7 refuses clocks beyond 2^31 and structs without length', () => {
    const origin = MY_LAST;
    expect(read(mine([{ origin, content: 'a' }], [], 2 ** 31 - 1))).toBe('ok');
    expect(read(mine([{ origin, content: 'ab' }], [], 2 ** 31 - 1))).toBe('clock-range');
    expect(read(mine([{ origin, content: 2 ** 52 }]))).toBe('clock-range');
    expect(read(mine([{ origin, content: 0 }]))).toBe('empty-struct');
    expect(read(mine([{ origin, content: '' }]))).toBe('empty-struct');
  });

  it('D8 accepts string and deleted content, and refuses every other', () => {
    const kind = (info: number) => read(mine([{ origin: MY_LAST, content: 1, info: 0x80 | info }]));
    expect(kind(1)).toBe('ok');
    expect(read(mine([{ origin: MY_LAST, content: 'a' }]))).toBe('ok');
    expect(kind(0)).toBe('struct-kind');
    expect(kind(10)).toBe('struct-kind');
    for (const info of [2, 3, 5, 6, 7, 8, 9, 11, 31]) expect(kind(info)).toBe('content-kind');
  });

  it('D8 refuses both spellings of Skip, on which two readers of Yjs disagree', () => {
    expect(read(bytes(1, 1, ME, 0, 10, 3, 0))).toBe('struct-kind');
    expect(read(bytes(1, 1, ME, 0, 0b0100_0000 | 10, 3, 0))).toBe('struct-kind');
  });

  it('D9 accepts a root as parent and refuses a map key and a nested parent', () => {
    expect(read(mine([{ parent: HELD, content: 'a' }]))).toBe('ok');
    expect(read(mine([{ parent: HELD, parentSub: 'key', content: 'a' }]))).toBe('parent-sub');
    expect(read(mine([{ parent: { client: ME, clock: 0 }, content: 'a' }]))).toBe('nested-parent');
    expect(read(mine([{ origin: MY_LAST, content: 'a', info: 0x80 | 0x20 | 4 }]))).toBe('parent-sub');
  });

  it('D17 accepts ranges that touch, and refuses empty, repeated, crossed and descending ones', () => {
    expect(read(deleting(ME, [0, 1], [1, 2], [5, 1]))).toBe('ok');
    expect(read(deleting(ME))).toBe('ds-form');
    expect(read(deleting(ME, [0, 0]))).toBe('ds-form');
    expect(read(deleting(ME, [0, 2], [1, 2]))).toBe('ds-form');
    expect(read(deleting(ME, [0, 2], [0, 2]))).toBe('ds-form');
    expect(read(deleting(ME, [4, 1], [0, 1]))).toBe('ds-form');
  });

  it('D17 refuses a client that stands in the delete set twice', () => {
    const part = { client: ME, ranges: [[0, 1]] as const };
    const later = { client: ME, ranges: [[3, 1]] as const };
    expect(read(mine([], [part, { ...later, client: 9 }]))).toBe('ok');
    expect(read(mine([], [part, later]))).toBe('ds-form');
  });

  it('D20 refuses more structs and more ranges than one update may have', () => {
    const few = { ...LIMITS, structs: 2, ranges: 2 };
    const structs = (count: number) => mine(new Array(count).fill({ origin: MY_LAST, content: 'a' }));
    expect(decode(structs(2), few).ok).toBe(true);
    expect(decode(structs(3), few)).toMatchObject({ error: { code: 'too-many-structs' } });
    expect(decode(deleting(ME, [0, 1], [2, 1]), few).ok).toBe(true);
    expect(decode(deleting(ME, [0, 1], [2, 1], [4, 1]), few)).toMatchObject({
      error: { code: 'too-many-ranges' },
    });
  });

  it('D3 says at which byte it stopped and how far the document has this client', () => {
    const verdict = judge(scene(), bytes(0, 0, 7));
    expect(verdict).toMatchObject({
      severity: 'refuse',
      code: 'trailing-bytes',
      detail: { root: HELD, at: 2, accepted: MINE.length },
    });
    expect(outcome(verdict)).toBe('trailing-bytes');
  });
});
