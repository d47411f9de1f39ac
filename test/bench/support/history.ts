import * as Y from 'yjs';
import { step1Frame, updateFrame } from '../../support/raw-document.ts';
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts';
import { type ControlChannel, type DocumentChannel, openControl, openDocument } from './channels.ts';
import { begin, pathsOf, seats } from './rooms.ts';

/** A session in which two people have written for a long time, as people write: letters, corrections, a caret that moves. */
export interface History {
  readonly sessionId: string;
  /** Where a fresh client connects. */
  readonly path: string;
  readonly token: string;
  close(): Promise<void>;
}

const EDITS_A_TURN = 2_000;
/** What is on its way at once. */
const BURST = 200;

export async function writeHistory(origin: string, edits: number): Promise<History> {
  const people = await seats(origin);
  const paths = pathsOf(people);
  const controls = await Promise.all(people.map(({ token }) => openControl(origin, token)));
  const documents = await Promise.all(paths.map((path) => openDocument(origin, path)));
  await begin(controls);
  const random = seededRandom(edits);
  const writers = people.map((_, index) => writer(7_000 + index, random));
  for (let left = edits; left > 0; left -= EDITS_A_TURN) {
    const turn = await untilHeld(controls);
    const at = people.findIndex(({ seat }) => seat === turn.seat);
    const [control, document, hand] = [controls[at], documents[at], writers[at]];
    if (!control || !document || !hand) throw new Error('nobody holds the turn');
    await write(document, hand, `turn:${turn.id}`, Math.min(left, EDITS_A_TURN));
    const done = await control.say({ type: 'turn.done', stateVector: hand.stateVector(), turn: turn.id });
    if (!done.ok) throw new Error(`the turn does not end: ${done.error.code}`);
    await Promise.all(controls.map((one) => one.sees((view) => view.floor.turn !== turn.id)));
  }
  await untilHeld(controls);
  return {
    sessionId: people[0].sessionId,
    path: paths[2],
    token: people[0].token,
    close: async () => {
      await Promise.all([...controls, ...documents].map((one) => one.close()));
    },
  };
}

/** Answers what is asked with what goes on, until somebody may write. */
async function untilHeld(controls: readonly ControlChannel[]): Promise<{ id: string; seat: string }> {
  const [first, second] = controls;
  for (;;) {
    const view = first?.view();
    if (!first || !second || !view) throw new Error('no view');
    const { floor, moment } = view;
    if (floor.status === 'held' && floor.turn && floor.holder) return { id: floor.turn, seat: floor.holder };
    if (view.exercise === null)
      await first.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
    for (const control of controls) {
      const own = control.view();
      const waits = own?.moment?.waitingFor.some((seat) => seat === own.you);
      const choice = own?.moment?.choices[0];
      if (own && waits && choice)
        await control.say({ type: 'moment.answer', choice: choice.id, moment: moment?.id });
    }
    const before = view.v;
    await Promise.race([first.sees((now) => now.v !== before), new Promise((next) => setTimeout(next, 20))]);
  }
}

function writer(clientId: number, random: SeededRandom) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  let caret = 0;
  let frame: Uint8Array | null = null;
  doc.on('update', (update: Uint8Array) => {
    frame = updateFrame(update);
  });
  return {
    stateVector: () => Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
    edit(root: string): Uint8Array | null {
      const text = doc.getText(root);
      const what = random.int(100);
      if (what < 5) caret = random.int(text.length + 1);
      caret = Math.min(caret, text.length);
      frame = null;
      if (what < 15 && caret > 0) text.delete(--caret, 1);
      else text.insert(caret++, String.fromCharCode(97 + random.int(26)));
      return frame;
    },
  };
}

/** Resolves when the server has taken it all in: a state vector, which ends a turn, says nothing of deletions. */
async function write(
  { ws, onFrame }: DocumentChannel,
  hand: ReturnType<typeof writer>,
  root: string,
  edits: number,
): Promise<void> {
  for (let count = 0; count < edits; count++) {
    const frame = hand.edit(root);
    if (frame) ws.send(frame);
    if (count % BURST === 0) await new Promise((next) => setImmediate(next));
  }
  const answered = new Promise<void>((resolve) => {
    onFrame((frame) => {
      if (frame[0] === 0 && frame[1] === 1) resolve();
    });
  });
  ws.send(step1Frame(Uint8Array.of(0)));
  await answered;
}
