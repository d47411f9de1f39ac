import type { View } from '@mend/core';
import { seatCookie } from '@mend/protocol';
import { onTestFinished } from 'vitest';
import { begin, connect, createSession, type Joined, join, type Person } from '../../support/person.ts';
import { HOST_NAME, type Phone, type PhoneOptions, phone } from './phones.ts';
import { pageOrigin, type Room } from './room.ts';
import type { Stage } from './stage.ts';

/** Two people whose way in is not what a test is about: their seats are taken by programs, then shown on phones. */

export interface SeatedRoom extends Room {
  readonly seats: { readonly sam: Joined; readonly alex: Joined };
  readonly url: string;
  /** A client without our screen, with the same seat as the phone's. */
  raw(who: 'sam' | 'alex'): Promise<Person>;
  /** What either page wrote to its console as an error, or threw. */
  faults(): readonly string[];
}

/**
 * Closed when the test ends, with every client without a screen.
 *
 * @param at how far they are: in the lobby, before the choice of an exercise, or in its first turn, which is Sam's
 */
export async function seatedRoom(
  stage: Stage,
  at: 'lobby' | 'choose' | 'turn',
  options: PhoneOptions = {},
): Promise<SeatedRoom> {
  const { sessionId, invites } = await createSession(stage.origin);
  const seats = {
    sam: await join(stage.origin, invites.partnerA ?? '', 'Sam'),
    alex: await join(stage.origin, invites.partnerB ?? '', 'Alex'),
  };
  if (at !== 'lobby') await bringTo(stage.origin, seats, at);
  const sam = await phone(stage.browser, options);
  const alex = await phone(stage.browser, options);
  const closing: (() => unknown)[] = [() => sam.context.close(), () => alex.context.close()];
  onTestFinished(async () => {
    for (const close of closing) await close();
  });
  const url = `${pageOrigin(stage.port)}/s/${sessionId}`;
  await seat(sam, seats.sam);
  await seat(alex, seats.alex);
  await Promise.all([sam, alex].map(({ page }) => page.goto(url)));
  await Promise.all([sam, alex].map(({ page }) => page.getByRole('heading', { level: 1 }).waitFor()));
  return {
    sam,
    alex,
    sessionId,
    seats,
    url,
    async raw(who) {
      const one = await connect(stage.origin, seats[who]);
      closing.push(one.leave);
      return one;
    },
    faults: () => [...sam.faults, ...alex.faults],
  };
}

async function bringTo(origin: string, seats: SeatedRoom['seats'], at: 'choose' | 'turn'): Promise<void> {
  const [a, b] = await Promise.all([connect(origin, seats.sam), connect(origin, seats.alex)]);
  for (const one of [a, b]) await one.say({ type: 'lobby.ready', ready: true });
  for (const one of [a, b]) await one.sees(({ phase }) => phase === 'live', 'a live session');
  if (at === 'turn') await begin({ a, b, sessionId: seats.sam.sessionId });
  a.leave();
  b.leave();
}

/** The phone is given the seat's key, as joining through the screen would. */
async function seat({ context }: Phone, { sessionId, token }: Joined): Promise<void> {
  await context.addCookies([
    {
      name: seatCookie(sessionId),
      value: token,
      domain: HOST_NAME,
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    },
  ]);
}

/** Two programs go on, each with the answer that leads on and a few words a turn, until Sam's view looks so. */
export async function playOn(a: Person, b: Person, wanted: (view: View) => boolean): Promise<void> {
  for (let step = 0; step < 40; step++) {
    const view = await a.sees(isAtRest, 'somebody who is waited for');
    if (wanted(view)) return;
    const before = sceneOf(view);
    for (const one of [a, b]) await one.sees((seen) => sceneOf(seen) === before, 'the same scene');
    for (const one of [a, b]) await act(one, view);
    for (const one of [a, b]) await one.sees((seen) => sceneOf(seen) !== before, 'the next scene');
  }
  throw new Error('it did not come to that');
}

async function act(one: Person, { floor, moment }: View): Promise<void> {
  if (floor.holder === one.seat) {
    await one.say({ type: 'turn.here', clientId: one.doc.clientID });
    one.write('These are a few words.');
    await one.done();
  } else if (moment?.waitingFor.some((seat) => seat === one.seat)) {
    await one.say({ type: 'moment.answer', choice: moment.choices[0]?.id });
  }
}

const isAtRest = ({ floor, moment }: View): boolean =>
  floor.status === 'held' || (moment?.waitingFor.length ?? 0) > 0 || moment === null;

const sceneOf = ({ moment, floor }: View): string => `${moment?.id} ${floor.turn}`;
