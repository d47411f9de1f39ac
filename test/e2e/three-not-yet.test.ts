import { expect, test } from 'vitest';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { answer, field, shows, speak, wordsOf } from './support/room.ts';
import { type SeatedRoom, seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

/** Sam's words are said back three times, and each time it is not it yet. */
async function notYetThreeTimes({ sam, alex }: SeatedRoom): Promise<void> {
  await speak(sam, alex, 'I felt alone when I found out.');
  for (const mirror of ['You were angry.', 'You were tired.', 'You were cold.']) {
    await speak(alex, sam, mirror);
    await answer(sam.page, wordsOf('loop.check.not-yet'));
  }
  await sam.page.getByText(wordsOf('loop.stuck'), { exact: true }).waitFor();
}

test('E10 the third not yet leads to one feeling only, and from there on', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await notYetThreeTimes(room);
  await sam.picture('29-stuck');
  await alex.picture('30-stuck-listening');
  await answer(sam.page, wordsOf('loop.stuck.one-word'));
  await alex.page.getByText(wordsOf('loop.one-word'), { exact: true }).waitFor();
  await speak(alex, sam, 'Lonely.');
  await answer(sam.page, wordsOf('loop.check.yes'));
  await alex.page.getByText(wordsOf('respond'), { exact: true }).waitFor();
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
});

test('E10 the third not yet can be left for another day', async () => {
  const room = await seatedRoom(stage, 'turn');
  await notYetThreeTimes(room);
  await answer(room.sam.page, wordsOf('loop.stuck.come-back'));
  await room.alex.page.getByText(wordsOf('respond'), { exact: true }).waitFor();
  expect(room.faults()).toEqual([]);
});

test('E10 a not now at the opening ends it without a reproach', async () => {
  const room = await seatedRoom(stage, 'choose');
  const { sam, alex } = room;
  await alex.page.getByRole('button', { name: sessionWords.choose.begins('Sam') }).click();
  await answer(alex.page, wordsOf('opening.yes'));
  await answer(sam.page, wordsOf('opening.not-now'), 'After supper I would be glad to.');
  for (const { page } of [sam, alex]) {
    await page.getByRole('heading', { name: sessionWords.choose.title }).waitFor();
    await page.getByText(sessionWords.choose.notNow).waitFor();
    await shows(page, 'After supper I would be glad to.');
  }
  await alex.picture('31-not-now');
  // It can be proposed again at once, by either of the two.
  await sam.page.getByRole('button', { name: sessionWords.choose.begins('Alex') }).click();
  for (const { page } of [sam, alex]) await answer(page, wordsOf('opening.yes'));
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
});
