import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the end of growing words on the screen for whoever reads at their end. Somebody who has scrolled up to read
 * again is left there. Returns the ref for an element right behind the words.
 */
export function useFollowEnd(words: string) {
  const end = useRef<HTMLDivElement>(null);
  const wasSeen = useRef(false);
  useEffect(() => {
    const element = end.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      wasSeen.current = entry?.isIntersecting ?? false;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the words that grow.
  useLayoutEffect(() => {
    const bottom = end.current?.getBoundingClientRect().bottom ?? 0;
    const below = bottom - window.innerHeight;
    if (wasSeen.current && below > 0) window.scrollBy({ top: below + ROOM, behavior: 'instant' });
  }, [words]);
  return end;
}

/** Pixels that stay free below the last line. */
const ROOM = 24;
