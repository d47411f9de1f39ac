import type { SeededRandom } from '../support/seeded-random.ts';
import type { Device } from './device.ts';

export type Spoken = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What carries the session on, if it waits for this seat; a turn is ended at times. */
export function nextStep(device: Device, random: SeededRandom): Spoken | null {
  const { view } = device;
  const may = view?.may ?? [];
  if (may.includes('turn.done') && random.chance(0.6)) {
    return { type: 'turn.done', stateVector: device.stateVector(), turn: view?.floor.turn ?? '' };
  }
  if (view?.moment?.waitingFor.some((seat) => seat === device.seat)) {
    const { choices } = view.moment;
    const choice = random.chance(0.8) ? choices[0] : random.pick(choices);
    return { type: 'moment.answer', choice: choice?.id, moment: view.moment.id };
  }
  if (may.includes('lobby.admit'))
    return { type: 'lobby.admit', seat: random.pick(['partnerA', 'partnerB']) };
  if (view?.phase === 'lobby') return { type: 'lobby.ready', ready: true };
  if (may.includes('pause.end')) return { type: 'pause.end' };
  if (may.includes('moderate.resume') && random.chance(0.7)) return { type: 'moderate.resume' };
  if (may.includes('exercise.start')) {
    return { type: 'exercise.start', exercise: 'take-turns', first: random.pick(['partnerA', 'partnerB']) };
  }
  return null;
}

/** Something this seat could say now, mostly what carries the session on; at times what it may not. */
export function somethingToSay(device: Device, random: SeededRandom): Spoken {
  const next = nextStep(device, random);
  if (next) return next;
  return random.pick<Spoken>([
    { type: 'turn.here', clientId: device.doc.clientID },
    { type: 'turn.done', stateVector: device.stateVector() },
    { type: 'turn.ask', ask: random.chance(0.5) },
    { type: 'signal', kind: 'with-you' },
    { type: 'pause.start', minutes: 20 },
    { type: 'moderate.hold' },
    { type: 'moderate.speak' },
    { type: 'moderate.skip' },
    { type: 'moderate.prompt', text: 'Slowly.' },
    { type: 'moderate.give', seat: random.pick(['partnerA', 'partnerB', 'counsellor']) },
    { type: 'consent.save', keep: random.chance(0.8) },
    random.chance(0.05) ? { type: 'session.close' } : { type: 'turn.ask', ask: true },
  ]);
}
