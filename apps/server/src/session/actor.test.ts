import { emptySession, type Fact, millis, type Seat, sessionId, type View } from '@mend/core';
import { EXERCISES } from '@mend/exercises';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SessionActor } from './actor.ts';
import { readFrame } from './frames.ts';
import type { Appended } from './journal.ts';
import type { ControlPeer, DocumentPeer } from './peers.ts';
import { NO_WORDS } from './read-document.ts';

/** An actor whose commits and whose time the test commands. */
function table() {
  let time = 1_800_000_000_000;
  const timers = new Set<{ due: number; call: () => void }>();
  const commits: ((outcome: Appended) => void)[] = [];
  const lost: string[] = [];
  const actor = new SessionActor(emptySession(sessionId('a'.repeat(26)), millis(time)), NO_WORDS, {
    clock: {
      now: () => millis(time),
      after(ms, call) {
        const timer = { due: time + ms, call };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    shelf: new Map(EXERCISES.map((exercise) => [exercise.id, exercise])),
    append: () => new Promise((resolve) => commits.push(resolve)),
    lost(why) {
      lost.push(why);
      actor.dismiss(why);
    },
  });
  const commit = async (outcome: Appended = { ok: true }) => {
    commits.shift()?.(outcome);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  const join = (seat: Seat): Fact => ({ type: 'seat-joined', seat, name: seat, tokenHash: seat });
  return {
    actor,
    lost,
    commit,
    commits,
    async settle() {
      while (commits.length > 0) await commit();
    },
    pass(ms: number) {
      time += ms;
      for (const timer of [...timers]) {
        if (timer.due > time || !timers.delete(timer)) continue;
        timer.call();
      }
    },
    /** Two partners, live, with a turn beside any exercise held by one of them. */
    async live() {
      actor.commit([join('partnerA'), join('partnerB'), { type: 'session-opened' }], null);
      actor.commit([{ type: 'turn-opened', turn: 't1', seat: 'partnerA', kind: 'free', moment: null }], null);
      await this.settle();
    },
  };
}

function control(seat: Seat) {
  const views: View[] = [];
  const peer: ControlPeer = { seat, view: (view) => void views.push(view), saved() {}, notice() {} };
  return { peer, views };
}

function document(seat: Seat) {
  const frames: string[] = [];
  const peer: DocumentPeer = {
    seat,
    send: (frame) => void frames.push(readFrame(frame)?.is ?? 'other'),
    deny: (code, reason) => void frames.push(`${code} ${reason}`),
    close: (code) => void frames.push(String(code)),
  };
  return { peer, frames };
}

function words(text: string, clientId = 7) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getText('turn:t1').insert(0, text);
  return {
    update: Y.encodeStateAsUpdate(doc),
    vector: Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
  };
}

test('a channel that comes between two commits is shown the first, and the second only once it is durable', async () => {
  const { actor, commit, commits } = table();
  actor.commit([{ type: 'seat-joined', seat: 'partnerA', name: 'Sam', tokenHash: 'x' }], null);
  const { peer, views } = control('partnerA');
  actor.attachControl(peer);
  actor.commit([{ type: 'line-offered', text: 'not durable yet' }], null);
  await commit();
  expect([views.length, views[0]?.lines, commits.length]).toEqual([1, [], 1]);
  await commit();
  expect(views.at(-1)?.lines).toMatchObject([{ text: 'not durable yet' }]);
});

test('a channel that leaves before its first view is durable does not come to be there', async () => {
  const { actor, settle } = table();
  actor.commit([{ type: 'seat-joined', seat: 'partnerA', name: 'Sam', tokenHash: 'x' }], null);
  const { peer, views } = control('partnerA');
  actor.attachControl(peer);
  actor.detachControl(peer);
  await settle();
  expect([views.length, actor.idle]).toEqual([0, true]);
});

test('a command said twice while its words are under way ends one turn', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  const { update, vector } = words('late');
  const { peer } = document('partnerA');
  actor.attachDocument(peer);
  const said = [1, 2].map(() => actor.command('partnerA', { type: 'turn.done', stateVector: vector }));
  // The end of this turn would leave the floor open; a turn of the same seat that follows must not end with it.
  actor.update(peer, update);
  await scene.settle();
  const acks = await Promise.all(said);
  expect(acks.map((ack) => ack.ok)).toEqual([true, false]);
  expect(actor.session.turns.map(({ closedAt }) => closedAt !== null)).toEqual([true]);
});

test('what was said of a turn does not end the next one of the same seat', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  const said = actor.command('partnerA', { type: 'turn.done', stateVector: words('late').vector });
  const next = { type: 'turn-opened', turn: 't2', seat: 'partnerA', kind: 'free', moment: null } as const;
  actor.commit([{ type: 'turn-closed', turn: 't1' }, next], null);
  await scene.settle();
  expect(await said).toMatchObject({ ok: false, error: { code: 'turn-over' } });
  expect(actor.session.turns.map(({ closedAt }) => closedAt !== null)).toEqual([true, false]);
});

test('words that are missing for two seconds are said to be, and the turn stays', async () => {
  const scene = table();
  await scene.live();
  const said = scene.actor.command('partnerA', { type: 'turn.done', stateVector: words('never').vector });
  scene.pass(2_000);
  expect(await said).toMatchObject({ ok: false, error: { code: 'words-missing' } });
  expect(scene.actor.session.turns[0]?.closedAt).toBeNull();
});

test('an append that fails lets everybody go, answers what waits, and says so once', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  const { peer, frames } = document('partnerA');
  actor.attachDocument(peer);
  actor.update(peer, words('not written').update);
  const said = actor.command('partnerB', { type: 'turn.ask', ask: true });
  await scene.commit({ ok: false, why: 'cannot-write' });
  await scene.commit({ ok: false, why: 'conflict' });
  expect(await said).toMatchObject({ ok: false, error: { code: 'cannot-write' } });
  expect([scene.lost, frames.at(-1), actor.over]).toEqual([['cannot-write'], '4503', true]);
  expect(await actor.durable()).toBe(false);
});

test('a throw on the way costs this actor alone, and no half of it stays', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  expect(() => actor.commit([{ type: 'turn-closed', turn: 't9' }], null)).toThrow();
  expect([scene.lost, actor.over]).toEqual([['fault'], true]);
  const other = table();
  await other.live();
  const { peer } = control('partnerA');
  other.actor.commit([{ type: 'line-offered', text: 'x' }], null);
  other.actor.attachControl({
    ...peer,
    view: () => {
      throw new Error('a bug');
    },
  });
  await other.commit();
  expect(other.lost).toEqual(['fault']);
});

test('what comes after a refusal, and after the end, is ignored', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  const { peer, frames } = document('partnerB');
  actor.attachDocument(peer);
  expect(actor.update(peer, words('not mine', 8).update)).toBe('refused');
  const before = frames.length;
  expect(actor.update(peer, words('again', 8).update)).toBe('taken');
  actor.step1(peer, Uint8Array.of(0));
  actor.queryAwareness(peer);
  expect([frames.length, frames.at(-1)]).toEqual([before, '4403 not-your-turn']);
});

test('at the end all that was taken in is answered before anybody is let go', async () => {
  const scene = table();
  await scene.live();
  const { actor } = scene;
  const said = actor.command('partnerB', { type: 'turn.ask', ask: true });
  let isGone = false;
  const retired = actor.retire('going-down').then(() => {
    isGone = true;
  });
  await Promise.resolve();
  expect(isGone).toBe(false);
  await scene.settle();
  await retired;
  expect(await said).toMatchObject({ ok: true });
});
