import { expect, test } from 'vitest';
import { en } from '../../apps/web/src/locales/en.ts';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { field, mayWrite, passTurn, shows } from './support/room.ts';
import { seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';
import { keptOn } from './support/storage.ts';

const stage = setStage();

test('E4 on a shared phone no unsent word is kept, and the screen says so', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await sam.page.getByRole('button', { name: en.frame.settings }).click();
  const setting = sam.page.getByRole('switch', { name: en.settings.sharedPhone });
  await setting.click();
  await sam.page.getByText(en.settings.sharedPhoneHint).waitFor();
  expect(await setting.getAttribute('aria-checked')).toBe('true');
  await sam.picture('18-settings');
  await sam.page.getByRole('dialog').getByRole('button', { name: en.frame.close }).click();

  await field(sam.page).fill('I felt alone.');
  await shows(alex.page, 'I felt alone.');
  await sam.page.getByText(sessionWords.drafts.shared).waitFor();
  await stage.kill();
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' And I have not told you the worst of it.');
  await sam.page.getByText(sessionWords.connection.reconnectingOnly).first().waitFor();
  const promise = await sam.page.locator('main').textContent();
  expect(promise).toContain(sessionWords.drafts.shared);
  expect(promise).not.toContain(sessionWords.writing.safe);
  await sam.picture('19-shared-phone');
  expect(JSON.stringify(await keptOn(sam.page))).not.toContain('alone');

  // The server is back, but this page was closed before it could send: what it alone had is gone, as was said.
  await sam.page.goto('about:blank');
  await stage.restart();
  await sam.page.goto(room.url);
  await mayWrite(sam.page, 'I felt alone.');
  expect(await sam.page.getByRole('heading', { name: sessionWords.drafts.title }).count()).toBe(0);
  expect(JSON.stringify(await keptOn(sam.page))).not.toContain('alone');
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' That is all.');
  await shows(alex.page, 'I felt alone. That is all.');
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
});
