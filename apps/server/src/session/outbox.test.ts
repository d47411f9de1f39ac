import { expect, test } from 'vitest';
import { createOutbox } from './outbox.ts';

test('what is pushed while another is sent waits its turn', () => {
  const sent: string[] = [];
  const outbox = createOutbox(0);
  outbox.push(1, () => {
    sent.push('first');
    outbox.push(1, () => sent.push('third'));
  });
  outbox.push(1, () => sent.push('second'));
  outbox.durable(1);
  expect(sent).toEqual(['first', 'second', 'third']);
});

test('nothing overtakes what is not durable yet', () => {
  const sent: number[] = [];
  const outbox = createOutbox(4);
  for (const seq of [4, 6, 5]) outbox.push(seq, () => sent.push(seq));
  outbox.durable(5);
  expect(sent).toEqual([4]);
  outbox.durable(6);
  expect(sent).toEqual([4, 6, 5]);
});

test('what is pushed after the end is dropped, not kept for ever', () => {
  const heard: string[] = [];
  const outbox = createOutbox(0);
  outbox.push(
    1,
    () => heard.push('sent'),
    () => heard.push('dropped'),
  );
  outbox.dropAll();
  outbox.push(
    0,
    () => heard.push('sent'),
    () => heard.push('dropped at once'),
  );
  outbox.durable(1);
  expect(heard).toEqual(['dropped', 'dropped at once']);
});
