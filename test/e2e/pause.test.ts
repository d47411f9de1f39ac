import { expect, test } from 'vitest';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { field, mayWrite, passTurn, shows } from './support/room.ts';
import { seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const words = sessionWords.pause;

test('E5 one tap pauses both, without a name, and only both together end it', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  const title = (page: typeof sam.page) => page.getByRole('heading', { level: 1, name: words.title });
  await field(sam.page).fill('I felt alone');
  await shows(alex.page, 'I felt alone');
  await alex.page.getByRole('button', { name: words.button, exact: true }).click();
  for (const { page } of [sam, alex]) await title(page).waitFor();
  const pages = await Promise.all([sam, alex].map(({ page }) => page.locator('body').textContent()));
  expect(pages[0]).toBe(pages[1]);
  expect(pages[0]).toContain(words.asked);
  expect(pages[0]).not.toMatch(/Sam|Alex/);
  await sam.picture('20-paused');
  for (const { page } of [sam, alex]) {
    expect(await page.locator('textarea, input[type=text], [contenteditable]').count()).toBe(0);
  }
  const raw = await room.raw('sam');
  expect(await raw.done()).toMatchObject({ ok: false, error: { code: 'not-now' } });

  // One is back, and nothing hurries the other: their page is as it was.
  await sam.page.getByRole('button', { name: words.back }).click();
  await sam.page.getByText(words.youAreBack).waitFor();
  await sam.page.reload();
  await sam.page.getByText(words.youAreBack).waitFor();
  expect(await alex.page.locator('body').textContent()).toBe(pages[1]);
  await alex.page.getByRole('button', { name: words.back }).click();

  await sam.page.getByRole('heading', { name: sessionWords.writing.title('Sam') }).waitFor();
  await mayWrite(sam.page, 'I felt alone');
  await shows(alex.page, 'I felt alone');
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' when I found out.');
  await shows(alex.page, 'I felt alone when I found out.');
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
});
