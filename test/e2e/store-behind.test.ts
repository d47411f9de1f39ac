import { expect, test } from 'vitest';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { field, mayWrite, passTurn, shows } from './support/room.ts';
import { seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const KEPT = 'I felt alone when I found out.';
const LOST = ' And I still do.';

test('E2 the server is put back to an earlier turn: both are told, and each has the own words', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await field(sam.page).fill(KEPT);
  await shows(alex.page, KEPT);
  await sam.page.getByText(sessionWords.writing.saved, { exact: true }).waitFor();
  const backup = await stage.backup();
  await mayWrite(sam.page, KEPT);
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(LOST);
  await shows(alex.page, `${KEPT}${LOST}`);
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  await field(alex.page).fill('You felt alone.');
  await shows(sam.page, 'You felt alone.');

  await backup.putBack();
  for (const { page } of [sam, alex])
    await page.getByText(sessionWords.behind.line, { exact: true }).first().waitFor();
  await mayWrite(sam.page, `${KEPT}${LOST}`);
  await shows(alex.page, `${KEPT}${LOST}`);
  const tray = alex.page.getByRole('region', { name: sessionWords.drafts.title });
  await tray.getByText('You felt alone.').waitFor();
  await tray.getByText(sessionWords.drafts.whyLost).waitFor();
  expect(await sam.page.getByRole('region', { name: sessionWords.drafts.title }).count()).toBe(0);

  await alex.page.getByRole('button', { name: sessionWords.behind.understood }).click();
  await expect
    .poll(() => alex.page.getByRole('button', { name: sessionWords.behind.understood }).count())
    .toBe(0);
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  await expect
    .poll(() => sam.page.getByRole('button', { name: sessionWords.behind.understood }).count())
    .toBe(0);
  await tray.getByRole('button', { name: sessionWords.drafts.insert }).click();
  await shows(sam.page, 'You felt alone.');
  expect(room.faults()).toEqual([]);
});
