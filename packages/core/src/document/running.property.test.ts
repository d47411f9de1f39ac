import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { forge, forgery } from './fixtures/forge.ts';
import type { Client, Room } from './fixtures/room.ts';
import { newRoom, run as play, script } from './fixtures/script.ts';
import { check, type GuardOptions } from './guard.ts';
import { LIMITS } from './limits.ts';
import { beginRun, continueRun, type Run } from './running.ts';

/** Milliseconds: a few seconds, unless the machine is busy. */
const TIMEOUT = 60_000;

/** Goes along with every update of a room, and holds what the run says against what the guard says. */
class Along {
  run: Run | null = null;
  continued = 0;

  judge(room: Room, client: Client, update: Uint8Array, limits = LIMITS): void {
    const options: GuardOptions = {
      clientId: client.id,
      writable: client === room.holder ? room.root : null,
      limits,
    };
    const verdict = check(room.server, update, options);
    const on = this.run && continueRun(this.run, update, options);
    if (on) {
      this.continued += 1;
      expect(verdict).toEqual(on.verdict);
      this.run = on.run;
    } else if (verdict.ok && verdict.verdict === 'apply') {
      this.run = beginRun(update, options, verdict, room.text.length + verdict.added - verdict.deleted);
    }
    if (verdict.ok && verdict.verdict === 'apply') Y.applyUpdate(room.server, verdict.apply, client);
  }
}

/** Types on at one place, as a run does, with what others might send in between. */
const typing = fc.array(fc.constantFrom('a', ' ', 'é', '😀', '\u200F', 'שלום', '\n'), {
  minLength: 1,
  maxLength: 20,
});

test(
  'D27 what goes on with a run is judged as the guard judges it, whatever else comes',
  () => {
    let continued = 0;
    fc.assert(
      fc.property(
        script(25),
        typing,
        fc.array(forgery, { maxLength: 8 }),
        fc.nat(),
        (steps, letters, forgeries, at) => {
          const room = newRoom();
          for (const step of steps) play(room, step);
          room.settle(room.holder);
          const along = new Along();
          const { holder } = room;
          const text = holder.doc.getText(room.root);
          let caret = at % (text.length + 1);
          // Never into the middle of a pair.
          if (/[\uDC00-\uDFFF]/.test(text.toString()[caret] ?? '')) caret -= 1;
          for (const [index, letter] of letters.entries()) {
            const before = holder.written.length;
            text.insert(caret, letter);
            caret += letter.length;
            for (const update of holder.written.slice(before)) along.judge(room, holder, update);
            holder.toServer.length = 0;
            const forged = forgeries[index];
            if (!forged) continue;
            const { client, update } = forge(room, forged);
            const options = { clientId: client.id, writable: client === holder ? room.root : null };
            const on = along.run && continueRun(along.run, update, options);
            if (on) expect(check(room.server, update, options)).toEqual(on.verdict);
          }
          continued += along.continued;
          expect(room.text.toString()).toBe(text.toString());
        },
      ),
      { numRuns: 300 },
    );
    expect(continued).toBeGreaterThan(1_000);
  },
  TIMEOUT,
);

/** A text in which somebody has typed a word before another one, and the updates of two more letters. */
function scene(): { room: Room; run: Run; next: Uint8Array; options: GuardOptions } {
  const room = newRoom();
  const { holder } = room;
  const text = holder.doc.getText(room.root);
  text.insert(0, 'end');
  room.settle(holder);
  const options: GuardOptions = { clientId: holder.id, writable: room.root };
  const type = (letter: string, at: number): Uint8Array => {
    const before = holder.written.length;
    text.insert(at, letter);
    holder.toServer.length = 0;
    return holder.written[before] ?? new Uint8Array();
  };
  const first = type('a', 0);
  const verdict = check(room.server, first, options);
  if (!verdict.ok || verdict.verdict !== 'apply') throw new Error('refused');
  Y.applyUpdate(room.server, verdict.apply);
  const run = beginRun(first, options, verdict, room.text.length);
  if (!run) throw new Error('no run');
  return { room, run, next: type('b', 1), options };
}

test('D27 a run goes on without a look at the document', () => {
  const { run, next, options } = scene();
  const on = continueRun(run, next, options);
  expect(on).toMatchObject({
    verdict: { from: run.next, to: run.next + 1, added: 1, deleted: 0, apply: next },
  });
  expect(on?.run).toEqual({ ...run, next: run.next + 1, units: run.units + 1 });
});

test('D27 what is not plainly its continuation is left to the guard', () => {
  const { room, run, next, options } = scene();
  const not: readonly [string, Run, Uint8Array, GuardOptions][] = [
    ['another writer', run, next, { ...options, clientId: options.clientId + 1 }],
    ['another text', run, next, { ...options, writable: 'turn:other' }],
    ['nothing to write in', run, next, { ...options, writable: null }],
    ['sent again', { ...run, next: run.next + 1 }, next, options],
    ['a gap', { ...run, next: run.next - 1 }, next, options],
    ['another right neighbour', { ...run, right: null }, next, options],
    ['the end of the text', { ...run, units: LIMITS.turnText }, next, options],
    ['too large', run, next, { ...options, limits: { ...LIMITS, updateBytes: next.length - 1 } }],
    ['too many clocks', run, next, { ...options, limits: { ...LIMITS, newClocks: 0 } }],
    ['bytes behind', run, Uint8Array.from([...next, 0]), options],
    ['everything', run, Y.encodeStateAsUpdate(room.holder.doc), options],
  ];
  for (const [what, of, update, asked] of not)
    expect([what, continueRun(of, update, asked)]).toEqual([what, null]);
});
