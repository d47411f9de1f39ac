import { toBase64 } from 'lib0/buffer';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { missingWords, readStateVector } from './state-vector.ts';

const base64 = (...bytes: number[]) => toBase64(Uint8Array.from(bytes));

describe('state vectors', () => {
  it('T7 are read as Yjs writes them', () => {
    const doc = new Y.Doc();
    for (const client of [1, 300, 2 ** 32 - 1]) {
      doc.clientID = client;
      doc.getText('turn:t1').insert(0, 'words');
    }
    const vector = readStateVector(toBase64(Y.encodeStateVector(doc)));
    expect(vector).toEqual(
      new Map([
        [1, 5],
        [300, 5],
        [2 ** 32 - 1, 5],
      ]),
    );
    expect(readStateVector(base64(0))).toEqual(new Map());
    expect(readStateVector(base64(1, 5, 7).replace(/=+$/, ''))).toEqual(new Map([[5, 7]]));
  });

  it('D2 D3 have one spelling', () => {
    for (const bytes of [
      [],
      [1],
      [1, 5],
      [1, 5, 7, 0],
      [0x81, 0, 5, 7],
      [1, 0x85, 0, 7],
      [2, 5, 7, 5, 8],
      [0xff, 0xff, 0xff, 0x7f, 5, 7],
      [1, 5, ...Array.from({ length: 9 }, () => 0xff)],
    ]) {
      expect(readStateVector(base64(...bytes))).toBeNull();
    }
    for (const text of ['AA', 'AA==']) expect(readStateVector(text)).toEqual(new Map());
    for (const text of ['A', 'A===', 'AB==', 'AA=', 'AA===', 'A A=', 'AA==AA==', '_-==', 'ÄA==']) {
      expect(readStateVector(text)).toBeNull();
    }
  });

  it('D3 have a bound', () => {
    const of = (count: number) => {
      const pairs = Array.from({ length: count }, (_, i) => [
        0x80 | (i & 0x7f),
        0x80 | ((i >> 7) & 0x7f),
        1,
        1,
      ]);
      return base64(0x80 | (count & 0x7f), count >> 7, ...pairs.flat());
    };
    expect(readStateVector(of(4_096))?.size).toBe(4_096);
    expect(readStateVector(of(4_097))).toBeNull();
  });

  it('D26 miss words of the own seat and of clients that nobody knows', () => {
    const owners = new Map([
      [1, { seat: 'partnerA', clock: 5 } as const],
      [2, { seat: 'partnerB', clock: 5 } as const],
    ]);
    const missing = (client: number, clock: number) =>
      missingWords(owners, 'partnerA', new Map([[client, clock]]));
    expect(missing(1, 5)).toBe(false);
    expect(missing(1, 6)).toBe(true);
    expect(missing(2, 6)).toBe(false);
    expect(missing(3, 0)).toBe(false);
    expect(missing(3, 1)).toBe(true);
  });
});
