/** Ends the own turn: everything that was written is on the server first, then the turn is passed. */

import type { ControlClient, SaidCode } from './control-client.ts';
import type { DocumentClient } from './document-client.ts';

/** `kept`: the person went on writing instead. */
export type Passed = 'passed' | 'kept' | SaidCode;

export interface PassTurn {
  readonly control: Pick<ControlClient, 'say' | 'status' | 'subscribe'>;
  readonly document: Pick<DocumentClient, 'view' | 'subscribe' | 'whenSaved' | 'stateVector'>;
  readonly turn: string;
  /** Puts what the field shows into the document. */
  readonly flush: () => void;
  /** Goes on writing. A command that was sent before may have its effect all the same. */
  readonly signal: AbortSignal;
}

/** A state vector says nothing of deletions, so those are waited for; on a poor network not without end. */
const SAVED_WITHIN = 2_000;
const ANSWER_WITHIN = 10_000;

export async function passTurn(options: PassTurn): Promise<Passed> {
  const { control, document, turn, flush, signal } = options;
  for (;;) {
    flush();
    await whenConnected(options);
    if (signal.aborted) return 'kept';
    await document.whenSaved(SAVED_WITHIN);
    if (signal.aborted) return 'kept';
    const said = await control.say(
      { type: 'turn.done', stateVector: document.stateVector(), turn },
      { within: ANSWER_WITHIN, signal },
    );
    if (said.ok || said.code === 'turn-over') return 'passed';
    if (signal.aborted) return 'kept';
    if (said.code !== 'no-answer' || isOver(options)) return said.code;
  }
}

const isOver = ({ control, document }: PassTurn): boolean =>
  control.status() === 'refused' || ['erased', 'gone'].includes(document.view().status);

/** Both channels are open, or it makes no sense to wait any longer. */
function whenConnected(options: PassTurn): Promise<void> {
  const { control, document, signal } = options;
  const isReady = (): boolean =>
    signal.aborted ||
    isOver(options) ||
    (control.status() === 'live' && document.view().status === 'live' && document.view().synced);
  if (isReady()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isReady()) return;
      for (const stop of stops) stop();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const stops = [control.subscribe(look), document.subscribe(look)];
    signal.addEventListener('abort', look);
  });
}
