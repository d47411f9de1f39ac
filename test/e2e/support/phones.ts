import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** A host name that is mapped to loopback: what a phone on a home network sees, without TLS. */
export const HOST_NAME = 'mend.test';
const SIZE = { width: 390, height: 844 };
/** Pictures that a person can look at; not in the repository. */
const artefacts = resolve(import.meta.dirname, '../../../artefacts/e2e');
/** Those that the README shows; made anew by `MEND_PICTURES=keep npm test -- e2e`. */
const pictures = resolve(import.meta.dirname, '../pictures');
const IN_README: readonly string[] = ['your-turn', 'listening'];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.MEND_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP ${HOST_NAME} 127.0.0.1`,
    ],
  });
}

export interface Phone {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page wrote to its console as an error, or threw. */
  readonly faults: string[];
  picture(name: string, options?: { readonly whole?: boolean }): Promise<void>;
}

export interface PhoneOptions {
  readonly dark?: boolean;
  readonly width?: number;
}

/** A phone-sized browser with storage of its own. */
export async function phone(
  browser: Browser,
  { dark = false, width = SIZE.width }: PhoneOptions = {},
): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width, height: SIZE.height },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A lost connection is reported by the browser itself; the tests that cut it look at the screen instead.
    if (message.type() === 'error' && !/WebSocket|Failed to load resource|ERR_/.test(message.text())) {
      faults.push(message.text());
    }
  });
  return {
    page,
    context,
    faults,
    async picture(name, { whole = false } = {}) {
      const bytes = await page.screenshot({ fullPage: whole, scale: whole ? 'css' : 'device' });
      for (const folder of [artefacts, ...(keepsPicture(name) ? [pictures] : [])]) {
        const file = join(folder, `${name}.png`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    },
  };
}

const keepsPicture = (name: string): boolean =>
  process.env.MEND_PICTURES === 'keep' && IN_README.includes(name);
