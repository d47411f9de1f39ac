/** English words of *take turns*. `{other}` is the name of the other person. */
export const wordsEn = {
  title: 'Take turns',
  summary:
    'One of you says what would help most. The other listens, says it back, and then answers. Then you swap.',
  'moment.respond': 'Answering',
  'moment.acknowledge': 'How that is for you',
  'moment.learn': 'What you take with you',
  'moment.promise': 'Something to keep',

  need: 'Which words, or which deed, would help you most right now?',
  'need.listen': '{other} is saying what would help. Your part is to listen. You answer next.',
  'need.words': 'Words I long to hear: ',
  'need.deed': 'Something you could do: ',
  'need.stop': 'Something I would like to stop: ',
  'need.know': 'I would know it helped when ',
  'need.example': 'Something you could do: tell me on Sunday how the week will look, before I have to ask.',

  'need-too':
    'It is your turn to ask. Which words, or which deed, would help you most? For one: what would help you keep going without hiding.',
  'need-too.listen': 'Now {other} says what would help. Your part is to listen. You answer next.',

  respond: 'Now answer. Take one need at a time and say what you can do. A part is also an answer.',
  'respond.listen': '{other} is answering. You can read along.',
  'respond.can': 'I can, by ',
  'respond.part': 'I can do part of it: ',
  'respond.think': 'I need to think. I will answer on ',
  'respond.cannot': 'I cannot do that, and what I can offer is ',
  'respond.example':
    'I can, by writing our week on the board every Sunday. I need to think about Fridays. I will answer on Tuesday.',

  acknowledge: 'How is that answer for you?',
  'acknowledge.listen': '{other} is looking at your answer. You have done your part.',
  'acknowledge.helps': 'That helps',
  'acknowledge.partly': 'Partly',
  'acknowledge.other': 'I meant something else',

  learn: 'In one sentence: what did you learn about {other}?',
  'learn.listen': '{other} is writing one sentence about what stays from this.',
  'learn.starter': 'What I learned about you is ',

  'promise.first':
    'Shall the answer that {second} gave go on your list of promises? It goes there only if you both want it.',
  'promise.second':
    'Shall the answer that {first} gave go on your list of promises? It goes there only if you both want it.',
  'promise.keep': 'Yes, put it on the list',
  'promise.leave': 'Leave it as it was said',
} as const;
