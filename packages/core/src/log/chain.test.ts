import { describe, expect, it } from 'vitest';
import { millis } from '../ids.ts';
import { begun, ID, START } from '../session/fixtures/table.ts';
import { addLink, bridged, emptyChain, follow, linkAfter } from './chain.ts';
import { UnreadableEntry } from './codec.ts';
import { readEnvelope, readStored, type StoredEntry } from './envelope.ts';
import { chained, createLog, sha256, stored } from './fixtures/played-log.ts';

const salt = (n: number) => new Uint8Array(16).fill(n);
const entry = Uint8Array.of(1, 2, 3);
const first = { at: START, kind: 'event', entry } as const;

describe('the chain', () => {
  it('L21 the same entry under another salt, time, kind, session or place has another link', () => {
    const start = emptyChain(ID);
    const { chain } = addLink(start, first, salt(1), sha256);
    const links = [
      chain,
      addLink(start, first, salt(2), sha256).chain,
      addLink(start, { ...first, at: millis(START + 1) }, salt(1), sha256).chain,
      addLink(start, { ...first, at: START + 2 ** 32 }, salt(1), sha256).chain,
      addLink(start, { ...first, kind: 'update' }, salt(1), sha256).chain,
      addLink({ ...emptyChain(ID), domain: Uint8Array.of(1) }, first, salt(1), sha256).chain,
      addLink(chain, first, salt(1), sha256).chain,
    ].map(({ link }) => String(link));
    expect(new Set(links).size).toBe(links.length);
  });

  it('L21 the store gets nothing that words could be guessed by once they are gone', () => {
    const table = begun();
    table.write('partnerA');
    table.done('partnerA');
    const log = chained(createLog(table).entries);
    const gone = log.filter((one) => !stored(log).includes(one));
    expect(gone.map(({ kind }) => kind)).toEqual(['update']);
    const left = stored(log).map(({ body }) => latin(body));
    for (const { kind, body } of gone) {
      const { salt: used, committed } = readEnvelope(kind, body);
      for (const text of left) expect(text).not.toContain(latin(used));
      for (const text of left) expect(text).not.toContain(latin(sha256(committed)));
    }
  });

  it('L21 an entry is read as it was written, and other bytes are unreadable', () => {
    const table = begun();
    table.write('partnerA');
    table.done('partnerA');
    const { entries } = createLog(table);
    const log = chained(entries);
    expect(log.map(readStored)).toEqual(entries);
    const snapshot = log.find(({ kind }) => kind === 'snapshot');
    if (!snapshot) throw new Error('no snapshot');
    for (const one of [log[0], snapshot]) {
      if (!one) throw new Error('no entry');
      const newer = one.body.with(0, 2);
      expect(() => readStored({ ...one, body: newer })).toThrow(UnreadableEntry);
      for (let end = 0; end < Math.min(one.body.length, 120); end++) {
        expect(() => readStored({ ...one, body: one.body.subarray(0, end) })).toThrow(UnreadableEntry);
      }
    }
    const { link, bridges } = readEnvelope('snapshot', snapshot.body);
    const runs = [...bridges];
    expect(runs.map(({ from, to }) => to - from)).toEqual([0]);
    expect(follow(emptyChain(ID), snapshot).link).toEqual(link);
  });

  it('L22 an event in front of a hole is tied to what comes behind it', () => {
    let chain = emptyChain(ID);
    const log: StoredEntry[] = [];
    for (const kind of ['event', 'update', 'event'] as const) {
      const next = addLink(chain, { at: START, kind, entry }, salt(1), sha256);
      log.push({ seq: next.chain.head, at: START, kind, body: next.body });
      chain = next.chain;
    }
    const [one, hole, behind] = log;
    if (!one || !hole || !behind) throw new Error('no log');
    const envelope = readEnvelope('event', behind.body);
    const linkBehind = (event: StoredEntry) => {
      const removed = { from: 2, to: 2, link: readEnvelope('update', hole.body).link };
      const before = bridged(follow(emptyChain(ID), event), removed);
      return linkAfter(before, behind, envelope.salt, envelope.committed, sha256);
    };
    expect(linkBehind(one)).toEqual(envelope.link);
    const other = addLink(emptyChain(ID), { ...first, at: millis(START + 1) }, salt(1), sha256);
    expect(linkBehind({ ...one, at: START + 1, body: other.body })).not.toEqual(envelope.link);
  });
});

const latin = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
