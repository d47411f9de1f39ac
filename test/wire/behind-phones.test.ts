/**
 * W113 A store that was put back to an earlier time, seen by the web client: own words that the server lost go back
 * into their turn where it is still open, and are a private draft otherwise; what the other wrote is never sent as
 * one's own; every phone comes to rest, and shows what the server has.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSession, type Joined, join, until } from '../support/person.ts';
import { openPhone, type Phone } from '../support/phone.ts';
import { type RestorableServer, restorableServer } from '../support/restorable-server.ts';

const PATIENCE = { timeout: 8_000 };

let server: RestorableServer;
let phones: Phone[] = [];

beforeEach(async () => {
  server = await restorableServer();
  phones = [];
});
afterEach(async () => {
  for (const { client } of phones) client.destroy();
  await server.stop();
});

const viewOf = ({ client }: Phone) => client.snapshot().view;
const isLive = (phone: Phone): boolean =>
  phone.control.status() === 'live' && phone.document.view().status === 'live';
const isCutOff = (phone: Phone): boolean =>
  phone.control.status() !== 'live' && phone.document.view().status !== 'live';

async function open(joined: Joined): Promise<Phone> {
  const phone = openPhone(server.origin, joined);
  phones.push(phone);
  await until(() => isLive(phone) && phone.document.view().synced, 'a phone is there');
  return phone;
}

/** Two phones in the first turn, which is the first one's. */
async function writing() {
  const { sessionId, invites } = await createSession(server.origin);
  const [asSam, asAlex] = [
    await join(server.origin, invites.partnerA ?? '', 'Sam'),
    await join(server.origin, invites.partnerB ?? '', 'Alex'),
  ];
  const [sam, alex] = [await open(asSam), await open(asAlex)];
  const lobby = server.backup();
  for (const { client } of [sam, alex]) await client.say({ type: 'lobby.ready', ready: true });
  await until(() => viewOf(sam)?.phase === 'live', 'a live session');
  await sam.client.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
  for (const { client } of [sam, alex]) {
    await until(() => client.snapshot().view?.moment?.kind === 'confirm', 'the opening');
    await client.say({ type: 'moment.answer', choice: 'yes' });
  }
  for (const phone of [sam, alex]) await until(() => viewOf(phone)?.floor.turn === 't1', 'the first turn');
  // As the field does when it is opened: after a new document this is still the page that writes.
  await sam.client.takePen();
  return { sam, alex, asAlex, sessionId, lobby };
}

const read = (phone: Phone, turn: string, words: string) =>
  until(
    () => phone.text(turn) === words,
    `${viewOf(phone)?.you} reads “${words}”, not “${phone.text(turn)}”`,
  );
/** A page that has the old view still may try the turn first that it knew. */
const keeps = (phone: Phone, ...words: readonly string[]) =>
  until(
    () => JSON.stringify(phone.drafts()) === JSON.stringify(words),
    `${viewOf(phone)?.you} keeps ${words.join(', ') || 'nothing'}`,
  );
const saved = (phone: Phone) => until(() => phone.document.isSaved(), 'all is saved');
const pass = ({ client, document }: Phone, turn: string) =>
  client.say({ type: 'turn.done', stateVector: document.stateVector(), turn });

async function putBack(backup: ReturnType<RestorableServer['backup']>): Promise<void> {
  await server.stop();
  for (const phone of phones) await until(() => isCutOff(phone), 'nobody is there');
  await server.start(backup);
  for (const phone of phones) await until(() => isLive(phone), 'everybody is there again');
}

/** What a turn reads for somebody who has seen nothing before. */
async function onServer(joined: Joined, turn: string): Promise<string> {
  const response = await fetch(`${server.origin}/api/sessions/${joined.sessionId}/transcript`, {
    headers: { authorization: `Bearer ${joined.token}` },
  });
  const { turns } = (await response.json()) as { turns: { id: string; text: string }[] };
  return turns.find(({ id }) => id === turn)?.text ?? '';
}

test('W113 the turn is still open, and its words come back as they were', async () => {
  const { sam, alex, asAlex } = await writing();
  sam.write('t1', 'kept ');
  await read(alex, 't1', 'kept ');
  const backup = server.backup();
  sam.write('t1', 'and lost');
  await read(alex, 't1', 'kept and lost');
  await saved(sam);
  await putBack(backup);

  for (const phone of [sam, alex]) await read(phone, 't1', 'kept and lost');
  await saved(sam);
  await expect.poll(() => onServer(asAlex, 't1'), PATIENCE).toBe('kept and lost');
  expect([sam.drafts(), alex.drafts()]).toEqual([[], []]);
  expect(sam.refusals).toEqual([]);
});

test('W113 the turn is open again: the one’s words go back into it, the other’s are a draft, and both are told', async () => {
  const { sam, alex, asAlex, sessionId } = await writing();
  sam.write('t1', 'kept ');
  await read(alex, 't1', 'kept ');
  const backup = server.backup();
  sam.write('t1', 'and lost');
  await saved(sam);
  await pass(sam, 't1');
  await until(() => viewOf(alex)?.floor.turn === 't2', 'the next turn');
  alex.write('t2', 'I heard you');
  await read(sam, 't2', 'I heard you');
  await saved(alex);
  await putBack(backup);

  for (const phone of [sam, alex]) {
    await until(() => (viewOf(phone)?.behind ?? null) !== null, 'everybody is told');
    await read(phone, 't1', 'kept and lost');
    expect(phone.text('t2')).toBe('');
  }
  await saved(sam);
  await expect.poll(() => onServer(asAlex, 't1'), PATIENCE).toBe('kept and lost');
  await keeps(sam);
  await keeps(alex, 'I heard you');
  expect([sam.refusals, alex.refusals]).toEqual([['behind'], ['behind']]);

  // The second turn comes a second time. What was written in the lost one waits for its writer to put it there.
  await pass(sam, 't1');
  await until(() => viewOf(alex)?.floor.turn === 't2', 'the next turn');
  alex.write('t2', 'anew');
  await read(sam, 't2', 'anew');
  expect([sam.drafts(), alex.drafts()]).toEqual([[], ['I heard you']]);
  expect([viewOf(sam)?.behind, viewOf(alex)?.behind]).toEqual([null, null]);
  expect(server.facts(sessionId).filter((type) => type === 'log-behind')).toHaveLength(1);
});

test('W113 no word was lost, only that there was a pause: both are told all the same, and once', async () => {
  const { sam, alex, sessionId } = await writing();
  sam.write('t1', 'kept');
  await read(alex, 't1', 'kept');
  const backup = server.backup();
  await alex.client.say({ type: 'pause.start' });
  for (const phone of [sam, alex]) await until(() => viewOf(phone)?.phase === 'paused', 'the pause');
  await putBack(backup);

  for (const phone of [sam, alex]) {
    await until(() => (viewOf(phone)?.behind ?? null) !== null, 'everybody is told');
    expect(viewOf(phone)).toMatchObject({ phase: 'live', floor: { status: 'held', turn: 't1' } });
    expect([phone.text('t1'), phone.refusals]).toEqual(['kept', []]);
  }
  await putBack(server.backup());
  await pass(sam, 't1');
  await until(() => viewOf(alex)?.floor.turn === 't2', 'the next turn');
  // The page has seen less than before now, and does not bring it up again.
  await putBack(server.backup());
  for (const phone of [sam, alex]) await phone.client.say({ type: 'turn.ask', ask: true });
  expect([viewOf(sam)?.behind, viewOf(alex)?.behind]).toEqual([null, null]);
  expect(server.facts(sessionId).filter((type) => type === 'log-behind')).toHaveLength(1);
});

test('W113 words that the seat wrote on an earlier page come back too', async () => {
  const { sam, alex, asAlex } = await writing();
  await pass(sam, 't1');
  await until(() => viewOf(alex)?.floor.turn === 't2', 'the next turn');
  const backup = server.backup();
  alex.write('t2', 'on this page');
  await saved(alex);
  alex.client.destroy();
  phones = [sam];
  const reloaded = await open(asAlex);
  await read(reloaded, 't2', 'on this page');
  await read(sam, 't2', 'on this page');
  await putBack(backup);

  for (const phone of [sam, reloaded]) await read(phone, 't2', 'on this page');
  await saved(reloaded);
  await expect.poll(() => onServer(asAlex, 't2'), PATIENCE).toBe('on this page');
  expect([sam.drafts(), reloaded.drafts()]).toEqual([[], []]);
});

test('W113 there is no turn any more: everybody has the own words as a draft, and nobody the other’s', async () => {
  const { sam, alex, lobby } = await writing();
  sam.write('t1', 'what Sam said');
  await saved(sam);
  await pass(sam, 't1');
  await until(() => viewOf(alex)?.floor.turn === 't2', 'the next turn');
  alex.write('t2', 'what Alex heard');
  await read(sam, 't2', 'what Alex heard');
  await saved(alex);
  await putBack(lobby);

  for (const phone of [sam, alex]) {
    await until(() => (viewOf(phone)?.behind ?? null) !== null, 'everybody is told');
    expect(viewOf(phone)).toMatchObject({ phase: 'lobby', turns: [] });
    expect([phone.text('t1'), phone.text('t2')]).toEqual(['', '']);
    expect(phone.document.isSaved()).toBe(true);
    expect(phone.refusals).toEqual(['behind']);
  }
  await keeps(sam, 'what Sam said');
  await keeps(alex, 'what Alex heard');
});
