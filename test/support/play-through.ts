import type { CommandAck } from '@mend/protocol';
import type { Couple, Person } from './person.ts';

/** Acts on whatever the session waits for, as both people, until the exercise has ended; who acted, in order. */
export async function playThrough({ a, b }: Couple): Promise<string[]> {
  const acted: string[] = [];
  const people: readonly Person[] = [a, b];
  for (let guard = 0; guard < 60; guard++) {
    const v = Math.max(a.view().v, b.view().v);
    const view = await a.sees((one) => one.v >= v || one.exercise === null, 'the newest view');
    if (view.exercise === null) return acted;
    const holder = people.find((one) => one.seat === view.floor.holder && view.floor.status === 'held');
    if (holder) {
      await holder.sees((one) => one.floor.turn === view.floor.turn, 'the own turn');
      holder.write(`words of ${holder.seat} in ${view.floor.turn}`);
      accepted(await holder.done());
      acted.push(holder.seat);
      await Promise.all(
        people.map((one) => one.sees((next) => next.floor.turn !== view.floor.turn, 'the next moment')),
      );
      continue;
    }
    const moment = view.moment;
    if (!moment) throw new Error('nobody is asked');
    // Whoever is not asked may see the next moment already.
    for (const one of people.filter(({ seat }) => moment.waitingFor.some((asked) => asked === seat))) {
      const own = await one.sees((seen) => seen.moment?.id === moment.id, 'the same moment');
      accepted(
        await one.say({ type: 'moment.answer', choice: own.moment?.choices[0]?.id, moment: moment.id }),
      );
      if (moment.waitingFor.length === 1) acted.push(one.seat);
    }
    await Promise.all(
      people.map((one) => one.sees((next) => next.moment?.id !== moment.id, 'the next moment')),
    );
  }
  throw new Error('the exercise does not end');
}

function accepted(ack: CommandAck): void {
  if (!ack.ok) throw new Error(`refused: ${ack.error.code}`);
}
