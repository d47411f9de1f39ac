import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { rawUpdate } from './fixtures/raw-update.ts';
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
import { LIMITS } from './limits.ts';

const after = (content: string | number) => ({ origin: MY_LAST, content });

describe('author', () => {
  it('D6 accepts words of the connection’s own client and says what they change', () => {
    const doc = scene();
    const verdict = judge(doc, mine([after('!')]));
    expect(verdict).toMatchObject({ verdict: 'apply', added: 1, deleted: 0, from: 8, to: 9, flags: [] });
    expect(take(doc, mine([after('!')]))).toBe('apply');
    expect(textOf(doc)).toBe(`${MINE}!`);
  });

  it('D6 refuses words in another client’s name, even in the writable text', () => {
    const structs = [{ origin: MY_LAST, content: 'forged' }];
    const update = rawUpdate([{ client: OTHER, clock: THEIRS.length, structs }]);
    expect(outcome(judge(scene(), update))).toBe('foreign-client');
  });

  it('D6 refuses a repeated section, of which Yjs would take the last', () => {
    const section = { client: ME, clock: MINE.length, structs: [after('a')] };
    expect(outcome(judge(scene(), rawUpdate([section, section])))).toBe('foreign-client');
  });

  it('D6 accepts the whole document in a reply, though most of it is others’ words', () => {
    const doc = scene();
    const copy = copyOf(doc, ME);
    copy.getText(HELD).insert(0, 'and ');
    const all = Y.encodeStateAsUpdate(copy);
    const verdict = judge(doc, all);
    expect(verdict).toMatchObject({ verdict: 'apply', added: 4, from: 8, to: 12 });
    expect(verdict.ok && verdict.verdict === 'apply' && Y.decodeUpdate(verdict.apply).structs).toMatchObject([
      { id: { client: ME, clock: 8 }, length: 4 },
    ]);
    expect(take(doc, all)).toBe('apply');
    expect(take(doc, all)).toBe('noop');
    expect(take(doc, all, { clientId: 5, writable: null })).toBe('noop');
    expect(textOf(doc)).toBe(`and ${MINE}`);
  });

  it('D6 refuses others’ words that are not as known, or new beside those that are', () => {
    const doc = scene();
    const say = (content: string) =>
      rawUpdate([{ client: OTHER, clock: 0, structs: [{ parent: CLOSED, content }] }]);
    expect(outcome(judge(doc, say(THEIRS)))).toBe('noop');
    expect(outcome(judge(doc, say('closed sword')))).toBe('known-mismatch');
    expect(outcome(judge(doc, say(`${THEIRS}!`)))).toBe('foreign-client');
    expect(outcome(judge(doc, say(`${THEIRS}!`), { writable: CLOSED }))).toBe('foreign-client');
  });

  it('D7 asks again for what is missing in front and keeps the connection', () => {
    expect(judge(scene(), mine([after('!')], [], MINE.length + 1))).toMatchObject({
      ok: false,
      severity: 'resync',
      code: 'gap',
      detail: { accepted: MINE.length },
    });
  });
});

describe('structs', () => {
  it('D8 accepts words that were deleted before they were sent', () => {
    const doc = scene();
    const copy = copyOf(doc, ME);
    const text = copy.getText(HELD);
    const update = sends(copy, () => {
      text.insert(2, 'gone');
      text.delete(2, 4);
      text.insert(2, 'kept');
    });
    expect(judge(doc, update)).toMatchObject({ verdict: 'apply', added: 4, deleted: 0 });
    expect(take(doc, update)).toBe('apply');
    expect(textOf(doc)).toBe(text.toString());
  });

  it('D8 refuses formats, embeds, types and documents inside the text', () => {
    const doc = scene();
    const change = (act: (text: Y.Text) => void) => {
      const copy = copyOf(doc, ME);
      return outcome(
        judge(
          doc,
          sends(copy, () => act(copy.getText(HELD))),
        ),
      );
    };
    expect(change((text) => text.insert(0, 'plain'))).toBe('apply');
    expect(change((text) => text.insert(0, 'bold', { bold: true }))).toBe('content-kind');
    expect(change((text) => text.insertEmbed(0, { image: 'x' }))).toBe('content-kind');
    expect(change((text) => text.insertEmbed(0, new Y.Map()))).toBe('content-kind');
    expect(change((text) => text.setAttribute('a', 'b'))).toBe('content-kind');
  });

  it('D9 accepts the first words of a text under its name and refuses every other name', () => {
    const doc = scene();
    doc.getText('turn:new');
    const first = (parent: string) =>
      outcome(judge(doc, mine([{ parent, content: 'a' }]), { writable: 'turn:new' }));
    expect(first('turn:new')).toBe('apply');
    expect(first(CLOSED)).toBe('wrong-root');
    expect(first('evil-root')).toBe('wrong-root');
    expect(first('__proto__')).toBe('wrong-root');
    expect([...doc.share.keys()]).toEqual([HELD, CLOSED, 'turn:new']);
  });

  it('D9 refuses any new words where nothing is writable', () => {
    expect(outcome(judge(scene(), mine([after('!')])))).toBe('apply');
    expect(outcome(judge(scene(), mine([after('!')]), { writable: null }))).toBe('not-your-turn');
    expect(outcome(judge(scene(), mine([after('!')], [], 20), { writable: null }))).toBe('not-your-turn');
  });

  it('D10 refuses neighbours that do not exist', () => {
    const next = (origin: ReturnType<typeof at>) => outcome(judge(scene(), mine([{ origin, content: 'a' }])));
    expect(next(MY_LAST)).toBe('apply');
    expect(next(at(31_337, 0))).toBe('unknown-origin');
    expect(next(at(OTHER, THEIRS.length))).toBe('unknown-origin');
    expect(next(at(ME, MINE.length))).toBe('unknown-origin');
    expect(next(at(ME, MINE.length + 5))).toBe('unknown-origin');
    const right = [{ origin: MY_LAST, rightOrigin: at(9, 9), content: 'a' }];
    expect(outcome(judge(scene(), mine(right)))).toBe('unknown-origin');
  });

  it('D10 accepts neighbours from earlier in the same update', () => {
    const doc = scene();
    const chain = [
      after('one'),
      { origin: at(ME, 10), content: 'three' },
      { origin: at(ME, 10), rightOrigin: at(ME, 11), content: 'two' },
      { rightOrigin: at(ME, 0), content: 'zero' },
      { origin: at(ME, 22), rightOrigin: at(ME, 0), content: ' ' },
    ];
    expect(take(doc, mine(chain))).toBe('apply');
    expect(textOf(doc)).toBe(`zero ${MINE}onetwothree`);
  });

  it('D10 refuses neighbours that were garbage collected', () => {
    const doc = new Y.Doc();
    doc.getText(HELD);
    const map = doc.getMap('map');
    writeAs(doc, OTHER, () => map.set('a', new Y.Text('inner words')));
    writeAs(doc, OTHER, () => map.delete('a'));
    expect(outcome(judge(doc, mine([{ origin: at(OTHER, 3), content: 'a' }], [], 0)))).toBe('gc-origin');
  });

  it('D10 refuses a left neighbour in another text', () => {
    const update = mine([{ origin: at(OTHER, 3), rightOrigin: at(OTHER, 4), content: 'a' }]);
    expect(outcome(judge(scene(), update))).toBe('wrong-root');
    expect(outcome(judge(scene(), update, { writable: CLOSED }))).toBe('apply');
  });

  it('D10 refuses a right neighbour in another text, from which Yjs would copy the parent', () => {
    const update = mine([{ rightOrigin: at(OTHER, 0), content: 'smuggled' }]);
    expect(outcome(judge(scene(), update))).toBe('wrong-root');
    const mixed = mine([{ origin: MY_LAST, rightOrigin: at(OTHER, 0), content: 'smuggled' }]);
    expect(outcome(judge(scene(), mixed))).toBe('wrong-root');
    expect(outcome(judge(scene(), mine([{ rightOrigin: at(ME, 0), content: 'mine' }])))).toBe('apply');
  });

  it('D11 throws where the server says that something is writable which is not a text of its', () => {
    const doc = scene();
    doc.getMap('map');
    expect(() => judge(doc, mine([after('a')]), { writable: 'turn:none' })).toThrow('turn:none');
    expect(() => judge(doc, mine([after('a')]), { writable: 'map' })).toThrow('map');
    expect(doc.share.has('turn:none')).toBe(false);
  });

  it('D11 throws where the document waits for structs', () => {
    const doc = scene();
    Y.applyUpdate(doc, mine([after('a')], [], 20));
    expect(() => judge(doc, mine([after('a')]))).toThrow('waits');
  });

  it('D12 refuses a neighbour that is not adjacent', () => {
    const between = (origin: ReturnType<typeof at> | null, rightOrigin: ReturnType<typeof at> | null) =>
      outcome(judge(scene(), mine([{ origin, rightOrigin, parent: HELD, content: 'a' }])));
    expect(between(at(ME, 1), at(ME, 2))).toBe('apply');
    expect(between(at(ME, 1), at(ME, 3))).toBe('not-adjacent');
    expect(between(at(ME, 3), at(ME, 1))).toBe('not-adjacent');
    expect(between(at(ME, 1), at(ME, 1))).toBe('not-adjacent');
    expect(between(at(ME, 1), null)).toBe('not-adjacent');
    expect(between(null, at(ME, 1))).toBe('not-adjacent');
    expect(between(null, null)).toBe('not-adjacent');
  });

  it('D12 counts deleted characters, which stay between their neighbours', () => {
    const doc = scene();
    expect(take(doc, deleting(ME, [1, 3]))).toBe('apply');
    const update = (left: number, right: number) =>
      mine([{ origin: at(ME, left), rightOrigin: at(ME, right), content: 'a' }]);
    expect(outcome(judge(doc, update(0, 4)))).toBe('not-adjacent');
    expect(outcome(judge(doc, update(2, 3)))).toBe('apply');
    expect(take(doc, update(3, 4))).toBe('apply');
    expect(textOf(doc)).toBe('hao 😀');
  });

  it('D12 sees a place that an earlier run of the same update has taken', () => {
    const twice = [after('a'), after('b')];
    expect(outcome(judge(scene(), mine(twice)))).toBe('not-adjacent');
    const start = [
      { rightOrigin: at(ME, 0), content: 'a' },
      { rightOrigin: at(ME, 0), content: 'b' },
    ];
    expect(outcome(judge(scene(), mine(start)))).toBe('not-adjacent');
    const inTurn = [after('a'), { origin: MY_LAST, rightOrigin: at(ME, 8), content: 'b' }];
    expect(outcome(judge(scene(), mine(inTurn)))).toBe('apply');
  });
});

describe('limits', () => {
  it('D1 refuses an update that is longer than its limit', () => {
    const update = mine([after('a')]);
    const limits = { ...LIMITS, updateBytes: update.length };
    expect(outcome(judge(scene(), update, { limits }))).toBe('apply');
    expect(outcome(judge(scene(), mine([after('ab')]), { limits }))).toBe('too-large');
    expect(outcome(judge(scene(), new Uint8Array(512 * 1024 + 1)))).toBe('too-large');
  });

  it('D20 refuses more new clocks than one update may bring, however few bytes they take', () => {
    expect(outcome(judge(scene(), mine([after(300_000)])))).toBe('apply');
    expect(outcome(judge(scene(), mine([after(300_001)])))).toBe('too-many-clocks');
  });

  it('D20 refuses words beyond the limit of a turn and counts what is deleted in the same update', () => {
    const doc = scene();
    const room = 60_000 - MINE.length;
    expect(outcome(judge(doc, mine([after('x'.repeat(room))])))).toBe('apply');
    expect(outcome(judge(doc, mine([after('x'.repeat(room + 1))])))).toBe('text-too-long');
    const exchanged = mine([after('x'.repeat(room + 1))], [{ client: ME, ranges: [[0, 1]] }]);
    expect(outcome(judge(doc, exchanged))).toBe('apply');
    const withdrawn = mine([after('x'.repeat(room + 1))], [{ client: ME, ranges: [[8, 1]] }]);
    expect(judge(doc, withdrawn)).toMatchObject({ verdict: 'apply', added: room, deleted: 0 });
  });

  it('D20 lets a text that is too long already be shortened', () => {
    const limits = { ...LIMITS, turnText: 3 };
    expect(outcome(judge(scene(), deleting(ME, [0, 1]), { limits }))).toBe('apply');
    const exchanged = mine([after('ab')], [{ client: ME, ranges: [[0, 1]] }]);
    expect(outcome(judge(scene(), exchanged, { limits }))).toBe('text-too-long');
  });

  it('D20 refuses an update that makes it look at too many records', () => {
    const doc = scene();
    const fragments = 50;
    const text = doc.getText(HELD);
    for (let i = 0; i < fragments; i++) writeAs(doc, OTHER, () => text.insert(0, 'ab'));
    const all = deleting(OTHER, [THEIRS.length, 2 * fragments]);
    expect(outcome(judge(doc, all))).toBe('apply');
    expect(outcome(judge(doc, all, { limits: { ...LIMITS, visited: 10 } }))).toBe('too-many-visits');
    const own = mine([{ parent: HELD, content: MINE }], [], 0);
    expect(outcome(judge(doc, own, { limits: { ...LIMITS, visited: 0 } }))).toBe('too-many-visits');
  });
});

describe('words', () => {
  it('D21 accepts what people write and refuses control and non-characters', () => {
    const say = (content: string) => outcome(judge(scene(), mine([after(content)])));
    expect(say('a\tb\r\nc 😀 שלום \uFFFD \uFEFF')).toBe('apply');
    for (const bad of [
      '\u0000',
      '\u0008',
      '\u000B',
      '\u001B',
      '\u007F',
      '\u0085',
      '\uFFFE',
      '\u{1FFFF}',
      '\uFDD0',
    ]) {
      expect(say(`a${bad}`)).toBe('forbidden-char');
    }
  });

  it('D21 says in which run it refuses a character', () => {
    const runs = mine([after('ab'), { origin: at(ME, 9), content: 'c\u0000' }]);
    expect(judge(scene(), runs)).toMatchObject({ detail: { id: at(ME, 10) } });
  });

  it('D21 accepts bidi marks and flags them', () => {
    expect(judge(scene(), mine([after('\u200Fאב')]))).toMatchObject({ verdict: 'apply', flags: ['bidi'] });
    expect(judge(scene(), mine([after('אב')]))).toMatchObject({ verdict: 'apply', flags: [] });
  });
});
