/** L6 What a crash leaves; L8 what it must not leave; L16 one server for one file. */
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { child, entry, file, id, open, refusal, texts, traces } from '../support/store-file.ts';

test('L6 ten kills in the midst of commits lose nothing that was answered and leave no gap', async () => {
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 10; round += 1) {
    const writer = child('append');
    await writer.line(2 + round * 13);
    await writer.kill();
    for (const said of writer.lines()) {
      if (Array.isArray(said))
        acknowledged.set(String(said[0]), Math.max(acknowledged.get(String(said[0])) ?? 0, Number(said[1])));
    }
    const store = await open();
    for (const name of ['s0', 's1', 's2', 's3']) {
      const log = await texts(store, name);
      expect(log.length).toBeGreaterThanOrEqual(acknowledged.get(name) ?? 0);
      expect(log).toEqual(log.map((_, index) => `${index + 1} ${name}/${index + 1}`));
      const row = await store.get(id(name));
      expect(row.ok && (row.value?.head ?? 0)).toBe(log.length);
    }
    await store.close();
  }
  expect([...acknowledged.values()].reduce((sum, head) => sum + head, 0)).toBeGreaterThan(300);
});

for (const [step, stored] of [
  ['begin', false],
  ['write', false],
  ['commit', false],
  ['answer', true],
  ['checkpoint', true],
] as const) {
  test(`L6 a crash at ${step} leaves the batch ${stored ? 'whole' : 'out'}, and the next one goes on from there`, async () => {
    const crashing = child(`crash at ${step}`);
    await once(crashing.process, 'exit');
    expect(crashing.process.signalCode).toBe('SIGKILL');
    await crashing.line(Number.POSITIVE_INFINITY);
    expect(crashing.lines()).toEqual(step === 'checkpoint' ? ['appended', 'answered'] : ['appended']);
    const store = await open();
    expect(await texts(store, 's')).toEqual(stored ? ['3 what stays'] : ['1 taken-back-1', '2 taken-back-2']);
    expect(
      await store.append({ session: id('s'), expect: stored ? 3 : 2, entries: [entry('x')] }),
    ).toMatchObject({ ok: true });
  });
}

test('L8 after a crash before the WAL was truncated it is truncated at the next start', async () => {
  const crashing = child('crash at checkpoint');
  await once(crashing.process, 'exit');
  expect(traces('taken-back-1')).toEqual(['mend.db-wal: taken-back-1']);
  await open();
  expect(traces('taken-back-1', 'taken-back-2')).toEqual([]);
  expect(statSync(`${file}-wal`).size).toBe(0);
});

test('L16 a second server is refused, in this process and in another; a killed one leaves no lock', async () => {
  const holder = child('hold');
  await holder.line(1);
  expect(holder.lines()).toEqual(['open']);
  const fault = await refusal();
  expect(fault.why).toBe('locked');
  expect(fault.sentence).toContain(file);
  await holder.kill();
  const store = await open();
  expect((await refusal()).why).toBe('locked');
  const second = child('once');
  await second.line(1);
  expect(second.lines()).toEqual([fault]);
  await store.close();
  const third = child('once');
  await third.line(1);
  expect(third.lines()).toEqual(['open']);
});
