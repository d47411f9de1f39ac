/** Everything that can be wrong with a stored log: a closed list, a sentence each. The sentences hold no words of it. */
export const LOG_FAULTS = {
  // The chain
  order: 'Its number does not come after the one before it.',
  hole: 'Entries in front of it are missing, and no later entry stands for them.',
  tail: 'The log ends before the entry that is known to be its last.',
  'beyond-head': 'It comes after the entry that is known to be the last.',
  anchor: 'It is another entry than the one that is known to stand here.',
  link: 'Its link does not follow from what is in front of it.',
  bridge: 'It bridges something else than what was in front of it.',
  unreadable: 'It has no form that this program writes.',

  // What no decision could have come to
  impossible: 'It cannot be folded.',
  beginning: 'It is not how a log begins, or begins one a second time.',
  'after-end': 'Nothing of its kind follows the end of a session.',
  phase: 'It belongs to another phase of a session.',
  command: 'The id of its command has had its effect before.',
  invitation: 'The seat has no invitation that could be used, or somebody sits there.',
  'empty-seat': 'It takes a seat that nobody sits in.',
  'no-change': 'It says what was so already.',
  'not-ready': 'The two were not both there, let in and ready.',
  run: 'It is of another run of an exercise, or in the middle of one.',
  moment: 'It is of another moment than the open one, or opens one over it.',
  'not-asked': 'It answers where this seat is not asked, or not now.',
  outcome: 'The answers that were given do not come to this.',
  promise: 'These are not words of the one who promises.',
  'two-turns': 'It opens a turn while another one has the floor.',
  'turn-number': 'It is not the number of the next turn.',
  'turn-not-open': 'It is about a turn that is not open, or lies under another.',
  pen: 'The pen moves to where it may not.',
  pause: 'It does not fit with the pause that there is, or is not.',
  hold: 'It does not fit with what lies over the floor.',
  consent: 'The two did not decide so.',
  remains: 'It does not leave what was there.',

  // Words
  'outside-floor': 'These words are of a seat that could not write there and then.',
  'other-pen': 'These words are of another connection than the one that had the pen.',
  'other-writer': 'These words carry the name of a connection of another seat.',
  'clock-gap': 'These words do not begin where their writer stopped.',
  'outside-turn': 'These bytes hold, or take away, something else than words of this writer in this turn.',
  pending: 'These words wait for words that are not there.',

  // Snapshots
  'snapshot-early': 'It was taken while words were on their way into a turn that ended.',
  snapshot: 'It is not what it stands for.',
} as const satisfies Record<string, string>;

export type LogFault = keyof typeof LOG_FAULTS;
