import { millis } from '@mend/core';
import { beforeEach, expect, test } from 'vitest';
import { createSavedMarks, SAVED_MS } from './saved-marks.ts';

let told: string[];
let due: { at: number; call: () => void }[];
let now: number;

beforeEach(() => {
  told = [];
  due = [];
  now = 0;
});

const clock = {
  now: () => millis(now),
  after(ms: number, call: () => void) {
    const timer = { at: now + ms, call };
    due.push(timer);
    return () => {
      due = due.filter((one) => one !== timer);
    };
  },
};

function pass(ms: number): void {
  now += ms;
  const fallen = due.filter(({ at }) => at <= now);
  due = due.filter(({ at }) => at > now);
  for (const { call } of fallen) call();
}

const marks = () => createSavedMarks(clock, (seat, clientId) => told.push(`${seat} ${clientId}`));

test('the first words are told of at once, the others once a second, the last ones surely', () => {
  const saved = marks();
  for (let count = 0; count < 10; count++) saved.words('partnerA', 7);
  expect(told).toEqual(['partnerA 7']);
  pass(SAVED_MS);
  expect(told).toHaveLength(2);
  saved.words('partnerA', 7);
  pass(SAVED_MS - 1);
  expect(told).toHaveLength(2);
  pass(1);
  expect(told).toHaveLength(3);
  pass(10 * SAVED_MS);
  expect(told).toHaveLength(3);
  expect(due).toEqual([]);
  saved.words('partnerA', 7);
  expect(told).toHaveLength(4);
});

test('each clientID has marks of its own', () => {
  const saved = marks();
  saved.words('partnerA', 7);
  saved.words('partnerB', 8);
  expect(told).toEqual(['partnerA 7', 'partnerB 8']);
});

test('a flush tells one seat what waits for it, once; the end tells nothing more', () => {
  const saved = marks();
  saved.words('partnerA', 7);
  saved.flush('partnerA');
  expect(told).toHaveLength(1);
  saved.words('partnerA', 7);
  saved.flush('partnerB');
  expect(told).toHaveLength(1);
  saved.flush('partnerA');
  saved.flush('partnerA');
  expect(told).toHaveLength(2);
  saved.words('partnerA', 7);
  saved.end();
  expect(due).toEqual([]);
  expect(told).toHaveLength(2);
});
