import { expect, it } from 'vitest';
import { en } from './en.ts';

/** How we speak to people in pain: no alarm, no blame, no hurry. */
const NEVER =
  /!|\b(please wait|oops|sorry|fail(ed|ure)?|invalid|error|wrong|offender|victim|must forgive|betray\w*)\b/i;

const sentences = (words: unknown): readonly string[] =>
  typeof words === 'string' ? [words] : Object.values(words ?? {}).flatMap(sentences);

it.each(sentences(en))('“%s” is said calmly', (sentence) => {
  expect(sentence).not.toMatch(NEVER);
  expect(sentence.trim()).not.toBe('');
});

it('keeps sentences short enough to be read once', () => {
  const long = sentences(en)
    .flatMap((words) => words.split(/[.?:]\s/))
    .filter((sentence) => sentence.split(/\s+/).length > 24);
  expect(long).toEqual([]);
});
