import { expect, test } from 'vitest';
import { sessionWords } from '../../apps/web/src/locales/en-session.ts';
import { field, mayWrite, pageOrigin, passTurn, shows } from './support/room.ts';
import { type SeatedRoom, seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';
import { unsentIn } from './support/storage.ts';

const stage = setStage();
const SAVED = 'I felt alone when I found out.';

async function writeAndSave({ sam, alex }: SeatedRoom): Promise<void> {
  await field(sam.page).fill(SAVED);
  await shows(alex.page, SAVED);
  await sam.page.getByText(sessionWords.writing.saved, { exact: true }).waitFor();
}

test('E2 a reload in the middle of a turn keeps the seat, the turn and every word', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await writeAndSave(room);
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' And afraid.');
  // At once: nobody waits for "Saved" before pulling the page down.
  await sam.page.reload();
  await mayWrite(sam.page, `${SAVED} And afraid.`);
  await shows(alex.page, `${SAVED} And afraid.`);
  await sam.page.getByRole('heading', { name: sessionWords.writing.title('Sam') }).waitFor();
  expect(await sam.page.getByText(sessionWords.writing.elsewhere).count()).toBe(0);

  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' Still am.');
  await shows(alex.page, `${SAVED} And afraid. Still am.`);
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
});

test('E2 nothing can be typed before the words of the turn are there', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam } = room;
  await writeAndSave(room);
  let goOn: () => void = () => {};
  const slow = new Promise<void>((done) => {
    goOn = done;
  });
  await sam.page.routeWebSocket(/\/sync\//, async (socket) => {
    await slow;
    socket.connectToServer();
  });
  await sam.page.reload();
  await field(sam.page).waitFor();
  expect(await field(sam.page).isEditable()).toBe(false);
  goOn();
  await mayWrite(sam.page, SAVED);
  expect(room.faults()).toEqual([]);
});

test('E2 words typed while the server is dead outlive a reload', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await writeAndSave(room);
  await stage.kill();
  await field(sam.page).press('End');
  await sam.page.keyboard.insertText(' 👩‍👩‍👧 And nobody was there.');
  await sam.page.getByText(sessionWords.writing.safe).waitFor();
  await expect.poll(() => unsentIn(sam.page)).toContain('nobody was there');
  await stage.restart();
  await sam.page.reload();
  await shows(alex.page, `${SAVED} 👩‍👩‍👧 And nobody was there.`);
  await mayWrite(sam.page, `${SAVED} 👩‍👩‍👧 And nobody was there.`);
  await expect.poll(() => unsentIn(sam.page)).toBe('');
  expect(room.faults()).toEqual([]);
});

test('E2 words typed while the server is dead outlive the tab', async () => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  await writeAndSave(room);
  await stage.kill();
  // In the middle, and something taken back: what comes is what the writer last saw.
  await field(sam.page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(7, 12));
  await sam.page.keyboard.insertText('so very alone');
  await sam.page.goto('about:blank');
  await stage.restart();
  await sam.page.goto(room.url);
  const whole = 'I felt so very alone when I found out.';
  await mayWrite(sam.page, whole);
  await shows(alex.page, whole);
  await passTurn(sam.page);
  await field(alex.page).waitFor();
  expect(room.faults()).toEqual([]);
  expect(new URL(sam.page.url()).origin).toBe(pageOrigin(stage.port));
});
