import type { Browser } from 'playwright-core';
import { sessionWords } from '../../../apps/web/src/locales/en-session.ts';
import { en } from '../../../apps/web/src/locales/en.ts';
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
  await sam.picture('01-start');
  await sam.page.getByRole('button', { name: en.start.together }).click();
  await sam.page.getByLabel(en.start.nameLabel).fill('Sam');
  await sam.page.getByRole('button', { name: en.start.open }).click();
  await sam.page.waitForURL(/\/s\/[a-z2-7]{26}$/);
  const sessionId = new URL(sam.page.url()).pathname.split('/').at(-1) ?? '';
  const link = await sam.page.getByLabel(en.invite.link, { exact: true }).inputValue();
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
  for (const { page } of [sam, alex]) await page.getByText(sessionWords.choose.title).waitFor();
}
