import { PARTNERS, say } from '@mend/core';
import { describe, expect, it } from 'vitest';
import { Play } from './fixtures/play.ts';
import { EXERCISES, shelf } from './index.ts';

/** More moments than any play needs that is not kept from ending. */
const BOUND = 1_000;
const SEEDS = 60;

/** A small generator with a seed, so that a play that fails can be played again (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe.each(EXERCISES.map((exercise) => exercise.id))('%s', (id) => {
  it('T20 ends however it is played', () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const random = seeded(seed);
      const play = new Play(id, PARTNERS[seed % 2]);
      let steps = 0;
      for (; steps < BOUND && !play.isOver; steps++) {
        // Who says not now ends it at once; that is played elsewhere.
        play.step(
          ({ kind, choices }) => (kind === 'confirm' ? choices[0] : choices[random(choices.length)])?.id,
        );
      }
      expect(play.isOver, `seed ${seed}`).toBe(true);
    }
  });

  it('T20 ends by going on', () => {
    const play = new Play(id);
    for (let i = 0; i < 100 && !play.isOver; i++) play.step();
    expect(play.isOver).toBe(true);
  });

  it('V8 has words for each seat in each moment, with every name filled in', () => {
    const play = new Play(id);
    for (let i = 0; i < 100 && !play.isOver; i++) {
      for (const seat of [...PARTNERS, 'counsellor'] as const) {
        const { moment } = play.view(seat);
        const texts = [moment?.title, moment?.prompt, moment?.example, ...(moment?.starters ?? [])];
        for (const text of texts) expect(text ?? '').not.toMatch(/\{\w+\}/);
      }
      play.step();
    }
    for (const key of ['title', 'summary']) expect(say(shelf.get(id) ?? fail(), 'en', key)).not.toBe('');
  });
});

function fail(): never {
  throw new Error('not on the shelf');
}
