import { useRef } from 'react';

/** Of several lines the one that changed last, for the one place that is read out. Empty ones are passed over. */
export function useLatest(lines: readonly string[]): string {
  const before = useRef<readonly string[]>([]);
  const shown = useRef('');
  const changed = lines.findLast((line, index) => line !== '' && line !== before.current[index]);
  before.current = lines;
  if (changed !== undefined) shown.current = changed;
  return lines.includes(shown.current) ? shown.current : (lines.find((line) => line !== '') ?? '');
}
