/** Every sentence of these screens, by screen. `{names}` are filled in; see fill.ts. */
export const en = {
  frame: {
    leave: 'Leave',
    settings: 'Settings',
    close: 'Done',
    opening: 'One moment. The page is opening.',
    fault: 'This page did not open',
    faultAdvice: 'Nothing you did caused this. What you shared before is safe. Try again in a moment.',
    again: 'Try again',
    home: 'Go to the start page',
  },

  settings: {
    title: 'Settings',
    whose: 'Only for you, and only in this tab.',
    textSize: 'Size of the words',
    smaller: 'Smaller words',
    usual: 'Usual size',
    larger: 'Larger words',
    sizeNow: 'The words are at {size} per cent.',
    theme: 'Light or dark',
    system: 'As on this phone',
    light: 'Light',
    dark: 'Dark',
    sharedPhone: 'Others use this phone',
    sharedPhoneHint:
      'Yes: words you have not shared yet are not kept on the phone. No: they are still here after a reload, and go when you leave.',
    yes: 'yes',
    no: 'no',
    leaving:
      'Leave clears this page at once. It cannot clear the list of pages your browser has visited. On a keyboard, press Shift three times.',
  },

  failures: {
    offline:
      'There is no connection just now. What you typed is still here. Try again when you are back online.',
    'bad-input': 'The server could not read this. Check what you typed, then try again.',
    'too-fast': 'That was several tries in a short time. Take a minute, then try again.',
    'too-large': 'That is more than fits here. Try it with fewer words.',
    'cannot-write':
      'The server cannot save anything right now. What you typed is still here. Try again in a few minutes.',
    'invite-unknown':
      'That invitation does not open a room. It may have been used already, or replaced by a newer one. Ask for a new one.',
    'seat-taken': 'Somebody has taken that seat already. Nothing more is needed from you.',
    'no-such-seat':
      'This browser has no seat in that room. Open it where you joined, or ask for a new invitation.',
    other: 'That did not work just now. What you typed is still here. Try again in a moment.',
  },

  start: {
    title: 'A quiet place to talk',
    what: 'For two people who want to trust each other again. You take turns, each on your own phone, one step at a time.',
    how: [
      'No account. A name is enough.',
      'One speaks while the other listens.',
      'Either of you can pause or stop at any time.',
    ],
    together: 'The two of us',
    invited: 'I have an invitation',
    notForHere: 'When this is not the right place',
    nameTitle: 'Your room',
    nameLabel: 'What should we call you?',
    nameHint: 'A first name or a nickname.',
    nameAgain: 'Write a name, or any word you like to be called.',
    nameLong: 'That is a long one. Up to 40 letters fit.',
    whoSees: 'The person you invite sees your name. Nothing is kept unless you both say yes.',
    open: 'Open our room',
    opening: 'Opening your room',
    back: 'Back',
  },

  join: {
    title: 'Welcome',
    invited: 'You are invited to a quiet conversation.',
    codeLabel: 'Your invitation',
    codeHint: 'Eight letters and numbers, like KTRM-4726.',
    codeShort: 'A code has eight letters and numbers.',
    codeUnknown:
      'That code does not open a room. Check the eight letters and numbers, or ask for a new code.',
    useCode: 'I have a code instead',
    nameLabel: 'What should we call you?',
    nameHint: 'No account. A first name or a nickname is enough.',
    whoSees: 'The other person in the room sees your name. Nothing is kept unless you both say yes.',
    go: 'Go to the waiting room',
    going: 'Taking you to the waiting room',
  },

  invite: {
    title: 'Invite the other person',
    advice: 'Send the link, or sit together and show the square to the other phone.',
    link: 'Link',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    select: 'The link is marked. Copy it from here.',
    share: 'Share the link',
    shareTitle: 'Invitation',
    shareText: 'You are invited to a conversation.',
    qr: 'A square code with the same link. Point the other phone’s camera at it.',
    byCode: 'A code to read out',
    codeWhere: 'On the other phone, open {address} and choose “I have an invitation”.',
    showCode: 'Show a code',
    newCode: 'Show a new code',
    codeUntil: 'Works once, until {time}.',
    codeOver: 'This code has ended.',
    thisDevice:
      'This link opens on this device alone, because of the address you opened the page with. For another phone, open the page by the address that the server shows when it starts.',
    oneUse:
      'The invitation works once, within 72 hours, and leads only to this waiting room. A new one ends the one before.',
    renew: 'Make a new invitation',
    none: 'The invitation is not on this phone any more. You can make a new one.',
    renewed: 'This is a new invitation. The one before it no longer works.',
  },

  lobby: {
    title: 'Waiting room',
    who: 'Who is here',
    you: 'you',
    here: 'here',
    away: 'stepped away',
    notYet: 'not here yet',
    otherEmpty: 'The other person',
    counsellor: 'Your counsellor',
    placeKept: 'Your place is kept if the screen goes dark.',

    matchTitle: 'Are you in the same room?',
    matchAsk: 'Read these two words to each other. Both phones should show the same.',
    same: 'Same words',
    different: 'Different words',
    matchSame: 'You said the words are the same.',
    matchChange: 'Look again',
    differentTitle: 'Then this may be a different room',
    differentAdvice:
      'Nothing has been shared. It is best to leave this room. One of you opens a new one and sends a new invitation.',
    newRoom: 'Leave and open a new room',

    agreeTitle: 'What you both agree to',
    agreements: [
      'One speaks. The other listens.',
      'Either of you may pause, without a reason.',
      'No checking each other’s phones.',
      'You may stop for today at any time.',
    ],

    keep: 'Keep what we write',
    keepHint:
      'Kept only if you both say yes. Either of you may say no without explaining. You can change it until the end.',
    yes: 'yes',
    no: 'no',

    ready: 'I am ready',
    readyMeans: 'Ready means the four lines above are fine for you. It begins when you both are ready.',
    readyFirst: 'Compare the two words first. Then you can say that you are ready.',
    waitingBoth: 'You are ready. Waiting for both.',
    waitingAdmit: 'Your counsellor opens the door when it is time.',
    notReady: 'I need more time',
    fromCounsellor: 'Your counsellor sends the other person an invitation of their own.',
    needed: 'When the other person is here, you compare two words and begin together.',

    admit: 'Let {name} in',
    inviteFirst: 'Invite the first person',
    inviteSecond: 'Invite the second person',
    counsellorAdvice: 'It begins when both are in and both say that they are ready.',

    whoSees: 'You both see the names and the two words. Nobody sees your choice about keeping.',
  },

  transcript: {
    title: 'What you wrote',
    reading: 'Fetching the words.',
    readingHint: 'It may bring things back. Take what you need, and stop where you like.',
    closedOn: 'Closed on {date}.',
    stillOpen: 'This conversation is still open.',
    promises: 'What you promised',
    promiseOf: '{name} promised',
    between: 'Between the exercises',
    takenBack: '{name} took this part out.',
    noWords: 'No words were written here.',
    empty: 'Nothing has been written yet.',
    print: 'Print or save as PDF',
    back: 'Back to the room',
    whoSees: 'Only the people of this room can read this page.',

    notKeptTitle: 'Nothing was kept',
    notKept:
      'The words of this conversation are gone. They are kept only when both say yes, and that is fine either way.',
    notDecidedTitle: 'Not decided yet',
    notDecided:
      'The words are shown here once you have both said yes to keeping them. Either of you may say no without explaining.',
    decide: 'Go to the choice',
    noSeatTitle: 'This browser has no seat here',
    offlineTitle: 'The words are not here yet',
    notHereAdvice:
      'The server was not reached just now. Nothing is lost. Try again when you are back online.',
    again: 'Try again',
  },

  notForHere: {
    title: 'When this is not the right place',
    first:
      'This page helps two people who both feel free to speak, and free to say no. Another place is better for now if:',
    when: [
      'somebody hits, threatens or forces you, or you are afraid of what may happen after you speak',
      'one of you may be about to hurt themselves',
      'one of you is very unwell, or has drunk or taken a lot today',
      'somebody follows you, or checks where you are',
      'a court has said that you must stay apart',
    ],
    fault: 'None of this is your fault.',
    lines: 'Who can help',
    asOf: 'Numbers as of {date}. They can change.',
    trace:
      'A call can show in this phone’s list of calls. Another phone is safer if somebody looks at yours.',
    elsewhere: 'Where you are is not listed? Your local emergency number can tell you who helps.',
    back: 'Back to the start page',
    whoSees: 'Nobody is told that you read this page.',
  },

  notFound: {
    title: 'There is nothing at this address',
    advice: 'The link may be cut short. Ask for it again, or begin at the start page.',
  },
} as const;
