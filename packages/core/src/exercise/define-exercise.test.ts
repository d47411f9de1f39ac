import { describe, expect, it } from 'vitest';
import { needs, whole } from '../session/fixtures/needs.ts';
import { follow, goOf, outcomeOf, progressOf, stepById } from './course.ts';
import { defineExercise } from './define-exercise.ts';
import { type AskedStep, type Exercise, say, type WrittenStep } from './exercise.ts';

const words = { title: 't', summary: 's', 'moment.k': 'k', p: 'p', l: 'l' };
const written: WrittenStep = { form: 'written', id: 'one', kind: 'k', by: 'first', prompt: 'p', listen: 'l' };
const asked: AskedStep = {
  form: 'asked',
  id: 'two',
  kind: 'k',
  asks: ['first'],
  prompt: 'p',
  listen: 'l',
  choices: [
    { id: 'a', label: 'p' },
    { id: 'b', label: 'l', atMost: { times: 2, go: 'end' } },
  ],
};
const define = (...steps: Exercise['steps']) =>
  defineExercise({ id: 'x', minutes: 1, tellsApart: false, steps, words: { en: words } });

describe('putting an exercise together', () => {
  it('T9 puts the confirmation in front', () => {
    const [opening] = define(written).steps;
    expect(opening).toMatchObject({ id: 'opening', asks: ['first', 'second'] });
  });

  it.each<[string, Exercise['steps']]>([
    ['not of', [{ ...written, id: 'One' }]],
    ['two steps', [written, written]],
    ['two steps', [{ ...written, id: 'opening' }]],
    ['no words for q', [{ ...written, prompt: 'q' }]],
    ['no words for moment.z', [{ ...written, kind: 'z' }]],
    ['no words for q', [{ ...asked, choices: [...asked.choices, { id: 'c', label: 'q' }] }]],
    ['shows unknown', [{ ...written, shows: ['nine'] }]],
    ['leads nowhere', [{ ...written, go: { step: 'nine' } }]],
    [
      'leads nowhere',
      [{ ...asked, choices: [{ id: 'a', label: 'p', go: { step: 'nine' } }, ...asked.choices] }],
    ],
    ['offers no choice', [{ ...asked, choices: [] }]],
    ['asks nobody', [{ ...asked, asks: [] }]],
    ['somebody twice', [{ ...asked, asks: ['first', 'first'] }]],
    ['two choices', [{ ...asked, choices: [...asked.choices, ...asked.choices] }]],
    ['promises unknown', [{ ...asked, promises: 'nine' }]],
    ['promises unknown', [asked, { ...asked, id: 'three', promises: 'two' }]],
  ])('T20 a mistake in content (%s) is found when it is loaded', (fault, steps) => {
    expect(() => define(...steps)).toThrow(fault);
  });

  it('T20 a key without words throws', () => {
    expect(() => say(define(written), 'en', 'nothing')).toThrow('no words');
    expect(say(needs, 'en', 'need', { first: 'Ann' })).toBe('What do you need, Ann?');
    expect(say(needs, 'en', 'need')).toBe('What do you need, {first}?');
  });
});

describe('the course of an exercise', () => {
  it('T10 the most cautious answer is the outcome, in whatever order', () => {
    expect(outcomeOf(asked, ['a', 'b'])).toBe('b');
    expect(outcomeOf(asked, ['b', 'a'])).toBe('b');
    expect(outcomeOf(asked, ['a', 'a'])).toBe('a');
  });

  it('T12 an outcome leads elsewhere when it has come up so many times in a row', () => {
    expect([0, 1, 2].map((before) => goOf(asked, 'b', before))).toEqual(['next', 'end', 'end']);
  });

  it('T20 steps off the main line are entered by name alone', () => {
    const exercise = define(written, { ...asked, aside: true }, { ...written, id: 'three' });
    const one = stepById(exercise, 'one');
    expect(follow(exercise, one)?.id).toBe('three');
    expect(follow(exercise, one, { step: 'two' })?.id).toBe('two');
    expect(follow(exercise, one, 'end')).toBeNull();
    expect(follow(exercise, stepById(exercise, 'three'))).toBeNull();
    expect(() => stepById(exercise, 'nine')).toThrow('no step');
  });

  it('V8 progress counts the main line alone and never goes beyond it', () => {
    expect(progressOf(needs, 'opening')).toEqual({ at: 1, of: 7 });
    expect(progressOf(needs, 'need-stuck')).toEqual({ at: 4, of: 7 });
    expect(progressOf(needs, 'pick')).toEqual({ at: 7, of: 7 });
    for (const step of whole.steps) {
      const { at, of } = progressOf(whole, step.id);
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThanOrEqual(of);
    }
  });
});
