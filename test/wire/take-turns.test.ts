/** W1 Two stock clients come from the first turn to the kept transcript. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin, couple, until } from '../support/person.ts';
import { playThrough } from '../support/play-through.ts';
import { type ServerProcess, startServer, storeFolder } from '../support/start-server.ts';

const folder = storeFolder();
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ store: folder.url });
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

test('W1 two stock clients play take-turns from the first turn to the kept transcript', async () => {
  const both = await couple(server.origin);
  const { a, b, sessionId } = both;
  await begin(both);
  expect(await playThrough(both)).toEqual(
    'A,B,A,B,A,B,A,B,A,B,A,B'.split(',').map((letter) => `partner${letter}`),
  );
  await until(
    () => a.doc.getText('turn:t1').toString() === b.doc.getText('turn:t1').toString(),
    'equal screens',
  );
  for (const one of [a, b])
    expect(await one.say({ type: 'consent.save', keep: true })).toMatchObject({ ok: true });
  expect(await a.say({ type: 'session.close' })).toMatchObject({ ok: true });
  await b.sees((view) => view.phase === 'sealed', 'the end');
  const response = await fetch(`${server.origin}/api/sessions/${sessionId}/transcript`, {
    headers: { authorization: `Bearer ${b.token}` },
  });
  expect(response.status).toBe(200);
  const transcript = (await response.json()) as {
    turns: { name: string; text: string; kind: string }[];
    promises: unknown[];
  };
  expect(transcript.turns.map((turn) => `${turn.name} ${turn.kind}`)).toEqual([
    'Sam speak',
    'Alex mirror',
    'Alex respond',
    'Alex speak',
    'Sam mirror',
    'Sam respond',
    'Sam learn',
    'Alex learn',
  ]);
  expect(transcript.turns[0]?.text).toBe('words of partnerA in t1');
  expect(transcript.promises).toHaveLength(2);
  a.leave();
  b.leave();
});
