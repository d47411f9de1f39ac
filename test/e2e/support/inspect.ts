import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { en } from '../../../apps/web/src/locales/en.ts';
import type { Phone } from './phones.ts';

/** What every screen must hold to, looked at wherever somebody gets to. */

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'color-contrast-enhanced': { enabled: true } },
  resultTypes: ['violations'],
};

/** The faults of a screen, each in one line: none where it is as it should be. */
export async function faultsOn({ page }: Phone): Promise<readonly string[]> {
  const faults = [...(await axeFaults(page))];
  const [wide, room] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  if (wide > room) faults.push(`scrolls sideways: ${wide} in ${room}`);
  const said = await page.getByRole('status').allTextContents();
  for (const line of said) if (/[.?…]\s*\./.test(line)) faults.push(`says "${line}"`);
  // A dialog has its own: what lies behind it cannot be pressed.
  const open = page.locator('dialog[open]');
  const top = (await open.count()) > 0 ? open : page.locator('body');
  const out = top.getByRole('button', { name: en.frame.leave, exact: true }).first();
  if (!(await out.isVisible())) faults.push('has no Leave');
  return faults;
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  const isHere = await page.evaluate(() => 'axe' in globalThis);
  if (!isHere) await page.evaluate(source);
  const { violations } = await page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    const found = await axe.run(rules);
    return {
      violations: found.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        at: nodes.map((one) => one.html),
      })),
    };
  }, RULES);
  return violations.map(({ id, help, at }) => `${id}: ${help}: ${at.join(' ')}`);
}
