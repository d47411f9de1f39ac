import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
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

const whole = (content: string | number, parent = HELD) => mine([{ parent, content }], [], 0);

describe('words that are sent again', () => {
  it('D13 accepts them as they are known, whoever may write now', () => {
    const doc = scene();
    expect(outcome(judge(doc, whole(MINE)))).toBe('noop');
    expect(outcome(judge(doc, whole(MINE), { writable: null }))).toBe('noop');
    expect(outcome(judge(doc, whole(MINE), { writable: CLOSED }))).toBe('noop');
    expect(outcome(judge(doc, whole('hel')))).toBe('noop');
  });

  it('D13 refuses other words, neighbours or parents under known clocks', () => {
    const doc = scene();
    expect(outcome(judge(doc, whole('hullo 😀')))).toBe('known-mismatch');
    expect(outcome(judge(doc, whole(MINE, CLOSED)))).toBe('known-mismatch');
    expect(outcome(judge(doc, whole(MINE, '__proto__')))).toBe('known-mismatch');
    expect(outcome(judge(doc, mine([{ origin: at(OTHER, 1), content: 'hello' }], [], 0)))).toBe(
      'known-mismatch',
    );
    const right = mine([{ origin: at(ME, 1), rightOrigin: at(OTHER, 1), content: 'llo' }], [], 2);
    expect(outcome(judge(doc, right))).toBe('known-mismatch');
    expect(outcome(judge(doc, mine([{ origin: at(ME, 0), content: 'llo' }], [], 2)))).toBe('known-mismatch');
  });

  it('D13 finds two tabs that share a clientID', () => {
    const doc = scene();
    const one = copyOf(doc, ME);
    const two = copyOf(doc, ME);
    const first = sends(one, () => one.getText(HELD).insert(0, 'one'));
    const second = sends(two, () => two.getText(HELD).insert(0, 'two'));
    expect(take(doc, first)).toBe('apply');
    expect(take(doc, first)).toBe('noop');
    expect(take(doc, second)).toBe('known-mismatch');
  });

  it('D13 compares runs however both sides have cut and joined them', () => {
    const doc = scene();
    const copy = copyOf(doc, ME);
    const text = copy.getText(HELD);
    for (const letter of 'abc')
      expect(
        take(
          doc,
          sends(copy, () => text.insert(text.length, letter)),
        ),
      ).toBe('apply');
    expect(
      take(
        doc,
        sends(copy, () => text.insert(9, '|')),
      ),
    ).toBe('apply');
    const all = Y.encodeStateAsUpdate(copy, Y.encodeStateVector(new Map([[OTHER, THEIRS.length]])));
    expect(take(doc, all)).toBe('noop');
    expect(outcome(judge(doc, mine([{ origin: MY_LAST, content: 'abc' }])))).toBe('noop');
    expect(outcome(judge(doc, mine([{ origin: MY_LAST, content: 'abX' }])))).toBe('known-mismatch');
  });

  it('D13 does not compare deleted words, on whichever side they are', () => {
    const doc = scene();
    expect(outcome(judge(doc, whole(MINE.length)))).toBe('noop');
    expect(take(doc, deleting(ME, [0, 5]))).toBe('apply');
    expect(outcome(judge(doc, whole(MINE)))).toBe('noop');
    expect(outcome(judge(doc, whole('XXXXX 😀')))).toBe('noop');
    expect(outcome(judge(doc, whole('XXXXXX😀')))).toBe('known-mismatch');
  });

  it('D13 does not compare deleted words that a document keeps', () => {
    const doc = new Y.Doc({ gc: false });
    const text = doc.getText(HELD);
    writeAs(doc, ME, () => text.insert(0, MINE));
    writeAs(doc, ME, () => text.delete(0, 5));
    expect(outcome(judge(doc, whole('XXXXX 😀')))).toBe('noop');
    expect(outcome(judge(doc, whole('XXXXXX😀')))).toBe('known-mismatch');
  });

  it('D13 tolerates U+FFFD for half a pair and nothing else', () => {
    const doc = scene();
    expect(outcome(judge(doc, whole('hello \uFFFD\uFFFD')))).toBe('noop');
    expect(outcome(judge(doc, whole('hell\uFFFD 😀')))).toBe('known-mismatch');
    expect(take(doc, mine([{ origin: at(ME, 6), rightOrigin: MY_LAST, content: '|' }]))).toBe('apply');
    expect(textOf(doc)).toBe('hello \uFFFD|\uFFFD');
    expect(outcome(judge(doc, whole(MINE)))).toBe('noop');
    expect(outcome(judge(doc, whole('hello ab')))).toBe('known-mismatch');
  });

  it('D13 cannot compare with a record that was garbage collected', () => {
    const doc = new Y.Doc();
    doc.getText(HELD);
    writeAs(doc, ME, () => doc.getMap('map').set('a', new Y.Text('inner')));
    writeAs(doc, ME, () => doc.getMap('map').delete('a'));
    expect(outcome(judge(doc, mine([{ origin: at(ME, 0), content: 'inner' }], [], 1)))).toBe(
      'known-mismatch',
    );
  });

  it('D14 takes the tail of a run whose head is known', () => {
    const doc = scene();
    const verdict = judge(doc, whole(`${MINE} and more`));
    expect(verdict).toMatchObject({ verdict: 'apply', added: 9, from: 8, to: 17 });
    expect(take(doc, whole(`${MINE} and more`))).toBe('apply');
    expect(textOf(doc)).toBe(`${MINE} and more`);
  });

  it('D14 refuses a tail whose head is not as known', () => {
    expect(outcome(judge(scene(), whole('Hello 😀 and more')))).toBe('known-mismatch');
  });

  it('D14 refuses a tail that does not stand next to its own last character', () => {
    const doc = scene();
    const text = doc.getText(HELD);
    writeAs(doc, OTHER, () => text.insert(MINE.length, '!'));
    expect(outcome(judge(doc, whole(`${MINE}x`)))).toBe('not-adjacent');
    expect(outcome(judge(doc, whole(`${MINE}x`), { writable: CLOSED }))).toBe('wrong-root');
  });

  it('D14 refuses a tail where nothing is writable', () => {
    expect(outcome(judge(scene(), whole(`${MINE}x`), { writable: null }))).toBe('not-your-turn');
  });

  it('D15 does nothing for an update without news', () => {
    const doc = scene();
    expect(judge(doc, new Uint8Array([0, 0]))).toEqual({ ok: true, verdict: 'noop', apply: null });
    expect(take(doc, deleting(ME, [0, 2]))).toBe('apply');
    expect(judge(doc, deleting(ME, [0, 2]))).toEqual({ ok: true, verdict: 'noop', apply: null });
  });

  it('D15 is a noop for the whole delete set that every reader answers with', () => {
    const doc = scene();
    take(doc, deleting(ME, [0, 2], [4, 1]));
    const reader = copyOf(doc, 5);
    const reply = Y.encodeStateAsUpdate(reader, Y.encodeStateVector(doc));
    expect(reply.length).toBeGreaterThan(2);
    expect(outcome(judge(doc, reply, { clientId: 5, writable: null }))).toBe('noop');
  });

  it('D16 leaves out what is known, so that Yjs never splits at its neighbours', () => {
    const doc = scene();
    const both = mine(
      [
        { parent: HELD, content: MINE },
        { origin: MY_LAST, content: 'new' },
      ],
      [],
      0,
    );
    const verdict = judge(doc, both);
    expect(verdict.ok && verdict.verdict === 'apply' && Y.decodeUpdate(verdict.apply).structs).toMatchObject([
      { id: { client: ME, clock: 8 }, length: 3 },
    ]);
    expect(take(doc, both)).toBe('apply');
    expect(textOf(doc)).toBe(`${MINE}new`);
  });

  it('D16 keeps deletions that are new beside words that are known', () => {
    const doc = scene();
    const update = mine([{ parent: HELD, content: MINE }], [{ client: ME, ranges: [[0, 6]] }], 0);
    expect(judge(doc, update)).toMatchObject({ verdict: 'apply', added: 0, deleted: 6, from: 8, to: 8 });
    expect(take(doc, update)).toBe('apply');
    expect(textOf(doc)).toBe('😀');
  });

  it('D16 hands on the very bytes where nothing in front is known', () => {
    const update = mine([{ origin: MY_LAST, content: '!' }]);
    const verdict = judge(scene(), update);
    expect(verdict.ok && verdict.apply).toBe(update);
  });
});

describe('delete sets', () => {
  it('D18 accepts ranges up to the last known clock, this update’s words included', () => {
    const doc = scene();
    expect(outcome(judge(doc, deleting(ME, [0, 8])))).toBe('apply');
    const own = mine([{ origin: MY_LAST, content: 'abc' }], [{ client: ME, ranges: [[7, 4]] }]);
    expect(judge(doc, own)).toMatchObject({ verdict: 'apply', added: 0, deleted: 1, from: 8, to: 11 });
  });

  it('D18 asks again where the author’s own words are missing', () => {
    expect(judge(scene(), deleting(ME, [0, 9]))).toMatchObject({ severity: 'resync', code: 'ds-gap' });
    expect(judge(scene(), deleting(ME, [90, 1]))).toMatchObject({ severity: 'resync', code: 'ds-gap' });
  });

  it('D18 refuses ranges of others that the document does not know', () => {
    expect(outcome(judge(scene(), deleting(OTHER, [0, 13])))).toBe('ds-unknown');
    expect(outcome(judge(scene(), deleting(31_337, [0, 1])))).toBe('ds-unknown');
    expect(outcome(judge(scene(), deleting(31_337, [2 ** 52, 2 ** 52])))).toBe('ds-unknown');
  });

  it('D19 accepts deletions in the writable text, whoever wrote there', () => {
    const doc = scene();
    const text = doc.getText(HELD);
    writeAs(doc, OTHER, () => text.insert(0, 'other device '));
    expect(judge(doc, deleting(OTHER, [12, 13]))).toMatchObject({ verdict: 'apply', deleted: 13 });
    expect(take(doc, deleting(OTHER, [12, 13]))).toBe('apply');
    expect(textOf(doc)).toBe(MINE);
  });

  it('D19 refuses deletions in any other text, one’s own earlier words included', () => {
    const doc = scene();
    expect(outcome(judge(doc, deleting(OTHER, [0, 1])))).toBe('ds-outside');
    expect(outcome(judge(doc, deleting(ME, [0, 1]), { writable: CLOSED }))).toBe('ds-outside');
    expect(outcome(judge(doc, deleting(ME, [0, 1]), { writable: null }))).toBe('ds-outside');
  });

  it('D19 refuses a range that begins in the writable text and ends in another', () => {
    const doc = scene();
    const closed = doc.getText(CLOSED);
    writeAs(doc, ME, () => closed.insert(0, 'earlier'));
    expect(outcome(judge(doc, deleting(ME, [0, 8])))).toBe('apply');
    expect(outcome(judge(doc, deleting(ME, [0, 9])))).toBe('ds-outside');
  });

  it('D19 is free for what is deleted already', () => {
    const doc = scene();
    const closed = doc.getText(CLOSED);
    writeAs(doc, OTHER, () => closed.delete(0, 6));
    expect(outcome(judge(doc, deleting(OTHER, [0, 6])))).toBe('noop');
    expect(outcome(judge(doc, deleting(OTHER, [0, 7])))).toBe('ds-outside');
    const both = mine(
      [],
      [
        { client: OTHER, ranges: [[0, 6]] },
        { client: ME, ranges: [[0, 1]] },
      ],
    );
    expect(judge(doc, both)).toMatchObject({ verdict: 'apply', deleted: 1 });
  });

  it('D19 counts words that come and go in one update once, over runs and ranges that cross', () => {
    const runs = [
      { origin: MY_LAST, content: 'abcd' },
      { origin: at(ME, 11), content: 2 },
      { origin: at(ME, 13), content: 'efgh' },
    ];
    const ranges: [number, number][] = [
      [6, 3],
      [10, 1],
      [11, 5],
      [17, 1],
    ];
    const doc = scene();
    expect(judge(doc, mine(runs, [{ client: ME, ranges }]))).toMatchObject({
      added: 2,
      deleted: 2,
      from: 8,
      to: 18,
    });
    expect(take(doc, mine(runs, [{ client: ME, ranges }]))).toBe('apply');
    expect(textOf(doc)).toBe('hello bg');
  });
});
