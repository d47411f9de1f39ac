import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { en } from '../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { type Phone, phone } from './support/phones.ts';
import { pageOrigin } from './support/room.ts';
import { seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

async function aPhone(): Promise<Phone> {
  const one = await phone(stage.browser);
  onTestFinished(() => one.context.close());
  return one;
}

/** Sam's phone in the lobby of a new room. */
async function hostAlone(): Promise<Phone> {
  const sam = await aPhone();
  await sam.page.goto(pageOrigin(stage.port));
  await sam.page.getByRole('button', { name: en.start.together }).click();
  await sam.page.getByLabel(en.start.nameLabel).fill('Sam');
  await sam.page.getByRole('button', { name: en.start.open }).click();
  await sam.page.getByRole('heading', { name: en.invite.title }).waitFor();
  return sam;
}

const linkOn = (page: Page): Promise<string> =>
  page.getByRole('textbox', { name: en.invite.link }).inputValue();

async function goIn(page: Page, name: string): Promise<void> {
  await page.getByLabel(en.join.nameLabel).fill(name);
  await page.getByRole('button', { name: en.join.go }).click();
}

async function openCodeForm(page: Page, code: string): Promise<void> {
  await page.goto(pageOrigin(stage.port));
  await page.getByRole('button', { name: en.start.invited }).click();
  await page.getByLabel(en.join.codeLabel).fill(code);
}

const isIn = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: en.lobby.matchTitle }).waitFor();

test('E6 an invitation by its link works once, leaves the address bar, and can be renewed', async () => {
  const sam = await hostAlone();
  const withdrawn = await linkOn(sam.page);
  await sam.page.getByRole('button', { name: en.invite.renew }).click();
  await sam.page.getByText(en.invite.renewed).waitFor();
  const link = await linkOn(sam.page);
  expect(link).not.toBe(withdrawn);

  // The one that was renewed is as unknown as one that never was; nothing says why, and nothing is lost.
  const alex = await aPhone();
  await alex.page.goto(withdrawn);
  await goIn(alex.page, 'Alex');
  await alex.page.getByText(en.failures['invite-unknown']).waitFor();
  expect(await alex.page.getByLabel(en.join.nameLabel).inputValue()).toBe('Alex');
  await alex.picture('21-used-link');
  await alex.page.goto(link);
  await alex.page.getByLabel(en.join.nameLabel).waitFor();
  expect(alex.page.url()).toBe(`${pageOrigin(stage.port)}/join`);
  await goIn(alex.page, 'Alex');
  await isIn(alex.page);
  expect(alex.page.url()).not.toContain('#');

  const third = await aPhone();
  await third.page.goto(link);
  await goIn(third.page, 'Robin');
  await third.page.getByText(en.failures['invite-unknown']).waitFor();
  expect(await third.page.locator('body').textContent()).not.toMatch(/Sam|Alex/);
  expect([...sam.faults, ...alex.faults, ...third.faults]).toEqual([]);
});

test.each([
  ['as it is shown', (code: string) => code],
  ['in small letters without the dash', (code: string) => code.toLowerCase().replace('-', '')],
])('E6 an invitation by the short code, typed %s', async (_, typed) => {
  const [sam, alex] = [await hostAlone(), await aPhone()];
  await sam.page.getByRole('button', { name: en.invite.showCode }).click();
  const shown = sam.page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await shown.scrollIntoViewIfNeeded();
  await sam.picture('22-code');
  const code = (await shown.textContent()) ?? '';
  await openCodeForm(alex.page, typed(code));
  await goIn(alex.page, 'Alex');
  await isIn(alex.page);
  // On the starter's phone the invitation gives way to the person.
  await sam.page.getByRole('heading', { name: en.invite.title }).waitFor({ state: 'hidden' });

  // It worked once.
  await openCodeForm(alex.page, code);
  await goIn(alex.page, 'Robin');
  await alex.page.getByText(en.join.codeUnknown).waitFor();
  expect([...sam.faults, ...alex.faults]).toEqual([]);
});

test('E6 a code that nobody made, and half a code, are told calmly', async () => {
  const alex = await aPhone();
  await openCodeForm(alex.page, 'KTRM-4726');
  await goIn(alex.page, 'Alex');
  await alex.page.getByText(en.join.codeUnknown).waitFor();
  await alex.picture('23-unknown-code');
  await alex.page.getByLabel(en.join.codeLabel).fill('KTR');
  await alex.page.getByRole('button', { name: en.join.go }).click();
  await alex.page.getByText(en.join.codeShort).waitFor();
  expect(alex.faults).toEqual([]);
});

test('E6 different words advise to leave the room, and a look again leads back', async () => {
  const room = await seatedRoom(stage, 'lobby');
  const { sam, alex } = room;
  await alex.page.getByRole('button', { name: en.lobby.different }).click();
  await alex.page.getByText(en.lobby.differentAdvice).waitFor();
  await alex.picture('24-different-words');
  expect(await alex.page.getByRole('button', { name: en.lobby.ready, exact: true }).count()).toBe(0);
  await alex.page.getByRole('button', { name: en.lobby.matchChange }).click();
  await alex.page.getByRole('button', { name: en.lobby.same }).click();
  await alex.page.getByRole('button', { name: en.lobby.ready, exact: true }).waitFor();

  await sam.page.getByRole('button', { name: en.lobby.different }).click();
  await sam.page.getByRole('button', { name: en.lobby.newRoom }).click();
  await sam.page.getByRole('heading', { name: en.start.title }).waitFor();
  await expect.poll(async () => (await sam.context.cookies()).length).toBe(0);
  expect(room.faults()).toEqual([]);
});

test('E6 a browser without a seat sees nothing of a session', async () => {
  const room = await seatedRoom(stage, 'turn');
  const stranger = await aPhone();
  await stranger.page.goto(room.url);
  await stranger.page.getByRole('heading', { name: sessionWords.gone.title }).waitFor();
  await stranger.picture('25-stranger');
  expect(await stranger.page.content()).not.toMatch(/Sam|Alex/);
  await stranger.page.goto(`${room.url}/transcript`);
  await stranger.page.getByRole('heading', { name: en.transcript.noSeatTitle }).waitFor();
  expect(await stranger.page.content()).not.toMatch(/Sam|Alex/);
  expect([...room.faults(), ...stranger.faults]).toEqual([]);
});

test('E6 a page without TLS on a home network does without what browsers keep for secure pages', async () => {
  const sam = await hostAlone();
  const page = await sam.page.evaluate(() => ({
    isSecure: isSecureContext,
    uuid: 'randomUUID' in crypto,
    clipboard: 'clipboard' in navigator,
    serviceWorker: 'serviceWorker' in navigator,
    wakeLock: 'wakeLock' in navigator,
  }));
  expect(page).toEqual({
    isSecure: false,
    uuid: false,
    clipboard: false,
    serviceWorker: false,
    wakeLock: false,
  });
  await sam.page.getByRole('button', { name: en.invite.copy }).click();
  await sam.page.getByText(en.invite.select).waitFor();
  const marked = await sam.page.evaluate(() => {
    const field = document.activeElement;
    return field instanceof HTMLTextAreaElement
      ? field.value.slice(field.selectionStart, field.selectionEnd)
      : '';
  });
  expect(marked).toBe(await linkOn(sam.page));
  expect(sam.faults).toEqual([]);
});
