import { test } from 'vitest';
import { openBrowser } from './support/phones.ts';
import { enterRoom, becomeReady } from './support/room.ts';
test('try', async () => {
  const browser = await openBrowser();
  try {
    const room = await enterRoom(browser, 4600);
    await becomeReady(room);
    await room.sam.picture('05-choose');
    console.log(room.sam.faults, room.alex.faults);
  } finally { await browser.close(); }
}, 60000);
