/** What the system calls of a server say about the order in which it syncs and tells, and nothing else. */
export type TraceEvent =
  | { readonly is: 'written' }
  | { readonly is: 'sync-begun' }
  | { readonly is: 'synced' }
  | { readonly is: 'sync-failed' }
  | { readonly is: 'sent'; readonly bytes: string };

const LINE =
  /^\d+\s+(?:<\.\.\. (?<resumed>\w+) resumed>|(?<call>\w+)\((?:\d+<(?<target>[^>]*)>)?)(?<rest>.*)$/;
const isSync = (call: string): boolean => call === 'fsync' || call === 'fdatasync';
const isSocket = (target: string): boolean => /^(?:socket:|TCP|UNIX)/.test(target);

/** `wal`: how the name of the file ends that commits are written to. The text is what `strace -f -y` writes. */
export function eventsIn(text: string, wal: string): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  /** Threads, by their numbers, that wait for a sync of that file. */
  const syncing = new Set<string>();
  for (const line of text.split('\n')) {
    const { resumed, call = '', target = '', rest = '' } = LINE.exec(line)?.groups ?? {};
    const thread = line.split(' ', 1)[0] ?? '';
    const isOver = !rest.endsWith('<unfinished ...>');
    const ended = (): void => void events.push({ is: rest.endsWith('= 0') ? 'synced' : 'sync-failed' });
    if (resumed !== undefined) {
      if (isSync(resumed) && syncing.delete(thread)) ended();
    } else if (isSync(call) && target.endsWith(wal)) {
      events.push({ is: 'sync-begun' });
      if (isOver) ended();
      else syncing.add(thread);
    } else if (target.endsWith(wal)) events.push({ is: 'written' });
    // At its beginning: from then on somebody may have read it.
    else if (isSocket(target)) events.push({ is: 'sent', bytes: rest });
  }
  return events;
}

/** One thing that was asked of the server after the one before was wholly answered: what tells of it, on any socket. */
export interface Step {
  readonly name: string;
  readonly tells: RegExp;
}

/**
 * What is wrong with a trace in which these steps follow each other. When the first byte leaves that tells of a step,
 * something must have been written for it, and nothing that was written may wait for a sync that has not ended well.
 */
export function untimely(events: readonly TraceEvent[], steps: readonly Step[]): readonly string[] {
  const faults: string[] = [];
  const left = [...steps];
  let written = 0;
  let begunAt = 0;
  let synced = 0;
  let before = 0;
  for (const event of events) {
    if (event.is === 'written') written += 1;
    else if (event.is === 'sync-begun') begunAt = written;
    else if (event.is === 'synced') synced = begunAt;
    else if (event.is === 'sent') {
      const [step] = left;
      if (!step?.tells.test(event.bytes)) continue;
      left.shift();
      if (synced === before) faults.push(`${step.name} was told before anything was synced for it`);
      if (synced < written)
        faults.push(`${step.name} was told while something written for it was not synced`);
      before = written;
    }
  }
  return [...faults, ...left.map(({ name }) => `${name} was never told`)];
}
