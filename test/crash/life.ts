import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { begin, type Couple, couple, type Person, until } from '../support/person.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { createWitness, type Witness } from './witness.ts';

/** How long anything may take on a machine that is busy with other things. */
export const PATIENCE_MS = 60_000;

/** Two people who go through exercise after exercise, whatever happens to their server. */
export interface Life {
  readonly witness: Witness;
  readonly people: readonly Person[];
  /** Goes on until the end is asked for; rejects where it cannot. */
  readonly lived: Promise<void>;
  /** They bring to an end what they have begun, and write nothing more. */
  end(): Promise<void>;
  leave(): void;
}

/** Counts words across lives. */
export type Count = () => number;

export async function beginLife(origin: string, random: SeededRandom, count: Count): Promise<Life> {
  const both = await couple(origin);
  const people = [both.a, both.b];
  const witness = createWitness(both.sessionId, people);
  await begin(both);
  let isEnding = false;
  const lived = live(both, people, random, count, witness, () => isEnding);
  lived.catch(() => {});
  return {
    witness,
    people,
    lived,
    async end() {
      isEnding = true;
      await lived;
      await until(() => witness.open().length === 0, `${witness.open()} are kept and shown`, PATIENCE_MS);
    },
    leave: () => people.forEach((one) => void one.leave()),
  };
}

async function live(
  { a, b }: Couple,
  people: readonly Person[],
  random: SeededRandom,
  count: Count,
  witness: Witness,
  isEnding: () => boolean,
): Promise<void> {
  const of = (seat: string): Person => (a.seat === seat ? a : b);
  while (!isEnding()) {
    // Where one has seen less, a command of theirs is refused, and the next look is a newer one.
    const view = a.view().v >= b.view().v ? a.view() : b.view();
    const { exercise, floor, moment } = view;
    if (exercise === null) {
      const first = random.pick(people).seat;
      await insist(a, { type: 'exercise.start', exercise: 'take-turns', first }, witness);
    } else if (moment && moment.waitingFor.length > 0) {
      for (const seat of moment.waitingFor) await answer(of(seat), moment.id, random, witness);
    } else if (floor.status === 'held' && floor.holder !== null && floor.turn !== null) {
      const writer = of(floor.holder);
      const reader = writer === a ? b : a;
      await until(() => writer.view().floor.turn === floor.turn, 'the own turn', PATIENCE_MS);
      if (random.chance(0.3)) await insist(reader, { type: 'turn.ask', ask: true }, null);
      await takeTurn(writer, floor.turn, random, count, witness);
    }
    await until(
      () => isEnding() || people.some((one) => one.view() !== view),
      'what comes next',
      PATIENCE_MS,
    );
  }
}

async function answer(person: Person, moment: string, random: SeededRandom, witness: Witness): Promise<void> {
  await until(() => person.view().moment?.id === moment, 'the same moment', PATIENCE_MS);
  const { moment: own } = person.view();
  if (!own || own.answered) return;
  const choice = own.kind === 'confirm' ? 'yes' : random.pick(own.choices).id;
  await insist(person, { type: 'moment.answer', choice, moment }, witness);
}

/** A few words, some of them waited for and some not, some at the end and some in between; then the turn goes on. */
async function takeTurn(
  writer: Person,
  turn: string,
  random: SeededRandom,
  count: Count,
  witness: Witness,
): Promise<void> {
  const text = writer.text(turn);
  for (let left = 1 + random.int(9); left > 0; left--) {
    const number = count();
    const word = `«${number}» `;
    const at = random.chance(0.8) ? text.length : text.toString().indexOf('«');
    const clock = Y.getState(writer.doc.store, writer.doc.clientID) + word.length;
    witness.typed({ number, seat: writer.seat, clientId: writer.doc.clientID, clock });
    text.insert(Math.max(0, at), word);
    if (random.chance(0.6)) await until(() => witness.isShown(number), `«${number}» is shown`, PATIENCE_MS);
  }
  const stateVector = Buffer.from(Y.encodeStateVector(writer.doc)).toString('base64');
  await insist(writer, { type: 'turn.done', stateVector, turn }, witness);
}

/** Answers that say: not now, and perhaps in a moment. */
const AGAIN = ['words-missing', 'cannot-write'];

/** Says it again under the same id until there is an answer, as the product does; `witness` where it has an effect. */
async function insist(person: Person, command: object, witness: Witness | null): Promise<void> {
  const id = randomUUID();
  let end = performance.now() + PATIENCE_MS;
  for (;;) {
    const ack = await person.say({ ...command, id }).catch((cause: unknown) => String(cause));
    // Servers may come and go in between; what has to answer in time is one that stays.
    if (!person.socket.connected) end = performance.now() + PATIENCE_MS;
    if (typeof ack !== 'string') {
      if (ack.ok) {
        witness?.acknowledged(person.seat, id);
        return until(() => person.view().v >= ack.v, 'what the command did', PATIENCE_MS);
      }
      if (!AGAIN.includes(ack.error.code)) return;
    }
    if (performance.now() < end) continue;
    const state = `${person.socket.connected ? '' : 'not '}connected, last heard ${JSON.stringify(ack)}`;
    throw new Error(`${person.seat} has no answer to ${JSON.stringify(command)}: ${state}`);
  }
}
