/** English words of a running session. A name is whatever its person is called, in whatever script. */

import { isolate } from './isolate.ts';

export const sessionWords = {
  leave: 'Leave',
  title: 'Session',
  waitingRoom: 'Waiting room',
  titleOnYourTurn: 'Your turn',
  opening: 'Finding your session',
  step: (at: number, of: number, title: string) => `Step ${at} of ${of} · ${title}`,
  progress: (at: number, of: number) => `Step ${at} of ${of}`,
  you: 'You',

  connection: {
    reconnecting: 'Reconnecting. Your words are safe on this phone.',
    /** Where nothing is being written, or nothing is kept. */
    reconnectingOnly: 'Reconnecting. You can leave this page open.',
    catchingUp: (name: string) => `Catching up with ${isolate(name)}.`,
    longAway: (name: string) =>
      `${isolate(name)} has not been connected for a while. Nothing is lost, and the turn stays as it is.`,
    keepWaiting: 'Keep waiting',
    pauseNow: 'Pause for now',
  },

  /** The server was put back to an earlier time: the same for everybody. */
  behind: {
    line: 'The server lost the last part of this session. Your own words that were on this phone are kept. They go back in by themselves, or wait for you as a draft.',
    understood: 'All right',
  },

  gone: {
    title: 'This session is not open here',
    body: 'It may have ended, or this phone may have been signed out. You can start again, or use your invitation.',
    toStart: 'Go to the start',
  },

  choose: {
    title: 'What would you like to do together?',
    titleAgain: 'Where to from here?',
    notNow: 'Not now, then. That is fine. You can choose again when it suits you both.',
    waiting: 'One of you chooses, and both of you say yes before it begins.',
    minutes: (count: number) => `About ${count} minutes`,
    whoBegins: 'Who begins?',
    this: 'Choose this',
    begins: (name: string) => `${isolate(name)} begins`,
    youBegin: (name: string) => `${isolate(name)} begins (you)`,
    hint: 'Whoever begins speaks first. The other listens first, and has a turn of the same kind after that.',
    loading: 'Fetching what there is to do.',
    missing: 'The list is not here yet.',
    again: 'Fetch it again',
    list: 'Ways to talk',
  },

  writing: {
    title: (name: string) => `Your turn, ${isolate(name)}`,
    calm: 'Take the time you need. There is no clock.',
    field: 'Your words',
    starters: 'Ways to begin',
    example: 'Show me an example',
    hideExample: 'Hide the example',
    done: 'That’s it for now',
    passing: 'Passing your turn …',
    passingOffline: 'This goes as soon as you are connected again.',
    keepWriting: 'Keep writing',
    longAlready: 'That is a lot to take in at once. You could pass this part and go on in your next turn.',
    saved: 'Saved',
    sending: 'On the way',
    safe: 'Your words are safe on this phone',
    preparing: 'Bringing your words here.',
    elsewhere: 'Your turn is open on another device. Continue here?',
    continueHere: 'Continue here',
    frozen: (name: string) =>
      `${isolate(name)} is holding the space for a moment. Your words stay as they are.`,
    closing: 'Your last words are coming in.',
    tooLong: 'This turn is full. What did not fit is kept for you below.',
  },

  listening: {
    title: (name: string) => `${isolate(name)} is speaking`,
    calm: 'Your part is to listen.',
    quiet: 'Silence is part of this.',
    words: (name: string) => `What ${isolate(name)} writes`,
    frozen: (name: string) => `${isolate(name)} is holding the space for a moment.`,
    signals: 'Say something without words',
    signalsHint: (name: string) => `${isolate(name)} sees it quietly. It is not kept.`,
    sent: (name: string) => `${isolate(name)} can see that now.`,
  },

  signals: {
    give: {
      'with-you': 'I’m with you',
      slower: 'Slower, please',
      'a-turn': 'I’d like a turn',
      'a-pause': 'I need a pause',
    },
    shown: {
      'with-you': (name: string) => `${isolate(name)} is with you.`,
      slower: (name: string) => `${isolate(name)} asks you to go a little slower.`,
      'a-turn': (name: string) => `${isolate(name)} would like a turn when you are done.`,
      'a-pause': (name: string) => `${isolate(name)} needs a pause.`,
    },
  },

  question: {
    waitingTitle: (name: string) => `${isolate(name)} is asked`,
    whoSees: (name: string) => `${isolate(name)} sees your answer.`,
    bothTitle: 'A question for both of you',
    addWords: 'In your own words, if you like',
    addWordsHint: 'One line is enough. You can leave it empty.',
    tooLong: (over: number) => `That is ${over} characters more than fit here.`,
    send: 'Give this answer',
    back: 'Choose another answer',
    yourAnswer: 'Your answer',
    waitingForBoth: 'Waiting for both.',
    waitingHint: 'Neither of you sees the other’s answer before both are in.',
    sending: 'Giving your answer …',
  },

  said: {
    said: 'said',
    heard: 'heard',
    writes: 'is writing',
    nothing: 'Nothing was written here.',
    before: 'What was said before',
    answered: (label: string) => `“${label}”`,
    fromCounsellor: {
      both: (name: string) => `From ${isolate(name)}`,
      you: (name: string) => `From ${isolate(name)}, only to you`,
    },
  },

  pause: {
    button: 'Pause',
    heading: 'Need a moment?',
    main: 'Pause for 20 minutes',
    short: '5 minutes',
    open: 'No set time',
    calm: 'For both of you, and no reason is asked.',
    title: 'A pause',
    asked: 'A pause was asked for. Nobody writes while it lasts, and every word stays as it is.',
    until: (time: string) => `You come back at ${time}, or earlier if you are both ready.`,
    over: (time: string) => `The pause was until ${time}. There is no hurry.`,
    noTime: 'There is no set time. You go on when both of you are back.',
    idea: 'Do something that settles you: walk, drink some water, look out of the window. There is nothing to rehearse.',
    back: 'I am back',
    youAreBack: 'You are back. Waiting for both.',
    stop: 'Stop for today',
  },

  close: {
    button: 'End the session',
    title: 'End the session for both of you?',
    words: 'Your words are kept only if both of you say yes.',
    ifYes: 'You said yes. If both of you do, the words are kept. If one of you says no, they are gone.',
    ifNo: 'You said no. The words are gone for both of you, at once.',
    ifNull:
      'You have not said yet. There are 24 hours to decide. Without a yes from both, the words are gone then.',
    keep: 'Keep the words of this session?',
    keepYes: 'Yes, for both of us',
    keepNo: 'No, let them go',
    confirm: 'End it now',
    cancel: 'Go back',
    ending: 'Ending …',
  },

  ended: {
    title: 'This session is over',
    thanks: 'You took the time to do this. That is enough for today.',
    kept: 'The words are kept for both of you.',
    read: 'Read what was said',
    notKept: 'Nothing of what was written is kept.',
    decideTitle: 'Keep what was said?',
    decide: (time: string) =>
      `The words are kept only if both of you say yes. Until ${time} you can decide; after that they are gone.`,
    youSaidYes: 'You said yes. The words are kept once both of you have.',
    promises: 'What you put on your list',
    rest: 'You do not have to talk about it tonight.',
    toStart: 'Go to the start',
  },

  drafts: {
    title: 'Your words are here, only for you',
    why: 'They could not be put into the turn. Nobody else has seen them.',
    whyLost: 'They were in a turn before, and others may have read them. The server lost them.',
    insert: 'Put into my turn',
    discard: 'Discard',
    keep: 'Keep for later',
    show: (count: number) => (count === 1 ? 'One note of your own' : `${count} notes of your own`),
    inTab: 'Kept in this tab until you leave.',
    inMemory: 'Shared phone: kept in memory alone. Closing or reloading this page lets them go.',
    shared:
      'Shared phone: unsent words are kept in memory alone. Closing or reloading this page lets them go.',
  },

  sees: {
    asYouWrite: (names: string, count: number) =>
      `${names} ${count === 1 ? 'reads' : 'read'} this as you write.`,
    youTwo: 'Seen by the two of you.',
    withCounsellor: (name: string) => `Seen by the two of you and ${isolate(name)}.`,
    keep: 'Kept only if both of you say yes.',
  },

  trouble: {
    'words-missing':
      'Your last words are still on their way, and they are safe here. It is still your turn. Try once more in a moment.',
    'cannot-write':
      'This cannot be saved right now. Your words are still on this phone. Try again in a moment.',
    'too-fast': 'That was a lot at once. Wait a moment, and go on.',
    'no-answer': 'There was no answer. Nothing is lost. Try again in a moment.',
    other: 'That is not possible at this moment. Nothing is lost.',
  },
} as const;
