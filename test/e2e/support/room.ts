import { say } from '@mend/core';
import { shelf } from '@mend/exercises';
import { seatCookie } from '@mend/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { en } from '../../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../../apps/web/src/locales/en-session.ts';
import { HOST_NAME, type Phone, type PhoneOptions, phone } from './phones.ts';

/** Two people who find their way into a session through the screens, as people do. */

export interface Room {
  readonly sam: Phone;
  readonly alex: Phone;
  readonly sessionId: string;
}

export const pageOrigin = (port: number): string => `http://${HOST_NAME}:${port}`;

export async function enterRoom(browser: Browser, port: number, options: PhoneOptions = {}): Promise<Room> {
  const sam = await phone(browser, options);
  const alex = await phone(browser, options);
  await sam.page.goto(pageOrigin(port));
  await sam.page.getByRole('button', { name: en.start.together }).waitFor();
  await sam.picture('01-start');
  await sam.page.getByRole('button', { name: en.start.together }).click();
  await sam.page.getByLabel(en.start.nameLabel).fill('Sam');
  await sam.page.getByRole('button', { name: en.start.open }).click();
  await sam.page.waitForURL(/\/s\/[a-z2-7]{26}$/);
  const sessionId = new URL(sam.page.url()).pathname.split('/').at(-1) ?? '';
  const link = await sam.page.getByRole('textbox', { name: en.invite.link }).inputValue();
  await sam.picture('02-lobby-alone');
  await alex.page.goto(link);
  await alex.page.getByLabel(en.join.nameLabel).fill('Alex');
  await alex.picture('03-join');
  await alex.page.getByRole('button', { name: en.join.go }).click();
  await alex.page.waitForURL(/\/s\//);
  return { sam, alex, sessionId };
}

/** Both compare their two words and say that they are ready. */
export async function becomeReady({ sam, alex }: Room): Promise<void> {
  for (const { page } of [sam, alex]) await page.getByRole('button', { name: en.lobby.same }).click();
  await sam.picture('04-lobby-ready');
  for (const { page } of [sam, alex]) {
    await page.getByRole('button', { name: en.lobby.ready, exact: true }).click();
  }
  for (const { page } of [sam, alex])
    await page.getByRole('heading', { name: sessionWords.choose.title }).waitFor();
}

/** One of them chooses *take turns*, Sam begins, and both confirm it. */
export async function beginTakeTurns({ sam, alex }: Room): Promise<void> {
  await sam.page.getByRole('button', { name: sessionWords.choose.youBegin('Sam') }).click();
  for (const { page } of [sam, alex]) await answer(page, wordsOf('opening.yes'));
}

/** The words of take-turns by their key. */
export const wordsOf = (key: string): string => {
  const exercise = shelf.get('take-turns');
  if (!exercise) throw new Error('take-turns is not on the shelf');
  return say(exercise, 'en', key);
};

/** Taps an answer, with a line of own words where one is given. */
export async function answer(page: Page, label: string, line?: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  const send = page.getByRole('button', { name: sessionWords.question.send });
  if (line !== undefined)
    await page.getByRole('textbox', { name: sessionWords.question.addWords }).fill(line);
  if (line !== undefined || (await send.isVisible())) await send.click();
}

export const field = (page: Page): Locator => page.getByRole('textbox', { name: sessionWords.writing.field });

/** Waits until a phone shows exactly these words as somebody's own, spaces included. */
export async function shows(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => [...document.querySelectorAll('bdi')].some((one) => one.textContent === wanted),
    words,
    { polling: 20 },
  );
}

/** Waits until the own field holds exactly these words and can be written in. */
export async function mayWrite(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('textarea')].some((one) => one.value === wanted && !one.readOnly),
    words,
    { polling: 20 },
  );
}

/** Writes a whole turn, waits until the other phone shows it, and passes. */
export async function speak(speaker: Phone, listener: Phone, words: string): Promise<void> {
  await field(speaker.page).fill(words);
  await shows(listener.page, words);
  await passTurn(speaker.page);
}

export async function passTurn(page: Page): Promise<void> {
  const done = page.getByRole('button', { name: sessionWords.writing.done });
  await done.click();
  await done.waitFor({ state: 'hidden' });
}

/** The seat's key, as the browser holds it: for a raw client beside the screen. */
export async function keyOf({ context }: Phone, sessionId: string): Promise<string> {
  const cookie = (await context.cookies()).find((one) => one.name === seatCookie(sessionId));
  if (!cookie) throw new Error('this phone has no seat');
  return cookie.value;
}
