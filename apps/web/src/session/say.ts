/** What can be said to the server. */

import type { Command } from '@mend/core';

/** A command without fields has no others either: `{}` alone would stand for anything. */
type Plain<C extends Command> = C extends Command
  ? string extends keyof C
    ? { readonly type: C['type']; readonly id?: string }
    : C
  : never;

/** A command, with an id of its own if it must be known before it is said. */
export type Sayable = Plain<Command>;
