import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Seat, type SessionId, type StoredEntry, sessionId, viewOf } from '@mend/core';
import { shelf } from '@mend/exercises';
import { openEncryptedStore } from '@mend/server/keys';
import { createDirectory, type Directory, type DocumentPeer, type SessionActor } from '@mend/server/session';
import { createFaults, type Faults, type LogStore } from '@mend/server/store';
import * as Y from 'yjs';
import { manualClock } from '../support/manual-clock.ts';

/** What the store had answered for at some moment. */
export interface Answered {
  /** How much of the WAL the last of it takes. */
  readonly walBytes: number;
  readonly logs: ReadonlyMap<SessionId, readonly StoredEntry[]>;
}

/** The files of a store, as they lie on the disk while it is open, and everything it has answered for up to then. */
export interface LivedIn {
  readonly files: ReadonlyMap<string, Buffer>;
  /** From the last time the WAL was empty; the last one is what the files hold. */
  readonly answered: readonly Answered[];
}

export const STORE = 'mend.db';
const SESSIONS = ['a', 'b', 'c'].map((letter) => sessionId(letter.repeat(26)));
/** How many times a word is typed, a turn passed or an answer given after the WAL was emptied. */
const STEPS = 24;

/** Same bytes, same digest. */
export const digestOf = (entries: readonly StoredEntry[]): string => {
  const hash = createHash('sha256');
  for (const { seq, at, kind, body } of entries)
    hash.update(`${seq} ${at} ${kind} ${body.length} `).update(body);
  return hash.digest('base64');
};

/** Three sessions that are under way: two of them partly in the main file and partly in the WAL, one in the WAL alone. */
export async function livedInStore(folder: string): Promise<LivedIn> {
  const file = join(folder, 'store', STORE);
  mkdirSync(join(folder, 'store'));
  const first = await open(file);
  const [a, b, c] = SESSIONS;
  if (!a || !b || !c) throw new Error('three sessions');
  for (const id of [a, b]) {
    const talk = await arrive(first, id, async () => {});
    for (let step = 0; step < STEPS; step++) await talk.goOn();
  }
  await first.store.close();

  const second = await open(file);
  // Nothing is taken over into the main file from now on.
  second.faults.set('checkpoint', 'busy');
  const answered: Answered[] = [];
  const note = async (ids: readonly SessionId[]): Promise<void> => {
    const logs = await Promise.all(ids.map(async (id) => [id, await entriesOf(second.store, id)] as const));
    answered.push({ walBytes: sizeOf(`${file}-wal`), logs: new Map(logs) });
  };
  await note([a, b]);
  const talks = [await talkOf(second.directory, a), await talkOf(second.directory, b)];
  for (let step = 0; step < STEPS; step++) {
    await talks[step % talks.length]?.goOn();
    await note([a, b]);
  }
  await arrive(second, c, () => note([a, b, c]));
  // By another process: see the warning at `takeLock`.
  const copy = join(folder, 'copy');
  execFileSync('cp', ['-R', join(folder, 'store'), copy]);
  second.faults.clear('checkpoint');
  await second.store.close();
  const names = readdirSync(copy).filter((name) => !/-(?:lock|shm)$/.test(name));
  return { files: new Map(names.map((name) => [name, readFileSync(join(copy, name))])), answered };
}

interface Opened {
  readonly store: LogStore;
  readonly directory: Directory;
  readonly faults: Faults;
}

async function open(file: string): Promise<Opened> {
  const faults = createFaults();
  const store = await openEncryptedStore(`sqlite:${file}`, { keyFile: null, faults: faults.words });
  if (!store.ok) throw new Error(store.error.sentence);
  const directory = createDirectory({ store: store.value, clock: manualClock(), shelf, onLost: () => {} });
  return { store: store.value, directory, faults };
}

async function entriesOf(store: LogStore, id: SessionId): Promise<readonly StoredEntry[]> {
  const read = await store.read(id, 1, 100_000);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function sizeOf(path: string): number {
  return statSync(path).size;
}

interface Talk {
  /** One more word, a turn that is passed on, or an answer: in the log when it resolves. */
  goOn(): Promise<void>;
}

/** Everything up to the first question of an exercise; `done` after each step that is in the log. */
async function arrive({ store, directory }: Opened, id: SessionId, done: () => Promise<void>): Promise<Talk> {
  const clock = manualClock();
  await store.create(id, clock.now());
  await done();
  const talk = await talkOf(directory, id);
  const { actor } = talk;
  const invites = { partnerA: 'a', partnerB: 'b' };
  actor.commit([{ type: 'session-created', withCounsellor: false, invites, until: clock.now() }], null);
  await actor.durable();
  await done();
  for (const seat of ['partnerA', 'partnerB'] as const) {
    actor.commit([{ type: 'seat-joined', seat, name: `name of ${seat}`, tokenHash: seat }], null);
    await actor.durable();
    await done();
    await said(actor, seat, { type: 'lobby.ready', ready: true });
    await done();
  }
  await said(actor, 'partnerA', { type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
  await done();
  return talk;
}

/** Both people at one keyboard. */
async function talkOf(directory: Directory, id: SessionId): Promise<Talk & { readonly actor: SessionActor }> {
  const opened = await directory.open(id);
  if (!opened.ok) throw new Error(opened.error);
  const actor = opened.value;
  const writers = new Map<Seat, { readonly peer: DocumentPeer; readonly doc: Y.Doc }>();
  let words = 0;

  function write(seat: Seat, turn: string): void {
    const writer = writers.get(seat) ?? writerFor(seat);
    writers.set(seat, writer);
    const before = Y.encodeStateVector(writer.doc);
    const text = writer.doc.getText(`turn:${turn}`);
    text.insert(text.length, `word ${++words} `);
    if (actor.update(writer.peer, Y.encodeStateAsUpdate(writer.doc, before)) !== 'taken')
      throw new Error('words were not taken in');
  }

  function writerFor(seat: Seat) {
    const peer: DocumentPeer = { seat, send: () => {}, deny: () => {}, close: () => {} };
    actor.attachDocument(peer);
    return { peer, doc: new Y.Doc() };
  }

  return {
    actor,
    async goOn() {
      const view = viewOf(actor.session, 'partnerA', { shelf, language: 'en', at: actor.session.createdAt });
      const { floor, moment } = view;
      if (moment && moment.waitingFor.length > 0) {
        const [seat = 'partnerA'] = moment.waitingFor;
        const choice = moment.choices[0]?.id ?? 'yes';
        await said(actor, seat, { type: 'moment.answer', choice, moment: moment.id });
      } else if (floor.holder !== null && floor.turn !== null) {
        // Three words to a turn.
        if (words % 4 < 3) write(floor.holder, floor.turn);
        else {
          words += 1;
          await said(actor, floor.holder, { type: 'turn.done', stateVector: 'AA==', turn: floor.turn });
        }
      } else throw new Error('nothing goes on');
      if (!(await actor.durable())) throw new Error('not durable');
    },
  };
}

async function said(actor: SessionActor, seat: Seat, command: object): Promise<void> {
  const ack = await actor.command(seat, command);
  if (!ack.ok) throw new Error(`${JSON.stringify(command)}: ${ack.error.code}`);
}
