import type { Page } from 'playwright-core';

/**
 * Keeps the views from a page for as long as wanted, as a slow network would; its words go on in both directions.
 * Call it before the page is opened.
 */
export async function viewGate(page: Page): Promise<{ hold(): void; release(): void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const isView = typeof message === 'string' && message.startsWith('42["view"');
      if (held !== null && isView) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    hold() {
      held ??= [];
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const send of waiting) send();
    },
  };
}
