import {
  type AskedStep,
  defineExercise,
  heardLoop,
  type Part,
  type Step,
  type WrittenStep,
} from '@mend/core';
import { wordsEn } from './words-en.ts';

/**
 * Take turns expressing needs: one asks, the other says it back and then answers; then they swap. Who acts:
 * first, second, first, second, first; then the same the other way round; then each one sentence; then both.
 */

const other = (part: Part): Part => (part === 'first' ? 'second' : 'first');

/** One half: need, mirror, check, answer, and how the answer was. */
function half(speaker: Part, prompt: string, next: string): readonly Step[] {
  const need = heardLoop({
    id: speaker,
    speaker,
    prompt,
    listen: `${prompt}.listen`,
    starters: ['need.words', 'need.deed', 'need.stop', 'need.know'],
    example: 'need.example',
    more: false,
    validate: false,
    next: `${speaker}-respond`,
  });
  const respond: WrittenStep = {
    form: 'written',
    id: `${speaker}-respond`,
    kind: 'respond',
    by: other(speaker),
    prompt: 'respond',
    listen: 'respond.listen',
    starters: ['respond.can', 'respond.part', 'respond.think', 'respond.cannot'],
    example: 'respond.example',
    shows: [`${speaker}-speak`],
    minutes: 3,
  };
  const acknowledge: AskedStep = {
    form: 'asked',
    id: `${speaker}-acknowledge`,
    kind: 'acknowledge',
    asks: [speaker],
    prompt: 'acknowledge',
    listen: 'acknowledge.listen',
    shows: [`${speaker}-respond`],
    choices: [
      { id: 'helps', label: 'acknowledge.helps', words: 200, go: { step: next } },
      { id: 'partly', label: 'acknowledge.partly', words: 200, go: { step: next } },
      { id: 'other', label: 'acknowledge.other', words: 200, go: { step: next } },
    ],
  };
  return [...need, respond, acknowledge];
}

const learning = (by: Part): WrittenStep => ({
  form: 'written',
  id: `${by}-learn`,
  kind: 'learn',
  by,
  prompt: 'learn',
  listen: 'learn.listen',
  starters: ['learn.starter'],
});

/** Both turn the key: the answer to this speaker's need becomes a promise only if both want it. */
const keeping = (speaker: Part): AskedStep => ({
  form: 'asked',
  id: `${speaker}-promise`,
  kind: 'promise',
  asks: ['first', 'second'],
  prompt: `promise.${speaker}`,
  listen: `promise.${speaker}`,
  shows: [`${speaker}-respond`],
  promises: `${speaker}-respond`,
  choices: [
    { id: 'keep', label: 'promise.keep' },
    { id: 'leave', label: 'promise.leave' },
  ],
});

export const takeTurns = defineExercise({
  id: 'take-turns',
  minutes: 25,
  tellsApart: true,
  steps: [
    ...half('first', 'need', 'second-speak'),
    ...half('second', 'need-too', 'first-learn'),
    learning('first'),
    learning('second'),
    keeping('first'),
    keeping('second'),
  ],
  words: { en: wordsEn },
});
