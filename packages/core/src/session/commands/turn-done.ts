import * as z from 'zod/mini';
import { missingWords, readStateVector } from '../../document/state-vector.ts';
import { turnId } from '../../ids.ts';
import { err } from '../../result.ts';
import { endTurn } from '../flow.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { floorHolder, openTurn } from '../state.ts';
import { decided, defineCommand, EVERYBODY } from './command.ts';

/** Ends the holder's turn once all of its words are here. Until then it answers `words-missing`. */
export const turnDone = defineCommand({
  type: 'turn.done',
  fields: z.strictObject({
    stateVector: z.string().check(z.maxLength(65_536)),
    turn: z.optional(z.string().check(z.maxLength(64))),
  }),
  seats: EVERYBODY,
  may: ({ session, seat }) => floorHolder(session)?.seat === seat,
  whenNot: ({ session }, { turn }) =>
    turn !== undefined && openTurn(session, turnId(turn)) === null ? refusal('turn-over') : null,
  decide({ session, seat, at, shelf }, { stateVector, turn: named }) {
    const vector = readStateVector(stateVector);
    const turn = floorHolder(session);
    if (!vector) return err(refusal('bad-input', 'This is not a state vector.'));
    // Named, and open, but resting under another turn of the same seat.
    if (!turn || (named ?? turn.id) !== turn.id) return err(refusal('not-now'));
    if (missingWords(session.owners, seat, vector)) return err(refusal('words-missing'));
    const proposal = propose(session, at);
    endTurn(proposal, shelf, turn);
    return decided(proposal.facts);
  },
});
