import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin, type Couple, couple, type Person, until } from '../support/person.ts';
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

/** Acts on whatever the session waits for, as both people, until the exercise has ended; who acted, in order. */
async function playThrough({ a, b }: Couple): Promise<string[]> {
  const acted: string[] = [];
  const people: readonly Person[] = [a, b];
  for (let guard = 0; guard < 60; guard++) {
    const v = Math.max(a.view().v, b.view().v);
    const view = (await a.sees((one) => one.v >= v || one.exercise === null, 'the newest view'));
    if (view.exercise === null) return acted;
    const holder = people.find((one) => one.seat === view.floor.holder && view.floor.status === 'held');
    if (holder) {
      await holder.sees((one) => one.floor.turn === view.floor.turn, 'the own turn');
      holder.write(`words of ${holder.seat} in ${view.floor.turn}`);
      expect(await holder.done()).toMatchObject({ ok: true });
      acted.push(holder.seat);
      await Promise.all(people.map((one) => one.sees((next) => next.floor.turn !== view.floor.turn, 'the next moment')));
      continue;
    }
    const moment = view.moment;
    if (!moment) throw new Error('nobody is asked');
    for (const one of people) {
      const own = await one.sees((seen) => seen.moment?.id === moment.id, 'the same moment');
      if (!own.moment?.waitingFor.some((seat) => seat === one.seat)) continue;
      expect(await one.say({ type: 'moment.answer', choice: own.moment.choices[0]?.id, moment: moment.id })).toMatchObject({ ok: true });
      if (moment.waitingFor.length === 1) acted.push(one.seat);
    }
    await Promise.all(people.map((one) => one.sees((next) => next.moment?.id !== moment.id, 'the next moment')));
  }
  throw new Error('the exercise does not end');
}

test('W1 two stock clients play take-turns from the first turn to the kept transcript', async () => {
  const both = await couple(server.origin);
  const { a, b, sessionId } = both;
  await begin(both);
  expect(await playThrough(both)).toEqual(
    'A,B,A,B,A,B,A,B,A,B,A,B'.split(',').map((letter) => `partner${letter}`),
  );
  await until(() => a.doc.getText('turn:t1').toString() === b.doc.getText('turn:t1').toString(), 'equal screens');
  for (const one of [a, b]) expect(await one.say({ type: 'consent.save', keep: true })).toMatchObject({ ok: true });
  expect(await a.say({ type: 'session.close' })).toMatchObject({ ok: true });
  await b.sees((view) => view.phase === 'sealed', 'the end');
  const response = await fetch(`${server.origin}/api/sessions/${sessionId}/transcript`, {
    headers: { authorization: `Bearer ${b.token}` },
  });
  expect(response.status).toBe(200);
  const transcript = (await response.json()) as { turns: { name: string; text: string; kind: string }[]; promises: unknown[] };
  expect(transcript.turns.map((turn) => `${turn.name} ${turn.kind}`)).toEqual([
    'Sam speak', 'Alex mirror', 'Alex respond', 'Alex speak', 'Sam mirror', 'Sam respond', 'Sam learn', 'Alex learn',
  ]);
  expect(transcript.turns[0]?.text).toBe('words of partnerA in t1');
  expect(transcript.promises).toHaveLength(2);
  a.leave();
  b.leave();
});
