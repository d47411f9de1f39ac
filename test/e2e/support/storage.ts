import type { Page } from 'playwright-core';

/** Everything that this page's origin keeps on the phone, where a script can reach it. */
export const keptOn = (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.evaluate(() => ({ ...localStorage, ...sessionStorage }));

/** What is mirrored of the words that the server does not have yet; empty where there is nothing. */
export async function unsentIn(page: Page): Promise<string> {
  const kept = await keptOn(page);
  return Object.entries(kept).find(([key]) => key.endsWith(':unsent'))?.[1] ?? '';
}
