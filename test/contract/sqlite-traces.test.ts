/** L8 L9 What was replaced or erased is in no file. */
import { DatabaseSync } from 'node:sqlite';
import { createFaults } from '@mend/server/store';
import { expect, test } from 'vitest';
import { cleanups, entry, file, id, open, traces } from '../support/store-file.ts';

test('L8 what a snapshot replaced is in no file within one second', async () => {
  const store = await open();
  await store.create(id('s'), 1);
  await store.create(id('other'), 1);
  await store.append({ session: id('other'), expect: 0, entries: [entry('word-of-another', 'update')] });
  const long = `word-long${'-'.repeat(9000)}word-end`;
  await store.append({
    session: id('s'),
    expect: 0,
    entries: [
      entry('word-1', 'update'),
      entry(long, 'update'),
      entry(`word-old${long}`, 'snapshot'),
      entry('word-2', 'update'),
    ],
  });
  const secrets = ['word-1', 'word-2', 'word-long', 'word-end', 'word-old'];
  expect(traces('word-2')).not.toEqual([]);
  await store.append({ session: id('s'), expect: 4, entries: [entry('what-stays', 'snapshot')] });
  await expect.poll(() => traces(...secrets), { timeout: 1000, interval: 10 }).toEqual([]);
  expect(traces('what-stays', 'word-of-another')).toEqual([
    'mend.db: what-stays',
    'mend.db: word-of-another',
  ]);
});

test('L8 while another program reads the file it is tried until it took', async () => {
  const faults = createFaults();
  const store = await open({ faults: faults.words });
  await store.create(id('s'), 1);
  await store.append({ session: id('s'), expect: 0, entries: [entry('word-1', 'update')] });
  const reader = new DatabaseSync(file, { readOnly: true });
  cleanups.push(() => reader.isOpen && reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM entry').get();
  faults.set('checkpoint', 'busy', 2);
  await store.append({ session: id('s'), expect: 1, entries: [entry('what-stays', 'snapshot')] });
  let erased = false;
  const erasing = store.erase(id('nobody')).finally(() => {
    erased = true;
  });
  // Others go on, and the erasure does not say that it is done.
  for (let head = 2; head < 40; head += 1) {
    expect(await store.append({ session: id('s'), expect: head, entries: [entry('event')] })).toMatchObject({
      ok: true,
    });
  }
  expect([erased, traces('word-1').length > 0]).toEqual([false, true]);
  reader.exec('COMMIT');
  await expect.poll(() => traces('word-1'), { timeout: 1000, interval: 10 }).toEqual([]);
  expect(await erasing).toEqual({ ok: true, existed: false });
});

test('L9 when an erasure is answered its bytes are in no file', async () => {
  const store = await open();
  await store.create(id('s'), 1);
  await store.append({
    session: id('s'),
    expect: 0,
    entries: [entry('word-event'), entry('word-update', 'update'), entry('word-snapshot', 'snapshot')],
  });
  await store.erase(id('s'));
  expect(traces('word-event', 'word-update', 'word-snapshot')).toEqual([]);
});
