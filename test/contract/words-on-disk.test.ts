import { chmodSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { begin, connect, createSession, join, type Person, until } from '../support/person.ts';
import { type ServerProcess, startServer, storeFolder } from '../support/start-server.ts';
import { tracesIn } from './keys-folder.ts';

// A server is started, killed and started again, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const NAMES = ['Sentinelle', 'Watchmann'];
const WORDS = 'sentinel-words that one phone said to the other';
const SECRETS = [...NAMES, WORDS, 'sentinel-words', 'taken-back', 'sentinel-answer'].flatMap((text) => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
]);

let folder: ReturnType<typeof storeFolder>;
let server: ServerProcess;
let people: Person[];

beforeEach(async () => {
  folder = storeFolder();
  server = await startServer({ store: folder.url });
  people = [];
});
afterEach(async () => {
  for (const person of people) person.leave();
  await server.kill();
  folder.remove();
});

/** Two people with telling names, in the middle of a turn. */
async function inTheMiddleOfATurn() {
  const { sessionId, invites } = await createSession(server.origin);
  const a = await connect(server.origin, await join(server.origin, invites.partnerA ?? '', NAMES[0] ?? ''));
  const b = await connect(server.origin, await join(server.origin, invites.partnerB ?? '', NAMES[1] ?? ''));
  people = [a, b];
  for (const one of people) await one.say({ type: 'lobby.ready', ready: true });
  await Promise.all(people.map((one) => one.sees((view) => view.phase === 'live', 'a live session')));
  await begin({ a, b, sessionId });
  a.write(WORDS);
  await until(() => b.text('t1').toString() === WORDS, 'the words');
  a.write('taken-back');
  await until(() => b.text('t1').toString() === `${WORDS}taken-back`, 'the words that are taken back');
  return { a, b };
}

test('K3 no word and no name is in any file while the server runs, after a kill, and after its end', async () => {
  const { a, b } = await inTheMiddleOfATurn();
  expect(readdirSync(folder.path).sort()).toEqual([
    'mend.db',
    'mend.db-lock',
    'mend.db-shm',
    'mend.db-wal',
    'mend.key',
    'mend.keys.db',
    'mend.keys.db-lock',
    'mend.keys.db-shm',
    'mend.keys.db-wal',
  ]);
  expect(tracesIn(folder.path, SECRETS)).toEqual([]);
  const { port } = server;
  await server.kill();
  expect(tracesIn(folder.path, SECRETS)).toEqual([]);
  server = await startServer({ store: folder.url, port });
  await until(() => a.socket.connected && b.socket.connected && a.provider.synced, 'the channels');
  a.text('t1').delete(WORDS.length, 'taken-back'.length);
  await until(() => b.text('t1').toString() === WORDS, 'the words are still there');
  expect(await a.done()).toMatchObject({ ok: true });
  await b.sees((view) => view.floor.holder === 'partnerB', 'the next turn');
  expect(JSON.stringify(b.view())).toContain(NAMES[0]);
  expect(tracesIn(folder.path, SECRETS)).toEqual([]);
  expect(await server.stop()).toBe(0);
  expect(tracesIn(folder.path, SECRETS)).toEqual([]);
});

test('K3 the byte search finds a word that is there', async () => {
  await inTheMiddleOfATurn();
  expect(tracesIn(folder.path, [Buffer.from('Mend')])).not.toEqual([]);
  expect(tracesIn(folder.path, [Buffer.from('session')]).length).toBeGreaterThan(1);
});

test('K7 a server whose master key is open to others does not start, and says why', async () => {
  await server.stop();
  chmodSync(`${folder.path}/mend.key`, 0o644);
  await expect(startServer({ store: folder.url })).rejects.toThrow(/can be read by other users.+chmod 600/);
});
