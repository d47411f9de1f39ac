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

describe('the saved mark', () => {
  it('stands for words when the server names their clock', () => {
    const { doc, text, mark } = pair();
    expect(mark.isSaved()).toBe(true);
    text.insert(0, 'abc');
    expect(mark.isSaved()).toBe(false);
    mark.acknowledge(2);
    expect(mark.isSaved()).toBe(false);
    expect(wordsSince(piecesSince(doc, doc.clientID, mark.durable())[0]?.pieces ?? [], 0)).toBe('c');
    mark.acknowledge(3);
    expect(mark.isSaved()).toBe(true);
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
    const all = piecesSince(doc, doc.clientID, clock);
    expect(all.map(({ turn, whole, pieces }) => [turn, whole, wordsSince(pieces, 0)])).toEqual([
      ['t', 'zero[theirs]one three', 'zero\nthree'],
      ['u', 'else', 'else'],
    ]);
    expect(piecesSince(doc, doc.clientID, Y.getState(doc.store, doc.clientID))).toEqual([]);
  });

  it('can be cut again when the server turns out to have more of them', () => {
    const { doc, text } = pair();
    text.insert(0, 'abcdef');
    const [first] = piecesSince(doc, doc.clientID, 2);
    expect([wordsSince(first?.pieces ?? [], 0), wordsSince(first?.pieces ?? [], 4)]).toEqual(['cdef', 'ef']);
    expect(wordsSince(first?.pieces ?? [], 6)).toBe('');
  });
});
