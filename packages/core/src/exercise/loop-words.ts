import type { Language } from './exercise.ts';

/** The words that every exercise shares: its opening and the heard loop. `{other}` is the other person's name. */
export const LOOP_WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    opening:
      'Is now a good time? This takes about {minutes} minutes. You can pause or stop at any point. {parts}',
    'opening.first': 'You begin, and {other} listens first.',
    'opening.second': '{other} begins, and you listen first.',
    'opening.yes': 'Yes, now is good',
    'opening.not-now': 'Not now',
    'moment.confirm': 'Before you begin',
    'moment.speak': 'Saying it',
    'moment.mirror': 'Saying it back',
    'moment.check': 'Did it land?',
    'moment.stuck': 'Another way',
    'moment.more': 'Is there more?',
    'moment.validate': 'Why it makes sense',
    'loop.mirror': 'Say back what you heard, in your own words. This is not a reply yet.',
    'loop.mirror.listen': '{other} is saying back what you wrote. Read along. You are asked next.',
    'loop.mirror.starter': 'What I heard is ',
    'loop.check': 'Did {other} get what you meant?',
    'loop.check.listen': 'Waiting to hear from {other} whether it landed. There is nothing to defend.',
    'loop.check.yes': 'Yes, you heard me',
    'loop.check.mostly': 'Mostly, one thing more',
    'loop.check.not-yet': 'Not yet',
    'loop.stuck':
      'This is hard to put into words, for both of you. Nobody is wrong. You can leave it here for today, or ask for one feeling only.',
    'loop.stuck.listen': 'This one is hard to catch. Nobody is wrong. {other} is choosing how to go on.',
    'loop.stuck.come-back': 'Leave it and come back to it another day',
    'loop.stuck.one-word': 'Try with one feeling only',
    'loop.one-word': 'Write just the feeling you heard. One word is enough.',
    'loop.one-word.listen': '{other} is looking for the one feeling you meant.',
    'loop.more': 'Is there a little more about this?',
    'loop.more.listen': '{other} is looking whether there is more.',
    'loop.more.no': 'No, that was it',
    'loop.more.a-little': 'Yes, a little',
    'loop.validate': 'Say why it makes sense to feel that way. You do not have to agree.',
    'loop.validate.listen': '{other} is saying why your words make sense.',
    'loop.validate.starter': 'It makes sense to me that you feel this, because ',
  },
};
