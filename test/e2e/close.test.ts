import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { en } from '../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { field, shows } from './support/room.ts';
import { type SeatedRoom, seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { close, ended } = sessionWords;
const SAID = 'I felt alone when I found out.';

/** A few words, then a pause in which Sam stops for today. */
async function stopAfterWords({ sam, alex }: SeatedRoom): Promise<void> {
  await field(sam.page).fill(SAID);
  await shows(alex.page, SAID);
  await sam.page.getByRole('button', { name: sessionWords.pause.button, exact: true }).click();
  await sam.page.getByRole('button', { name: sessionWords.pause.stop }).click();
  await sam.page.getByRole('dialog').getByText(close.ifNull).waitFor();
}

const confirm = (page: Page) => page.getByRole('dialog').getByRole('button', { name: close.confirm }).click();

test('E8 one no lets the words go for both, and neither page says whose it was', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await stopAfterWords(room);
  await sam.page.getByRole('dialog').getByText(close.keepNo, { exact: true }).click();
  await sam.page.getByRole('dialog').getByText(close.ifNo).waitFor();
  await confirm(sam.page);
  for (const { page } of [sam, alex]) await page.getByText(ended.notKept).waitFor();
  await alex.picture('26-not-kept');
  const pages = await Promise.all([sam, alex].map(({ page }) => page.locator('body').textContent()));
  expect(pages[0]).toBe(pages[1]);
  for (const { page } of [sam, alex]) {
    await page.goto(`${room.url}/transcript`);
    await page.getByRole('heading', { name: en.transcript.notKeptTitle }).waitFor();
    await page.getByText(en.transcript.notKept).waitFor();
    expect(await page.content()).not.toMatch(/Sam|Alex|alone/);
  }
  await alex.picture('27-transcript-not-kept');
  expect(room.faults()).toEqual([]);
});

test('E8 undecided, both can still decide, and two times yes keeps the words', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await stopAfterWords(room);
  await confirm(sam.page);
  for (const { page } of [sam, alex]) await page.getByRole('heading', { name: ended.decideTitle }).waitFor();
  await sam.picture('28-undecided');
  await alex.page.goto(`${room.url}/transcript`);
  await alex.page.getByText(en.transcript.notDecided).waitFor();
  await alex.page.getByRole('button', { name: en.transcript.decide }).click();

  await sam.page.getByRole('button', { name: close.keepYes }).click();
  await sam.page.getByText(ended.youSaidYes).waitFor();
  // Neither sees what the other said.
  expect(await alex.page.getByText(ended.youSaidYes).count()).toBe(0);
  await alex.page.getByRole('button', { name: close.keepYes }).click();
  for (const { page } of [sam, alex]) {
    await page.getByText(ended.kept).waitFor();
    await page.getByRole('link', { name: ended.read }).click();
    await page.getByText(SAID).waitFor();
  }
  expect(room.faults()).toEqual([]);
});
