import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { piecesSince, wordsSince } from './own-words.ts';
import { createSavedMark } from './saved-mark.ts';

function pair() {
  const doc = new Y.Doc();
  const text = doc.getText('turn:t');
  const mark = createSavedMark(doc);
  const server = new Y.Doc();
  const send = (): void => Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
  /** The server's answer to the mark's question. */
  const answer = (): void => {
    const update = Y.encodeStateAsUpdate(server, mark.question());
    Y.applyUpdate(doc, update, 'wire');
    mark.learn(update);
  };
  return { doc, text, mark, server, send, answer };
}

const from = (doc: Y.Doc, clock: number) => new Map([[doc.clientID, clock]]);
const none = new Map<number, number>();

describe('the saved mark', () => {
  it('stands for words when the server names their clock', () => {
    const { doc, text, mark } = pair();
    expect(mark.isSaved()).toBe(true);
    text.insert(0, 'abc');
    expect(mark.isSaved()).toBe(false);
    mark.acknowledge(2);
    expect(mark.isSaved()).toBe(false);
    expect(wordsSince(piecesSince(doc, from(doc, mark.durable()))[0]?.pieces ?? [], none)).toBe('c');
    mark.acknowledge(3);
    expect(mark.isSaved()).toBe(true);
  });

  it('goes back where a new connection begins with less than was durable before', () => {
    const { text, mark } = pair();
    text.insert(0, 'abcdef');
    mark.acknowledge(6);
    mark.greet(2, 6);
    expect([mark.accepted(), mark.durable(), mark.isSaved()]).toEqual([2, 2, false]);
    mark.acknowledge(6);
    expect(mark.isSaved()).toBe(true);
  });

  it('stays where a new connection begins with less than became durable since it was opened', () => {
    const { text, mark } = pair();
    text.insert(0, 'abcdef');
    mark.acknowledge(2);
    mark.acknowledge(6);
    mark.greet(2, 2);
    expect([mark.durable(), mark.isSaved()]).toEqual([6, true]);
  });

  it('takes for accepted what the server says on this connection, not what it said on the one before', () => {
    const { text, mark } = pair();
    text.insert(0, 'abcdef');
    mark.accept(5);
    mark.greet(3, 0);
    expect(mark.accepted()).toBe(3);
  });

  it('does not stand for a deletion because its words were saved', () => {
    const { text, mark } = pair();
    text.insert(0, 'abc');
    text.delete(2, 1);
    mark.acknowledge(3);
    expect(mark.isSaved()).toBe(false);
    text.insert(2, 'd');
    mark.acknowledge(4);
    expect(mark.isSaved()).toBe(true);
  });

  it('stands for a deletion that an answer shows, and only then', () => {
    const { text, mark, send, answer } = pair();
    text.insert(0, 'abc');
    send();
    answer();
    expect(mark.isSaved()).toBe(true);
    text.delete(1, 1);
    answer();
    expect(mark.isSaved()).toBe(false);
    send();
    answer();
    expect(mark.isSaved()).toBe(true);
  });

  it('stands for words that an answer shows, without any acknowledgement', () => {
    const { text, mark, send, answer } = pair();
    text.insert(0, 'abc');
    send();
    text.insert(3, 'd');
    answer();
    expect([mark.isSaved(), mark.durable()]).toEqual([false, 3]);
    send();
    answer();
    expect(mark.isSaved()).toBe(true);
  });

  it('stands for words that were written and taken back before anything was sent', () => {
    const { text, mark, send, answer } = pair();
    text.insert(0, 'abc');
    text.delete(0, 3);
    send();
    answer();
    expect(mark.isSaved()).toBe(true);
  });

  it('does not mind what others write and delete', () => {
    const { doc, mark, server } = pair();
    server.getText('turn:u').insert(0, 'theirs');
    server.getText('turn:u').delete(0, 2);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), 'wire');
    expect(mark.isSaved()).toBe(true);
  });

  it('keeps the clientID through answers that hold its own words', () => {
    const { doc, text, send, answer } = pair();
    const { clientID } = doc;
    text.insert(0, 'abc');
    send();
    answer();
    expect(doc.clientID).toBe(clientID);
  });
});

describe('own words', () => {
  it('are those from a clock on that were not deleted, turn by turn, in the order of the text', () => {
    const { doc, text, server, send } = pair();
    server.getText('turn:t').insert(0, '[theirs]');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), 'wire');
    text.insert(8, 'one ');
    const clock = Y.getState(doc.store, doc.clientID);
    text.insert(12, 'two three');
    text.insert(0, 'zero');
    text.delete(16, 4);
    doc.getText('turn:u').insert(0, 'else');
    doc.getText('other').insert(0, 'no turn');
    send();
    const all = piecesSince(doc, from(doc, clock));
    expect(all.map(({ turn, whole, pieces }) => [turn, whole, wordsSince(pieces, none)])).toEqual([
      ['t', 'zero[theirs]one three', 'zero\nthree'],
      ['u', 'else', 'else'],
    ]);
    expect(piecesSince(doc, from(doc, Y.getState(doc.store, doc.clientID)))).toEqual([]);
  });

  it('are of several clients, each from its own clock on', () => {
    const { doc, text } = pair();
    text.insert(0, 'abc');
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.getText('turn:t').insert(3, 'def');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'wire');
    const [both] = piecesSince(doc, new Map([...from(doc, 1), ...from(other, 0)]));
    expect(wordsSince(both?.pieces ?? [], none)).toBe('bcdef');
    expect(wordsSince(both?.pieces ?? [], new Map([...from(doc, 3), ...from(other, 1)]))).toBe('ef');
  });

  it('can be cut again when the server turns out to have more of them', () => {
    const { doc, text } = pair();
    text.insert(0, 'abcdef');
    const [first] = piecesSince(doc, from(doc, 2));
    const rest = (known: number) => wordsSince(first?.pieces ?? [], from(doc, known));
    expect([rest(0), rest(4), rest(6)]).toEqual(['cdef', 'ef', '']);
  });
});
