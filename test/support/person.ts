import type { View } from '@mend/core';
import type { CommandAck, NoticeMessage, SavedMessage } from '@mend/protocol';
import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

// Every y-websocket provider listens for the end of the process.
process.setMaxListeners(0);

/** A person as a program: stock Socket.IO and y-websocket clients, nothing of ours. */

export interface Invites {
  readonly sessionId: string;
  readonly invites: Readonly<Record<string, string>>;
}

export interface Joined {
  readonly sessionId: string;
  readonly seat: string;
  readonly token: string;
}

export async function post(
  origin: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

export async function createSession(origin: string, withCounsellor = false): Promise<Invites> {
  const response = await post(origin, '/api/sessions', { withCounsellor });
  if (response.status !== 201) throw new Error(`no session: ${response.status}`);
  return (await response.json()) as Invites;
}

export async function join(origin: string, invite: string, name: string): Promise<Joined> {
  const response = await post(origin, '/api/join', { invite, name });
  if (response.status !== 200) throw new Error(`not joined: ${response.status}`);
  return (await response.json()) as Joined;
}

/** Resolves once `look` is true, asked again at every `tick`; rejects when the time is over. */
export async function until(look: () => boolean, what: string, ms = 8_000): Promise<void> {
  const end = performance.now() + ms;
  while (!look()) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((next) => setTimeout(next, 5));
  }
}

export interface Person {
  readonly seat: string;
  readonly token: string;
  readonly sessionId: string;
  readonly socket: Socket;
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly views: View[];
  readonly saved: SavedMessage[];
  readonly notices: NoticeMessage[];
  /** How the document's socket was closed for good, if it was. */
  readonly closed: { code: number; reason: string }[];
  view(): View;
  say(command: object): Promise<CommandAck>;
  /** Waits for a view that shows something. */
  sees(look: (view: View) => boolean, what: string): Promise<View>;
  text(turn: string): Y.Text;
  /** Writes at the end of the turn that is open now, as one edit. */
  write(words: string): void;
  /** Ends the own turn, with the own state vector. */
  done(): Promise<CommandAck>;
  leave(): void;
}

/** Takes both channels of a seat. Resolves when the first view and the document are here. */
export async function connect(origin: string, joined: Joined, clientId?: number): Promise<Person> {
  const { sessionId, seat, token } = joined;
  const socket = io(origin, {
    auth: { token },
    transports: ['websocket'],
    reconnectionDelay: 50,
    forceNew: true,
  });
  const views: View[] = [];
  const saved: SavedMessage[] = [];
  const notices: NoticeMessage[] = [];
  const closed: { code: number; reason: string }[] = [];
  socket.on('view', (view: View) => views.push(view));
  socket.on('saved', (mark: SavedMessage) => saved.push(mark));
  socket.on('notice', (notice: NoticeMessage) => notices.push(notice));
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  const provider = new WebsocketProvider(`${origin.replace('http', 'ws')}/sync`, sessionId, doc, {
    params: { token },
    disableBc: true,
    maxBackoffTime: 300,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  provider.on('closed', (event: { code: number; reason: string }) => closed.push(event));
  // The stock handler of an auth message only warns on the console.
  provider.messageHandlers[2] = () => {};
  const person: Person = {
    seat,
    token,
    sessionId,
    socket,
    doc,
    provider,
    views,
    saved,
    notices,
    closed,
    view() {
      const view = views.at(-1);
      if (!view) throw new Error('no view yet');
      return view;
    },
    say: (command) => socket.timeout(10_000).emitWithAck('command', command) as Promise<CommandAck>,
    async sees(look, what) {
      await until(() => views.length > 0 && look(person.view()), `${seat} sees ${what}`);
      return person.view();
    },
    text: (turn) => doc.getText(`turn:${turn}`),
    write(words) {
      const turn = person.view().floor.turn;
      if (!turn) throw new Error('no turn is open');
      const text = person.text(turn);
      text.insert(text.length, words);
    },
    done: () =>
      person.say({
        type: 'turn.done',
        stateVector: Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
        turn: person.view().floor.turn,
      }),
    leave() {
      socket.disconnect();
      provider.destroy();
      doc.destroy();
    },
  };
  await until(() => views.length > 0 && provider.synced, `${seat} is connected`);
  return person;
}

export interface Couple {
  readonly a: Person;
  readonly b: Person;
  readonly sessionId: string;
}

/** Two partners in a live session, with no exercise begun. */
export async function couple(origin: string): Promise<Couple> {
  const { sessionId, invites } = await createSession(origin);
  const a = await connect(origin, await join(origin, invites.partnerA ?? '', 'Sam'));
  const b = await connect(origin, await join(origin, invites.partnerB ?? '', 'Alex'));
  await a.say({ type: 'lobby.ready', ready: true });
  await b.say({ type: 'lobby.ready', ready: true });
  await Promise.all([a, b].map((one) => one.sees((view) => view.phase === 'live', 'a live session')));
  return { a, b, sessionId };
}

/** Two partners and a counsellor, who has let both in. */
export interface Three extends Couple {
  readonly c: Person;
}

export async function three(origin: string): Promise<Three> {
  const { sessionId, invites } = await createSession(origin, true);
  const c = await connect(origin, await join(origin, invites.counsellor ?? '', 'Kim'));
  const a = await connect(origin, await join(origin, invites.partnerA ?? '', 'Sam'));
  const b = await connect(origin, await join(origin, invites.partnerB ?? '', 'Alex'));
  for (const seat of ['partnerA', 'partnerB']) await c.say({ type: 'lobby.admit', seat });
  for (const one of [a, b]) await one.say({ type: 'lobby.ready', ready: true });
  await Promise.all([a, b, c].map((one) => one.sees((view) => view.phase === 'live', 'a live session')));
  return { a, b, c, sessionId };
}

/** The document and the command channel of a seat that is taken already, on one more device. */
export const secondDevice = (origin: string, { sessionId, seat, token }: Person): Promise<Person> =>
  connect(origin, { sessionId, seat, token });

/** Both confirm an exercise, and its first turn is open. */
export async function begin({ a, b }: Couple, exercise = 'take-turns', first = 'partnerA'): Promise<void> {
  await a.say({ type: 'exercise.start', exercise, first });
  for (const one of [a, b]) {
    await one.sees((view) => view.moment?.kind === 'confirm', 'the opening');
    await one.say({ type: 'moment.answer', choice: 'yes' });
  }
  await Promise.all([a, b].map((one) => one.sees((view) => view.floor.status === 'held', 'the first turn')));
}
