import type { AskedStep, Go, Part, Step, WrittenStep } from './exercise.ts';

/** What the heard loop needs to be told; the words of its fixed steps are shared keys (`loop.*`). */
export interface HeardLoop {
  /** Prefix of its steps' ids. */
  readonly id: string;
  readonly speaker: Part;
  readonly prompt: string;
  readonly listen: string;
  readonly starters?: readonly string[];
  readonly example?: string;
  /** Whether the speaker is asked, once heard, if there is more: one more round, if so. */
  readonly more: boolean;
  /** Whether the listener says at the end why it makes sense. */
  readonly validate: boolean;
  /** The step that follows once the loop is done. */
  readonly next: string;
}

const other = (part: Part): Part => (part === 'first' ? 'second' : 'first');

/**
 * The heard loop: speak, mirror, check, and if wished more and validate. A *not yet* repeats the mirror; the third
 * in a row leads to a way out, so nobody is held in it. Who says there is more speaks, is mirrored and is asked
 * once again, and is not asked for still more.
 */
export function heardLoop(loop: HeardLoop): readonly Step[] {
  const { id } = loop;
  const afterwards: Go = { step: loop.validate ? `${id}-validate` : loop.next };
  const first = round(loop, id, loop.more ? { step: `${id}-more` } : afterwards);
  return [
    ...first.line,
    ...(loop.more ? [moreOf(loop, afterwards)] : []),
    ...(loop.validate ? [validation(loop)] : []),
    ...first.ways,
    ...(loop.more ? again(loop, afterwards) : []),
  ];
}

/** Speak, mirror, check; and beside the line the ways out of the check. */
function round(
  loop: HeardLoop,
  id: string,
  afterHeard: Go,
): { readonly line: readonly Step[]; readonly ways: readonly Step[] } {
  const { speaker } = loop;
  const listener = other(speaker);
  const step = (name: string) => `${id}-${name}`;
  const speak: WrittenStep = {
    form: 'written',
    id: step('speak'),
    kind: 'speak',
    by: speaker,
    prompt: loop.prompt,
    listen: loop.listen,
    ...(loop.starters ? { starters: loop.starters } : {}),
    ...(loop.example ? { example: loop.example } : {}),
    minutes: 3,
    go: { step: step('mirror') },
  };
  const mirror: WrittenStep = {
    form: 'written',
    id: step('mirror'),
    kind: 'mirror',
    by: listener,
    prompt: 'loop.mirror',
    listen: 'loop.mirror.listen',
    starters: ['loop.mirror.starter'],
    shows: [step('speak')],
    minutes: 2,
    go: { step: step('check') },
  };
  const check: AskedStep = {
    form: 'asked',
    id: step('check'),
    kind: 'check',
    asks: [speaker],
    prompt: 'loop.check',
    listen: 'loop.check.listen',
    shows: [step('speak'), step('mirror')],
    choices: [
      { id: 'yes', label: 'loop.check.yes', go: afterHeard },
      { id: 'mostly', label: 'loop.check.mostly', words: 200, go: afterHeard },
      {
        id: 'not-yet',
        label: 'loop.check.not-yet',
        go: { step: step('mirror') },
        atMost: { times: 3, go: { step: step('stuck') } },
      },
    ],
  };
  const stuck: AskedStep = {
    form: 'asked',
    id: step('stuck'),
    kind: 'stuck',
    asks: [speaker],
    aside: true,
    prompt: 'loop.stuck',
    listen: 'loop.stuck.listen',
    shows: [step('speak'), step('mirror')],
    choices: [
      { id: 'come-back', label: 'loop.stuck.come-back', go: afterHeard },
      { id: 'one-word', label: 'loop.stuck.one-word', go: { step: step('one-word') } },
    ],
  };
  const oneWord: WrittenStep = {
    form: 'written',
    id: step('one-word'),
    kind: 'mirror',
    by: listener,
    aside: true,
    prompt: 'loop.one-word',
    listen: 'loop.one-word.listen',
    shows: [step('speak')],
    go: { step: step('check') },
  };
  return { line: [speak, mirror, check], ways: [stuck, oneWord] };
}

const moreOf = ({ id, speaker }: HeardLoop, afterwards: Go): AskedStep => ({
  form: 'asked',
  id: `${id}-more`,
  kind: 'more',
  asks: [speaker],
  prompt: 'loop.more',
  listen: 'loop.more.listen',
  shows: [`${id}-speak`, `${id}-mirror`],
  choices: [
    { id: 'no', label: 'loop.more.no', go: afterwards },
    { id: 'a-little', label: 'loop.more.a-little', go: { step: `${id}-again-speak` } },
  ],
});

/** The second round: off the main line, as most loops go without it. */
function again(loop: HeardLoop, afterwards: Go): readonly Step[] {
  const { line, ways } = round(loop, `${loop.id}-again`, afterwards);
  return [...line, ...ways].map((step) => ({ ...step, aside: true }));
}

const validation = ({ id, speaker, next, more }: HeardLoop): WrittenStep => ({
  form: 'written',
  id: `${id}-validate`,
  kind: 'validate',
  by: other(speaker),
  prompt: 'loop.validate',
  listen: 'loop.validate.listen',
  starters: ['loop.validate.starter'],
  shows: (more ? [id, `${id}-again`] : [id]).flatMap((round) => [`${round}-speak`, `${round}-mirror`]),
  go: { step: next },
});
