/**
 * Who does not read.
 *
 * W50 A document reader that stops reading is cut, and nobody else notices.
 * W51 A command channel that stops reading is cut, and nobody else notices.
 * W52 A refusal reaches its end also where the other side does not read.
 * W53 A socket that gives no sign of life for twenty seconds is dropped, and its presence with it.
 */
import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { createMemoryLogStore } from '@mend/server/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { manualClock } from '../support/manual-clock.ts';
import { begin, couple, type Person, three, until } from '../support/person.ts';
import { awarenessFrame, rawDocument, step1Frame } from '../support/raw-document.ts';
import { type ServerHere, serverHere } from '../support/server-here.ts';

let server: ServerHere;
beforeAll(async () => {
  server = await serverHere();
});
afterAll(() => server.close());

const others = (person: Person) => person.provider.awareness.getStates().size - 1;

test('W50 a reader that stops is cut off; the writer and the other reader go on', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('x'.repeat(50_000));
  await until(() => b.text('t1').length === 50_000, 'the words');
  const stuck = await rawDocument(server.origin, b);
  stuck.send(awarenessFrame([71, 1, {}]));
  await until(() => others(a) === 2, 'the reader is here');
  stuck.ws.pause();
  // Each question costs fifty kilobytes of answer, which nobody reads.
  const vector = Uint8Array.of(0);
  for (let asked = 0; others(a) === 2; asked++) {
    if (asked < 400) stuck.send(step1Frame(vector));
    await new Promise((next) => setTimeout(next, asked < 400 ? 0 : 20));
    if (asked > 600) throw new Error('it was never cut');
  }
  a.write(' and on');
  await until(() => b.text('t1').length === 50_007, 'the words after it');
  expect([a.closed, b.closed]).toEqual([[], []]);
  stuck.ws.terminate();
});

test('W51 a command channel that stops reading is cut off; the others go on', async () => {
  const { a, b, c } = await three(server.origin);
  // Lines make every view large: five thousand characters each.
  const text = `e${'\u0301'.repeat(9)}`.repeat(500);
  for (let line = 0; line < 20; line++)
    expect(await c.say({ type: 'moderate.prompt', text })).toMatchObject({ ok: true });
  const url = `${server.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const stuck = new WebSocket(url);
  let views = 0;
  stuck.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.startsWith('0')) stuck.send(`40${JSON.stringify({ token: b.token })}`);
    if (text.startsWith('42')) views += 1;
  });
  stuck.on('error', () => {});
  let isGone = false;
  stuck.on('close', () => {
    isGone = true;
  });
  await until(() => views > 0, 'the first view');
  stuck.pause();
  let sent = 0;
  // For long enough that whoever reads, only slowly, would have been seen to.
  const begun = performance.now();
  while (sent < 200 || performance.now() - begun < 2_500) {
    const asked = Array.from({ length: 20 }, (_, index) => a.say({ type: 'turn.ask', ask: index % 2 === 0 }));
    expect((await Promise.all(asked)).every((ack) => ack.ok)).toBe(true);
    sent += asked.length;
  }
  await b.sees((view) => view.v === a.view().v, 'the newest view');
  stuck.resume();
  await until(() => isGone, 'it is gone');
  expect(views).toBeLessThan(sent);
  expect(b.socket.connected).toBe(true);
});

test('W52 a refusal comes to its end with a socket that does not read', async () => {
  const { a, b } = await couple(server.origin);
  const raw = await rawDocument(server.origin, b);
  raw.send(awarenessFrame([72, 1, {}]));
  await until(() => others(a) === 2, 'it is here');
  raw.ws.pause();
  raw.send('text');
  await until(() => others(a) === 1, 'it has gone');
  raw.ws.resume();
  expect((await raw.whenClosed).code).toBe(4400);
});

test('W53 a socket that is only half open is dropped after twenty seconds', async () => {
  const clock = manualClock();
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const here = await createServer({
    store: createMemoryLogStore(),
    exercises: EXERCISES,
    log: quiet,
    host: '127.0.0.1',
    port: 0,
    limits: false,
    clock,
  });
  const origin = `http://127.0.0.1:${here.port}`;
  const { a, b } = await couple(origin);
  const dead = await rawDocument(origin, b);
  dead.send(awarenessFrame([73, 1, {}]));
  await until(() => others(a) === 2, 'it is here');
  dead.ws.pause();
  clock.advance(10_000);
  // The living ones answer the ping in between.
  for (const one of [a, b]) one.provider.awareness.setLocalStateField('here', true);
  await until(() => others(a) === 2, 'still here');
  await Promise.all([a, b].map((one) => one.say({ type: 'nothing' })));
  await new Promise((next) => setTimeout(next, 50));
  clock.advance(10_000);
  await until(() => others(a) === 1, 'it has gone');
  expect([a.provider.wsconnected, b.provider.wsconnected]).toEqual([true, true]);
  dead.ws.terminate();
  for (const one of [a, b]) one.leave();
  const end = here.close();
  clock.advance(10_000);
  await end;
});
