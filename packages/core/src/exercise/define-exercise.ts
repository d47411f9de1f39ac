import { type AskedStep, type Exercise, type Go, LANGUAGES, type Step } from './exercise.ts';
import { LOOP_WORDS } from './loop-words.ts';

/** The moment every exercise opens with: both confirm the time and the parts; a *not now* of either ends it. */
const opening: AskedStep = {
  form: 'asked',
  id: 'opening',
  kind: 'confirm',
  asks: ['first', 'second'],
  prompt: 'opening',
  listen: 'opening',
  reveals: true,
  choices: [
    { id: 'yes', label: 'opening.yes' },
    { id: 'not-now', label: 'opening.not-now', words: 200, go: 'end' },
  ],
};

/**
 * Puts an exercise together: the opening in front, the shared words beside its own. Throws where a step, a key or a
 * target does not exist, so a mistake in content is found when the program is loaded, not in a session.
 */
export function defineExercise(exercise: Exercise): Exercise {
  const steps: readonly Step[] = [opening, ...exercise.steps];
  const words = Object.fromEntries(
    LANGUAGES.map((language) => [language, { ...LOOP_WORDS[language], ...exercise.words[language] }]),
  );
  const whole: Exercise = { ...exercise, steps, words: words as Exercise['words'] };
  const faults = [...faultsOf(whole)];
  if (faults.length > 0) throw new Error(`exercise ${exercise.id}: ${faults.join('; ')}`);
  return whole;
}

function* faultsOf(exercise: Exercise): Generator<string> {
  const ids = exercise.steps.map((step) => step.id);
  const written = exercise.steps.filter((step) => step.form === 'written').map((step) => step.id);
  for (const id of ids) {
    if (!/^[a-z0-9-]+$/.test(id)) yield `step id ${id} is not of [a-z0-9-]`;
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) yield `two steps are called ${id}`;
  }
  const known = (go: Go | undefined) => go === undefined || typeof go === 'string' || ids.includes(go.step);
  for (const step of exercise.steps) {
    for (const language of LANGUAGES) {
      for (const key of keysOf(step)) {
        if (exercise.words[language][key] === undefined)
          yield `${step.id} has no words for ${key} in ${language}`;
      }
    }
    for (const shown of step.shows ?? []) if (!ids.includes(shown)) yield `${step.id} shows unknown ${shown}`;
    if (step.form === 'written') {
      if (!known(step.go)) yield `${step.id} leads nowhere`;
      continue;
    }
    if (step.choices.length < 2) yield `${step.id} offers no choice`;
    // Either would wait for ever: for nobody, or twice for the same one.
    if (step.asks.length === 0) yield `${step.id} asks nobody`;
    if (new Set(step.asks).size < step.asks.length) yield `${step.id} asks somebody twice`;
    const choices = step.choices.map((choice) => choice.id);
    if (new Set(choices).size < choices.length) yield `${step.id} has two choices of one id`;
    if (step.promises && !written.includes(step.promises))
      yield `${step.id} promises unknown ${step.promises}`;
    for (const choice of step.choices) {
      if (!known(choice.go) || !known(choice.atMost?.go)) yield `${step.id} ${choice.id} leads nowhere`;
    }
  }
}

function keysOf(step: Step): readonly string[] {
  const own =
    step.form === 'written'
      ? [...(step.starters ?? []), ...(step.example ? [step.example] : [])]
      : step.choices.map((choice) => choice.label);
  return ['title', 'summary', `moment.${step.kind}`, step.prompt, step.listen, ...own];
}
