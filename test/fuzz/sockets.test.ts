import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MeasuredServer, startMeasured } from '../support/measured-server.ts';
import { begin, type Couple, couple, type Person, three, until } from '../support/person.ts';
import { awarenessFrame, rawDocument } from '../support/raw-document.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { storeFolder } from '../support/start-server.ts';
import { sceneryOf } from './forge.ts';
import { createFrameSource } from './frames.ts';
import { answered, packet, request, sendBytes, sendPackets } from './packets.ts';

const FRAMES = 20_000;
const PACKETS = 2_000;
const REQUESTS = 500;
/** How many connections are open at once. */
const ABREAST = 16;

const folder = storeFolder();
let server: MeasuredServer;
beforeAll(async () => {
  server = await startMeasured(folder.url);
});
afterAll(async () => {
  await server.end();
  folder.remove();
});

/** Runs `work` until it says that there is nothing left, many times at once. */
const abreast = (work: () => Promise<boolean>): Promise<unknown> =>
  Promise.all(
    Array.from({ length: ABREAST }, async () => {
      while (await work());
    }),
  );

/** Every connection that is lost on either channel, also one that comes back. */
function lossesOf(people: readonly Person[]): readonly string[] {
  const losses: string[] = [];
  for (const { seat, socket, provider } of people) {
    socket.on('disconnect', (why) => losses.push(`${seat}: ${why}`));
    provider.on('connection-close', (end: { code: number; reason: string } | null) =>
      losses.push(`${seat}: ${end?.code} ${end?.reason}`),
    );
  }
  return losses;
}

/** Two who write to each other all the while; answers what they have written once they are told to stop. */
function writing({ a, b }: Couple): { stop(): Promise<void>; words(): number } {
  let isOver = false;
  let words = 0;
  let text = '';
  const done = (async () => {
    while (!isOver) {
      text += `${words} `;
      a.write(`${words++} `);
      await until(() => b.text('t1').toString() === text, 'the words beside it', 20_000);
    }
  })();
  return {
    words: () => words,
    async stop() {
      isOver = true;
      await done;
    },
  };
}

test('F3 20,000 frames over sockets: the server lives, and the couple beside them loses nothing', async () => {
  const random = seededRandom(3);
  const source = createFrameSource(random);
  const beside = await couple(server.origin);
  await begin(beside);
  const attacked = await three(server.origin);
  await begin(attacked);
  const lost = lossesOf([beside.a, beside.b, attacked.c]);
  const talk = writing(beside);
  const names = [attacked.a, attacked.b].map((person) => ({ person, clientId: random.int(2 ** 32) }));
  let left = FRAMES;

  await abreast(async () => {
    if (left <= 0) return false;
    const { person, clientId } = random.pick(names);
    source.look(
      sceneryOf(
        attacked.c.doc,
        ['t1'],
        names.map((one) => one.clientId),
      ),
      [clientId],
    );
    const raw = await rawDocument(server.origin, person);
    raw.send(awarenessFrame([clientId, 0, {}]));
    // Where one closes the connection, what comes after it is read and thrown away.
    for (let burst = 1 + random.int(8); burst > 0; burst--, left--) raw.send(source.next(clientId));
    await Promise.race([answered(raw.ws), raw.whenClosed]);
    raw.ws.terminate();
    return true;
  });
  let packets = PACKETS;
  await abreast(async () => {
    if (packets <= 0) return false;
    const few = Array.from({ length: 20 }, () => packet(random));
    packets -= few.length;
    await sendPackets(server.origin, random.pick(names).person.token, few);
    return true;
  });
  let requests = REQUESTS;
  await abreast(async () => {
    if (requests-- <= 0) return false;
    await sendBytes(server.origin, request(random));
    return true;
  });

  await talk.stop();
  const { stalls, faults, longest } = await server.measure();
  expect({ alive: server.isAlive(), lost, stalls, faults }, `${longest} ms`).toEqual({
    alive: true,
    lost: [],
    stalls: 0,
    faults: 0,
  });
  expect(talk.words()).toBeGreaterThan(20);
  expect(attacked.c.doc.store.pendingStructs).toBe(null);
  for (const one of [beside.a, beside.b, attacked.a, attacked.b, attacked.c]) one.leave();
});
