import { isDeepStrictEqual } from 'node:util';
import { readStored, verify } from '@mend/core';
import { sha256 } from '@mend/server/session';
import type { Device, Word } from './device.ts';
import type { People } from './people.ts';
import { effectsIn, faultOf } from './said.ts';
import { startProcess } from './server-process.ts';
import { createWitness } from './witness.ts';
import type { World } from './world.ts';

/** Throws what is wrong with a life that has come to rest, if anything is. */
export async function verdictOn(world: World, people: People): Promise<void> {
  proven(world);
  await replaysTo(world);
  sameForAll(world);
  wordsKept(world, people);
  commandsKept(world, people);
}

/** From the stored log alone, and from all that it ever held. */
function proven({ id, store }: World): void {
  const head = store.history.at(-1)?.seq ?? 0;
  const history = verify(id, store.history, { sha256, head });
  if (!history.ok) throw new Error(`the history breaks at ${history.error.seq}: ${history.error.code}`);
  const { link } = history.value;
  const kept = verify(id, store.entries(id), { sha256, head, link, anchor: { seq: head, link } });
  if (!kept.ok) throw new Error(`the log breaks at ${kept.error.seq}: ${kept.error.code}`);
}

/** A server that has never seen this session reads from the log what the one that lives with it holds. */
async function replaysTo({ id, store, clock, server, witness }: World): Promise<void> {
  const fault = (what: string) => {
    throw new Error(what);
  };
  const fresh = startProcess({ store, clock, limits: true, fault });
  const [live, read] = [await server.directory.open(id), await fresh.directory.open(id)];
  fresh.kill();
  if (!live.ok || !read.ok) throw new Error('the session cannot be opened');
  if (!isDeepStrictEqual(live.value.session, read.value.session))
    throw new Error('what the log says is not what the server holds');
  for (const seat of ['partnerA', 'partnerB', 'counsellor'] as const) {
    const [one, other] = [live.value, read.value].map((actor) => actor.transcript(seat));
    if (!isDeepStrictEqual(one, other)) throw new Error(`the transcript of ${seat} is not what the log says`);
  }
  if (store.waiting > 0 || witness.session().head !== read.value.session.head)
    throw new Error('something is pending in the server');
}

function sameForAll({ id, start, store, devices, witness }: World): void {
  const session = witness.session();
  const reread = createWitness(id, start);
  reread.read(store.entries(id));
  for (const turn of session.turns) {
    const text = witness.textOf(turn.id);
    if (reread.textOf(turn.id) !== text) throw new Error(`the store reads ${turn.id} otherwise`);
    for (const device of devices) {
      const shown = device.doc.getText(`turn:${turn.id}`).toString();
      if (session.phase.is !== 'erased' && shown !== text)
        throw new Error(`${device.name} shows ${turn.id} otherwise than the log`);
    }
  }
  for (const { doc, name, view, seat } of devices) {
    if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error(`${name} has something pending`);
    if (view?.v !== session.seen[seat]) throw new Error(`${name} has not been shown what there is`);
  }
}

/** Every word that was called safe is there once; every other is there, or with the one who wrote it. */
function wordsKept({ devices, witness }: World, { erased }: People): void {
  const session = witness.session();
  const everything = session.turns.map((turn) => witness.textOf(turn.id)).join('');
  for (const device of devices) for (const word of device.typed) wordKept(device, word);

  function wordKept({ saved, drafts }: Device, { mark, clientId, clock }: Word): void {
    const isSafe = clock <= (saved.get(clientId) ?? 0);
    const times = everything.split(mark).length - 1;
    if (times > 1) throw new Error(`${mark} is there ${times} times`);
    if (erased.has(mark) || session.phase.is === 'erased') return;
    if (isSafe && times !== 1) throw new Error(`${mark} was called safe and is not there`);
    if (!isSafe && times === 1) throw new Error(`${mark} is there and was never called safe`);
    if (times === 0 && !drafts.has(mark)) throw new Error(`${mark} is lost`);
  }
}

function commandsKept({ store, devices, isUnsure }: World, { said }: People): void {
  const effects = effectsIn(store.history.map(readStored));
  for (const one of said) {
    const fault = faultOf(one, effects, isUnsure);
    if (fault) throw new Error(`${fault}: ${JSON.stringify(one)}`);
    const v = Math.max(0, ...one.acks.map((ack) => (ack.ok ? ack.v : 0)));
    const shown = devices.filter(({ seat }) => seat === one.seat).map(({ view }) => view?.v ?? 0);
    if (shown.some((now) => now < v))
      throw new Error(`${one.command.type} was acknowledged for a view that never came`);
  }
}
