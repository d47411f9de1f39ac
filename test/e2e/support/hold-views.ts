import type { Page } from 'playwright-core';

/**
 * From `hold` on, keeps the views from a page as a slow network would, until the server refuses one of its words: so
 * the page writes on in good faith. Call it before the page is opened.
 */
export async function holdViewsUntilRefused(page: Page): Promise<{ hold(): void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const isView = typeof message === 'string' && message.startsWith('42["view"');
      if (held !== null && isView) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  await page.routeWebSocket(/\/sync\//, (socket) => {
    const server = socket.connectToServer();
    server.onClose((code, reason) => {
      const waiting = code === 4403 ? (held ?? []) : [];
      if (code === 4403) held = null;
      for (const send of waiting) send();
      void socket.close({ ...(code === undefined ? {} : { code }), ...(reason ? { reason } : {}) });
    });
  });
  return {
    hold() {
      held ??= [];
    },
  };
}
