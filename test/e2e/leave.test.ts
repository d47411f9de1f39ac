import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ELSEWHERE } from '../../apps/web/src/leave.ts';
import { en } from '../../apps/web/src/locales/en.ts';
import { field, pageOrigin, shows } from './support/room.ts';
import { seatedRoom } from './support/seated.ts';
import { setStage } from './support/stage.ts';
import { keptOn } from './support/storage.ts';

const stage = setStage();

interface Blank {
  readonly title: string;
  /** What can be read on the page. */
  readonly text: string;
  readonly kept: readonly string[];
}

/** What there is on the page each time it is blanked. A page that is about to go can not be asked, so it tells. */
async function blanksOf(page: Page): Promise<readonly Blank[]> {
  const seen: Blank[] = [];
  await page.exposeFunction('tellBlank', (blank: Blank) => seen.push(blank));
  await page.addInitScript(() => {
    const tell = (globalThis as unknown as { tellBlank: (blank: Blank) => void }).tellBlank;
    new MutationObserver(() => {
      if (!document.documentElement.hidden) return;
      tell({
        title: document.title,
        text: document.body.checkVisibility() ? document.body.textContent : '',
        kept: Object.keys(sessionStorage).filter((key) => key.startsWith('mend')),
      });
    }).observe(document, { subtree: true, attributeFilter: ['hidden'] });
  });
  return seen;
}

const ways: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  [
    'a tap on Leave',
    (page) => page.getByRole('button', { name: en.frame.leave }).click({ noWaitAfter: true }),
  ],
  [
    'Shift three times, while writing',
    async (page) => {
      for (let press = 0; press < 3; press++) await page.keyboard.press('Shift');
    },
  ],
];

test.each(ways)('E7 %s blanks at once, and nothing of the session can be found', async (_, leave) => {
  const room = await seatedRoom(stage, 'turn');
  const { sam, alex } = room;
  const { page, context } = sam;
  // The page outside is slow, so that what is seen before it comes can be looked at.
  let arrive: () => void = () => {};
  const late = new Promise<void>((done) => {
    arrive = done;
  });
  const asked: string[] = [];
  await context.route(`${ELSEWHERE}**`, async (route) => {
    asked.push(route.request().headers().referer ?? '');
    await late;
    await route.fulfill({
      contentType: 'text/html',
      body: '<title>Elsewhere</title><p>An ordinary page.</p>',
    });
  });
  const seen = await blanksOf(page);
  await page.goto(pageOrigin(stage.port));
  await page.getByRole('heading', { name: en.start.title }).waitFor();
  await page.goto(room.url);
  await field(page).fill('I felt alone.');
  await shows(alex.page, 'I felt alone.');
  await page.keyboard.insertText(' And afraid.');

  await leave(page);
  await expect.poll(() => asked).toEqual(['']);
  await expect.poll(() => seen).toEqual([{ title: 'New tab', text: '', kept: [] }]);
  arrive();
  await page.waitForURL(ELSEWHERE);
  await page.getByText('An ordinary page.').waitFor();

  await expect.poll(async () => (await context.cookies()).length).toBe(0);
  await page.goBack();
  await page.getByRole('heading', { name: en.start.title }).waitFor();
  expect(await page.content()).not.toMatch(/Sam|Alex|alone|afraid/);
  expect(Object.keys(await keptOn(page)).filter((key) => key.startsWith('mend'))).toEqual([]);
  await page.goto(room.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.content()).not.toMatch(/Sam|Alex|alone|afraid/);

  // The other one's page stays as it is: no word about who left.
  await alex.page.getByText('I felt alone.').first().waitFor();
  expect(room.faults()).toEqual([]);
});
