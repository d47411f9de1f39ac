import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import type { Person } from '../support/person.ts';
import { holdViewsUntilRefused } from './support/hold-views.ts';
import { field, shows } from './support/room.ts';
import { playOn, type SeatedRoom, seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';
import { keptOn } from './support/storage.ts';

const stage = setStage();
const words = sessionWords.drafts;
const SAID = 'I felt alone.';
const UNSENT = ' And I have not told you the worst of it.';

/** Everything that another seat has ever been given: its whole page, its views, and its document with all it deleted. */
async function givenTo({ alex }: SeatedRoom, raw: Person): Promise<string> {
  return [
    await alex.page.content(),
    JSON.stringify(await keptOn(alex.page)),
    JSON.stringify(raw.views),
    JSON.stringify(raw.notices),
    Buffer.from(Y.encodeStateAsUpdate(raw.doc)).toString('latin1'),
  ].join('\n');
}

test('E3 words that came too late are a draft that their writer alone sees', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await field(sam.page).fill(SAID);
  await shows(alex.page, SAID);
  await stage.kill();
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(UNSENT);
  await sam.page.goto('about:blank');
  await stage.restart();
  const [samRaw, alexRaw] = [await room.raw('sam'), await room.raw('alex')];
  expect(await samRaw.done()).toMatchObject({ ok: true });
  await alexRaw.sees(({ floor }) => floor.holder === 'partnerB', 'the next turn');

  await sam.page.goto(room.url);
  await sam.page.getByRole('heading', { name: words.title }).waitFor();
  await shows(sam.page, UNSENT);
  await sam.page.getByText(words.why).waitFor();
  await sam.picture('16-draft');
  // Whatever the other one writes and sees meanwhile, the draft is nowhere in it.
  await field(alex.page).fill('You felt alone.');
  await shows(sam.page, 'You felt alone.');
  expect(await givenTo(room, alexRaw)).toContain(SAID);
  expect(await givenTo(room, alexRaw)).not.toContain('the worst of it');

  // Put aside, looked for again after a reload, and said in the next turn of the own.
  await sam.page.getByRole('button', { name: words.keep }).click();
  await sam.page.getByRole('button', { name: words.show(1) }).click();
  await sam.page.reload();
  await shows(sam.page, UNSENT);
  await playOn(samRaw, alexRaw, ({ floor }) => floor.holder === 'partnerA');
  await sam.page.getByRole('button', { name: words.insert }).click();
  await shows(alex.page, UNSENT);
  expect(await sam.page.getByRole('heading', { name: words.title }).count()).toBe(0);
  expect(JSON.stringify(await keptOn(sam.page))).not.toContain('the worst of it');
  expect(room.faults()).toEqual([]);
});

test('E3 words that are refused stay with their writer, who can go on here', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  const views = await holdViewsUntilRefused(sam.page);
  await sam.page.reload();
  await field(sam.page).fill(SAID);
  await shows(alex.page, SAID);
  // Another device of the same person takes the pen, and this one does not know it yet.
  const [samRaw, alexRaw] = [await room.raw('sam'), await room.raw('alex')];
  views.hold();
  expect(await samRaw.say({ type: 'turn.here', clientId: samRaw.doc.clientID })).toMatchObject({ ok: true });
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(UNSENT);
  await sam.page.getByRole('heading', { name: words.title }).waitFor();
  await shows(sam.page, UNSENT);
  const takeOver = sam.page.getByRole('button', { name: sessionWords.writing.continueHere });
  await sam.page.getByText(sessionWords.writing.elsewhere).first().waitFor();
  await sam.picture('17-continue-here');
  expect(await field(sam.page).inputValue()).toBe(SAID);
  expect(await givenTo(room, alexRaw)).not.toContain('the worst of it');

  await takeOver.click();
  await takeOver.waitFor({ state: 'hidden' });
  await sam.page.getByRole('button', { name: words.discard }).click();
  await sam.page.getByRole('heading', { name: words.title }).waitFor({ state: 'hidden' });
  expect(JSON.stringify(await keptOn(sam.page))).not.toContain('the worst of it');
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' That is all.');
  await shows(alex.page, `${SAID} That is all.`);
  expect(room.faults()).toEqual([]);
});
