import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { en } from '../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { connect, until } from '../support/person.ts';
import { type ServerProcess, startServer, storeFolder } from '../support/start-server.ts';
import { actingSeats, factsOf } from './support/log.ts';
import { openBrowser } from './support/phones.ts';
import {
  answer,
  becomeReady,
  enterRoom,
  field,
  keyOf,
  passTurn,
  shows,
  speak,
  wordsOf,
} from './support/room.ts';

const folder = storeFolder();
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ store: folder.url });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  folder.remove();
});

const SENTENCE =
  'I felt alone when I found out. I would like you to tell me before big decisions, not after.';
const NEED = `${SENTENCE} 👩‍👩‍👧 Café.`;

test('E1 two people on two phones take turns, from the first tap to the transcript', async () => {
  const room = await enterRoom(browser, server.port);
  const { sam, alex, sessionId } = room;
  await becomeReady(room);
  await sam.picture('05-choose');
  await sam.page.getByRole('button', { name: sessionWords.choose.youBegin('Sam') }).waitFor();
  await sam.page.getByRole('button', { name: sessionWords.choose.youBegin('Sam') }).click();
  await alex.page.getByRole('button', { name: wordsOf('opening.yes'), exact: true }).waitFor();
  await sam.picture('06-opening');
  for (const { page } of [sam, alex]) await answer(page, wordsOf('opening.yes'));

  // Each character is seen live, and the one who listens has nothing to write in.
  await field(sam.page).focus();
  let typed = '';
  for (const character of ['I', ' ', 'f', 'e', 'l', 't']) {
    await sam.page.keyboard.type(character);
    typed += character;
    await shows(alex.page, typed);
  }
  await sam.page.keyboard.insertText(SENTENCE.slice(typed.length));
  await shows(alex.page, SENTENCE);
  expect(await alex.page.locator('textarea, input[type=text], [contenteditable]').count()).toBe(0);
  await sam.page.getByText(sessionWords.writing.saved, { exact: true }).waitFor();
  await sam.picture('your-turn');
  await alex.picture('listening');
  await sam.page.keyboard.insertText(NEED.slice(SENTENCE.length));
  await shows(alex.page, NEED);
  await alex.page.getByRole('button', { name: sessionWords.signals.give['with-you'] }).click();
  await sam.page.getByText(sessionWords.signals.shown['with-you']('Alex')).first().waitFor();

  await writesOutOfTurn();
  await survivesAKill();
  await passTurn(sam.page);

  // Said back, checked, answered, and how the answer was.
  await speak(alex, sam, 'You felt alone, and you want to hear things before they are decided.');
  await sam.page.getByRole('button', { name: wordsOf('loop.check.mostly'), exact: true }).waitFor();
  await sam.picture('09-check');
  await answer(sam.page, wordsOf('loop.check.mostly'), 'Most of all the money.');
  await alex.page.getByText('Most of all the money.').first().waitFor();
  await speak(alex, sam, 'I can, by telling you on Sunday what the week will bring.');
  await answer(sam.page, wordsOf('acknowledge.helps'));

  // The other way round; the mirror is composed with an input method while the document changes.
  await speak(alex, sam, 'Words I long to hear: that you see me try.');
  await composesWhileItChanges();
  await passTurn(sam.page);
  await answer(alex.page, wordsOf('loop.check.yes'));
  await speak(sam, alex, 'I see you try, every day this week.');
  await answer(alex.page, wordsOf('acknowledge.partly'), 'Say it once on a hard day.');
  await speak(sam, alex, 'What I learned about you is how much you carry.');
  await speak(alex, sam, 'What I learned about you is that surprises frighten you.');
  await sam.page.getByRole('button', { name: wordsOf('promise.keep'), exact: true }).waitFor();
  await sam.picture('10-promise');
  for (const { page } of [sam, alex]) await answer(page, wordsOf('promise.keep'));
  await answer(sam.page, wordsOf('promise.leave'));
  await sam.page.getByText(sessionWords.question.waitingForBoth).waitFor();
  await sam.picture('11-waiting-for-both');
  await answer(alex.page, wordsOf('promise.keep'));

  // Both want to keep it, and it ends.
  for (const { page } of [sam, alex]) {
    await page.getByRole('button', { name: sessionWords.close.button }).click();
    await page.getByRole('dialog').getByText(sessionWords.close.keepYes, { exact: true }).click();
    await page.getByText(sessionWords.close.ifYes).waitFor();
    if (page === sam.page) {
      await sam.picture('12-close');
      await page.getByRole('dialog').getByRole('button', { name: sessionWords.close.cancel }).click();
    }
  }
  await alex.page.getByRole('dialog').getByRole('button', { name: sessionWords.close.confirm }).click();
  for (const { page } of [sam, alex]) await page.getByText(sessionWords.ended.kept).waitFor();
  await alex.picture('13-ended');
  await alex.page.getByRole('link', { name: sessionWords.ended.read }).click();
  await alex.page.getByText(NEED).first().waitFor();
  const transcript = await alex.page.locator('main').textContent();
  for (const line of [
    NEED,
    'Most of all the money.',
    'I see you try, every day this week.',
    en.transcript.promises,
  ]) {
    expect(transcript).toContain(line);
  }
  await alex.picture('14-transcript');
  expect([...sam.faults, ...alex.faults]).toEqual([]);

  await server.stop();
  const [h, r] = ['partnerA', 'partnerB'];
  expect(actingSeats(await factsOf(folder.url, sessionId))).toEqual([h, r, h, r, h, r, h, r, h, r, h, r]);
  await sam.context.close();
  await alex.context.close();

  /** A client without our screen, with the listener's own key: refused, and nobody's screen changes. */
  async function writesOutOfTurn(): Promise<void> {
    const token = await keyOf(alex, sessionId);
    const raw = await connect(server.origin, { sessionId, seat: 'partnerB', token });
    raw.text('t1').insert(0, 'Words that are not mine. ');
    await until(() => raw.closed.length > 0, 'the refusal');
    expect(raw.closed[0]?.code).toBe(4403);
    raw.leave();
    for (const { page } of [sam, alex])
      expect(await page.getByText('Words that are not mine').count()).toBe(0);
    await shows(alex.page, NEED);
    expect(await field(sam.page).inputValue()).toBe(NEED);
  }

  /** The server dies in the middle of the turn; what was typed meanwhile arrives when it is back. */
  async function survivesAKill(): Promise<void> {
    const { port } = server;
    await server.kill();
    await field(sam.page).press('End');
    await sam.page.keyboard.insertText(' And I am still here.');
    await sam.page.getByText(sessionWords.connection.reconnecting).first().waitFor();
    await sam.picture('15-reconnecting');
    server = await startServer({ store: folder.url, port });
    await shows(alex.page, `${NEED} And I am still here.`);
    await sam.page.getByText(sessionWords.writing.saved, { exact: true }).waitFor();
  }

  /** An input method holds half a word while another device of the same person changes the same text. */
  async function composesWhileItChanges(): Promise<void> {
    await field(sam.page).focus();
    await sam.page.keyboard.insertText('What I heard is ');
    await shows(alex.page, 'What I heard is ');
    const token = await keyOf(sam, sessionId);
    const other = await connect(server.origin, { sessionId, seat: 'partnerA', token });
    const turn = other.view().floor.turn ?? '';
    const pen = other.view().floor.pen;
    const keyboard = await sam.context.newCDPSession(sam.page);
    await keyboard.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await keyboard.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    expect(await other.say({ type: 'turn.here', clientId: other.doc.clientID })).toMatchObject({ ok: true });
    await until(() => other.text(turn).toString() === 'What I heard is ', 'the words on the other device');
    other.text(turn).insert(0, 'So. ');
    await shows(alex.page, 'So. What I heard is ');
    expect(await other.say({ type: 'turn.here', clientId: pen })).toMatchObject({ ok: true });
    await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await keyboard.send('Input.insertText', { text: '日本' });
    await shows(alex.page, 'So. What I heard is 日本');
    expect(await field(sam.page).inputValue()).toBe('So. What I heard is 日本');
    other.leave();
  }
});
