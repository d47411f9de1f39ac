/**
 * How it starts and how it ends.
 *
 * W60 SIGTERM: exit 0 within five seconds with sockets open, one of them not reading; the documents are told 4503.
 * W61 What was taken in before the end is answered and kept, and stock clients go on with the next server.
 * W62 A store that another server holds, and a folder that cannot be written, are refused with a sentence.
 * W63 A faulty environment is told in full, at once.
 */
import { chmodSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { expect, test } from 'vitest';
import { begin, couple, until } from '../support/person.ts';
import { rawDocument } from '../support/raw-document.ts';
import { startServer, storeFolder } from '../support/start-server.ts';

test('W60 W61 it ends in time with everybody connected, and the next one goes on where it was', async () => {
  const folder = storeFolder();
  const first = await startServer({ store: folder.url });
  const both = await couple(first.origin);
  const { a, b } = both;
  await begin(both);
  const deaf = await rawDocument(first.origin, a);
  deaf.ws.pause();
  const idle = connectTcp(first.port, '127.0.0.1');
  idle.on('error', () => {});
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
  const closes: (number | undefined)[] = [];
  b.provider.on('connection-close', (event: { code: number } | null) => closes.push(event?.code));
  a.write('the last words');
  await until(() => b.text('t1').length === 14, 'the words');
  const started = performance.now();
  expect(await first.stop()).toBe(0);
  expect(performance.now() - started).toBeLessThan(5_000);
  await until(() => closes[0] === 4503, 'it was told');
  const second = await startServer({ store: folder.url, port: first.port });
  await until(() => a.socket.connected && b.socket.connected, 'the channels are back');
  await until(() => a.provider.synced && b.provider.synced, 'the documents are back');
  a.write(', and more');
  await until(() => b.text('t1').toString() === 'the last words, and more', 'the words');
  expect(await a.done()).toMatchObject({ ok: true });
  for (const one of [a, b]) one.leave();
  idle.destroy();
  deaf.ws.terminate();
  expect(await second.stop()).toBe(0);
  folder.remove();
});

test('W62 a second server on the same store is refused with a sentence, and the first goes on', async () => {
  const folder = storeFolder();
  const first = await startServer({ store: folder.url });
  await expect(startServer({ store: folder.url })).rejects.toThrow(/Another server is using the store/);
  expect((await fetch(`${first.origin}/healthz`)).status).toBe(200);
  await expect(startServer({ store: 'memory:', port: first.port })).rejects.toThrow(
    /cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\)/,
  );
  await first.stop();
  folder.remove();
});

test('W62 a file that is no store of ours is refused and left alone; an unknown kind is named', async () => {
  await expect(startServer({ store: 'postgres://user:SECRET@host/x' })).rejects.toThrow(
    /no known kind of store/,
  );
  await expect(startServer({ store: 'postgres://user:SECRET@host/x' })).rejects.not.toThrow(/SECRET/);
});

test('W62 a folder that cannot be written is refused with a sentence', async () => {
  const folder = storeFolder();
  // Root may write everywhere, so for root a folder that cannot be stands in for one that cannot be written.
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder.path, 0o500);
  const store = isRoot ? 'sqlite:/dev/null/mend.db' : `sqlite:${folder.path}/store/mend.db`;
  await expect(startServer({ store })).rejects.toThrow(/cannot be written to|could not be opened/);
  chmodSync(folder.path, 0o700);
  folder.remove();
});

test('W63 every fault of the environment is named at once', async () => {
  const env = {
    PORT: 'high',
    MEND_ORIGIN: 'https://mend.example/path',
    MEND_LOG: 'loud',
    MEND_LIMITS: 'perhaps',
  };
  const failure = await startServer({ store: 'memory:', env }).then(
    () => '',
    (cause: Error) => cause.message,
  );
  for (const name of Object.keys(env)) expect(failure).toContain(name);
});
