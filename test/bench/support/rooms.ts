import { createSession, type Joined, join } from '../../support/person.ts';
import { step1Frame } from '../../support/raw-document.ts';
import { type ControlChannel, type DocumentChannel, openControl, openDocument } from './channels.ts';
import type { Target, TargetName } from './target.ts';

/** Three people and their channels: one writes, the others read. On a peer there is the document's channel alone. */
export interface Room {
  readonly writer: DocumentChannel;
  readonly readers: readonly [DocumentChannel, DocumentChannel];
  readonly controls: readonly ControlChannel[];
  /** The root text that the writer may write in. */
  readonly text: string;
  /** Where each of the three connects to the document. */
  readonly paths: readonly [string, string, string];
  /** The seats; none on a peer. */
  readonly people: readonly Joined[];
  close(): Promise<void>;
}

/** How many are made at a time: many enough to be quick, few enough not to be a flood. */
const AT_ONCE = 25;

export async function inTurn<T>(count: number, make: (index: number) => Promise<T>): Promise<readonly T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => make(from + index));
    made.push(...(await Promise.all(some)));
  }
  return made;
}

/** Rooms whose first turn is open. */
export function openRooms(name: TargetName, target: Target, count: number): Promise<readonly Room[]> {
  return inTurn(count, (index) =>
    name === 'mend' ? ourRoom(target.origin) : peerRoom(target.origin, index),
  );
}

export async function closeRooms(rooms: readonly Room[]): Promise<void> {
  await inTurn(rooms.length, async (index) => rooms[index]?.close());
}

async function peerRoom(origin: string, index: number): Promise<Room> {
  const path = `/room-${index}`;
  return documents(origin, [path, path, path], { controls: [], people: [], text: 'turn:t1' });
}

async function ourRoom(origin: string): Promise<Room> {
  const people = await seats(origin);
  const controls = await Promise.all(people.map(({ token }) => openControl(origin, token)));
  await begin(controls);
  const turn = controls[0]?.view()?.floor.turn;
  if (!turn) throw new Error('no turn is open');
  return documents(origin, pathsOf(people), { controls, people, text: `turn:${turn}` });
}

/** Three seats that are taken: the partners', and the counsellor's. */
export async function seats(origin: string): Promise<readonly [Joined, Joined, Joined]> {
  const { invites } = await createSession(origin, true);
  const a = await join(origin, invites.partnerA ?? '', 'Sam');
  const b = await join(origin, invites.partnerB ?? '', 'Alex');
  const c = await join(origin, invites.counsellor ?? '', 'Kim');
  return [a, b, c];
}

export const pathsOf = (people: readonly [Joined, Joined, Joined]): [string, string, string] => {
  const [a, b, c] = people.map(({ sessionId, token }) => `/sync/${sessionId}?token=${token}`);
  return [a ?? '', b ?? '', c ?? ''];
};

/** From the lobby to the first turn, which the first of them holds. */
export async function begin(controls: readonly ControlChannel[]): Promise<void> {
  const [a, b, c] = controls;
  if (!a || !b || !c) throw new Error('three people are needed');
  for (const seat of ['partnerA', 'partnerB']) await c.say({ type: 'lobby.admit', seat });
  for (const one of [a, b]) await one.say({ type: 'lobby.ready', ready: true });
  await a.sees((view) => view.phase === 'live');
  await a.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
  for (const one of [a, b]) {
    await one.sees((view) => view.moment?.kind === 'confirm');
    await one.say({ type: 'moment.answer', choice: 'yes' });
  }
  await Promise.all(controls.map((one) => one.sees((view) => view.floor.status === 'held')));
}

async function documents(
  origin: string,
  paths: [string, string, string],
  room: Pick<Room, 'controls' | 'people' | 'text'>,
): Promise<Room> {
  const [writer, reader, observer] = await Promise.all([
    openDocument(origin, paths[0]),
    openDocument(origin, paths[1]),
    openDocument(origin, paths[2]),
  ]);
  for (const one of [writer, reader, observer]) one.ws.send(step1Frame(Uint8Array.of(0)));
  return {
    writer,
    readers: [reader, observer],
    ...room,
    paths,
    close: async () => {
      await Promise.all([writer, reader, observer, ...room.controls].map((one) => one.close()));
    },
  };
}
