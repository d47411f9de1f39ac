import { useEffect, useRef } from 'react';

/** Another `scene` is read from its beginning. Somebody who is typing is left where they are. */
export function useFromTheTop(scene: string): void {
  const before = useRef(scene);
  useEffect(() => {
    if (before.current === scene) return;
    before.current = scene;
    const isTyping = document.activeElement?.matches('input, textarea') ?? false;
    if (!isTyping) window.scrollTo({ top: 0, behavior: 'instant' });
  }, [scene]);
}
