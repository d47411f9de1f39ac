import type { Command } from '@mend/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SaidCode } from '../session/control-client.ts';
import type { SessionClient } from '../session/session-client.ts';

export interface Saying {
  /** What is on its way now. */
  readonly busy: Command | null;
  /** Why the last one was not taken; null once another is said. */
  readonly trouble: SaidCode | null;
  /** Resolves with whether it was taken. While one is on its way, another is not said. */
  readonly say: (command: Command) => Promise<boolean>;
}

/** One command at a time, with what came of it. */
export function useSaying(session: SessionClient): Saying {
  const [busy, setBusy] = useState<Command | null>(null);
  const [trouble, setTrouble] = useState<SaidCode | null>(null);
  const saying = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const say = useCallback(
    async (command: Command): Promise<boolean> => {
      if (saying.current) return false;
      saying.current = true;
      setBusy(command);
      setTrouble(null);
      const said = await session.say(command);
      saying.current = false;
      if (mounted.current) {
        setBusy(null);
        // What is over already is as good as done: the view shows what is now.
        if (!said.ok && said.code !== 'moment-over' && said.code !== 'turn-over') setTrouble(said.code);
      }
      return said.ok;
    },
    [session],
  );
  return { busy, trouble, say };
}
