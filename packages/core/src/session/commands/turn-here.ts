import * as z from 'zod/mini';
import { err } from '../../result.ts';
import { refusal } from '../refusal.ts';
import { writableTurn } from '../state.ts';
import { decided, defineCommand, EVERYBODY, unchanged } from './command.ts';

/** Moves the pen to another connection of the holder's own seat. */
export const turnHere = defineCommand({
  type: 'turn.here',
  fields: z.strictObject({ clientId: z.int().check(z.nonnegative()) }),
  seats: EVERYBODY,
  may: ({ session, seat, at }) => writableTurn(session, seat, at) !== null,
  decide({ session, seat, at }, { clientId }) {
    const turn = writableTurn(session, seat, at);
    const owner = session.owners.get(clientId);
    if (owner && owner.seat !== seat) return err(refusal('not-allowed'));
    if (!turn || turn.pen === clientId) return unchanged;
    return decided([{ type: 'pen-moved', turn: turn.id, seat, clientId }]);
  },
});
