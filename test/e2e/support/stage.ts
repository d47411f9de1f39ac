import { cpSync, rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type ServerProcess, startServer, storeFolder } from '../../support/start-server.ts';
import { openBrowser } from './phones.ts';

/** The real server and a browser, for the tests of one file. Ended with everything in them after the last one. */
export interface Stage {
  readonly browser: Browser;
  readonly port: number;
  /** Loopback by its number: for clients without a screen. */
  readonly origin: string;
  /** SIGKILL, in the middle of whatever goes on. */
  kill(): Promise<void>;
  /** The same store on the same port, after a kill. */
  restart(): Promise<void>;
  /** What is on the disk when the server was ended and has written everything; it is started again. */
  backup(): Promise<Backup>;
}

export interface Backup {
  /** Ends the server, puts these files in the place of its own, and starts it again. */
  putBack(): Promise<void>;
}

export function setStage(): Stage {
  const folder = storeFolder();
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ store: folder.url }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });
  async function restart(): Promise<void> {
    server = await startServer({ store: folder.url, port: server.port });
  }
  return {
    get browser() {
      return browser;
    },
    get port() {
      return server.port;
    },
    get origin() {
      return server.origin;
    },
    kill: () => server.kill(),
    restart,
    async backup() {
      const kept = `${folder.path}-backup`;
      await server.stop();
      cpSync(folder.path, kept, { recursive: true });
      onTestFinished(() => rmSync(kept, { recursive: true, force: true }));
      await restart();
      return {
        async putBack() {
          await server.stop();
          rmSync(folder.path, { recursive: true });
          cpSync(kept, folder.path, { recursive: true });
          await restart();
        },
      };
    },
  };
}
