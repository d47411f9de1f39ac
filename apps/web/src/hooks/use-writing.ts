import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SaidCode } from '../session/control-client.ts';
import { isHeld } from '../session/own-turn.ts';
import type { SessionClient } from '../session/session-client.ts';
import type { SessionSnapshot } from '../session/session-snapshot.ts';
import type { WritingDesk } from '../session/writing-desk.ts';

export interface Writing {
  /** For the `<textarea>`. */
  readonly fieldRef: (field: HTMLTextAreaElement | null) => void;
  /** What the field shows. */
  readonly words: string;
  /** Whether it can be written in now. */
  readonly isOpen: boolean;
  readonly isPassing: boolean;
  readonly trouble: SaidCode | null;
  readonly insert: (words: string) => void;
  readonly pass: () => void;
  /** Stops passing, and goes on writing. */
  readonly keepWriting: () => void;
}

/** The own turn's field, bound to the words for as long as both are on the screen. */
export function useWriting(session: SessionClient, snapshot: SessionSnapshot, turn: string): Writing {
  const [field, setField] = useState<HTMLTextAreaElement | null>(null);
  const [desk, setDesk] = useState<WritingDesk | null>(null);
  const [words, setWords] = useState('');
  const [passing, setPassing] = useState<AbortController | null>(null);
  const [trouble, setTrouble] = useState<SaidCode | null>(null);
  const mounted = useRef(true);
  const { view, pen, isReturned } = snapshot;
  const { generation, synced } = snapshot.document;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation is another document, bound anew.
  useLayoutEffect(() => {
    if (field === null || !isReturned || !synced) return;
    const opened = session.openDesk(turn, field, setWords);
    setDesk(opened);
    return () => {
      setDesk(null);
      opened.close();
    };
  }, [session, turn, field, generation, isReturned, synced]);

  const isOpen = desk !== null && passing === null && pen === 'ready' && isHeld(view, turn);
  useLayoutEffect(() => desk?.allow(isOpen), [desk, isOpen]);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  useEffect(() => () => passing?.abort(), [passing]);

  const pass = useCallback(() => {
    if (desk === null || passing !== null) return;
    const abort = new AbortController();
    setPassing(abort);
    setTrouble(null);
    void session.pass(turn, desk, abort.signal).then((outcome) => {
      // Passed: the next view takes this panel away.
      if (!mounted.current || outcome === 'passed') return;
      setPassing(null);
      if (outcome !== 'kept') setTrouble(outcome);
    });
  }, [session, turn, desk, passing]);

  return {
    fieldRef: setField,
    words,
    isOpen,
    isPassing: passing !== null,
    trouble,
    insert: useCallback(
      (more: string) => {
        desk?.insert(more);
        field?.focus();
      },
      [desk, field],
    ),
    pass,
    keepWriting: useCallback(() => setPassing(null), []),
  };
}
