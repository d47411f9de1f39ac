import { useEffect, useRef } from 'react';
import { sessionWords } from '../locales/en-session.ts';

/** The page's title says whose turn it is, in neutral words, and a phone that can gives a short sign. */
export function useYourTurnSign(yours: boolean): void {
  const was = useRef(yours);
  useEffect(() => {
    document.title = yours ? sessionWords.titleOnYourTurn : sessionWords.title;
    // Not on arriving: only when it becomes so.
    if (yours && !was.current) navigator.vibrate?.(60);
    was.current = yours;
  }, [yours]);
  useEffect(
    () => () => {
      document.title = sessionWords.title;
    },
    [],
  );
}
