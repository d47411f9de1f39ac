import type { View } from '@mend/core';
import type { CommandAck } from '@mend/protocol';
import { WebSocket } from 'ws';

/** Clients that cost next to nothing, so that a thousand sessions of them fit beside the server that is measured. */

const options = { perMessageDeflate: false } as const;

/** The document's channel, byte for byte. */
export interface DocumentChannel {
  readonly ws: WebSocket;
  /** What is done with each frame from now on. */
  onFrame(listen: (frame: Buffer) => void): void;
  close(): Promise<void>;
}

export async function openDocument(origin: string, path: string): Promise<DocumentChannel> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}${path}`, options);
  let listener: (frame: Buffer) => void = () => {};
  ws.on('message', (data: Buffer) => listener(data));
  await opened(ws);
  return {
    ws,
    onFrame(listen) {
      listener = listen;
    },
    close: () => closed(ws),
  };
}

/** The command channel: Engine.IO 4 and Socket.IO 5 by hand, as far as this needs them. */
export interface ControlChannel {
  view(): View | null;
  say(command: object): Promise<CommandAck>;
  /** Resolves when a view shows it. */
  sees(look: (view: View) => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openControl(origin: string, token: string): Promise<ControlChannel> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, options);
  let latest: View | null = null;
  let count = 0;
  const acks = new Map<string, (ack: CommandAck) => void>();
  const watchers = new Set<() => void>();
  ws.on('message', (data: Buffer) => {
    // What is said to a writer about words that are safe need not be read here.
    if (data[0] === 0x34 && data[1] === 0x32 && data[4] === 0x73) return;
    const text = data.toString();
    if (text === '2') ws.send('3');
    else if (text.startsWith('0')) ws.send(`40${JSON.stringify({ token })}`);
    else if (text.startsWith('42["view"')) {
      latest = (JSON.parse(text.slice(2)) as [string, View])[1];
      for (const watch of watchers) watch();
    } else if (text.startsWith('43')) {
      const from = text.indexOf('[');
      const id = text.slice(2, from);
      acks.get(id)?.((JSON.parse(text.slice(from)) as [CommandAck])[0]);
      acks.delete(id);
    }
  });
  await opened(ws);
  const channel: ControlChannel = {
    view: () => latest,
    say: (command) =>
      new Promise((resolve) => {
        const id = String(count++);
        acks.set(id, resolve);
        ws.send(`42${id}${JSON.stringify(['command', command])}`);
      }),
    sees: (look) =>
      new Promise((resolve) => {
        const watch = () => {
          if (!latest || !look(latest)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
    close: () => closed(ws),
  };
  await channel.sees(() => true);
  return channel;
}

function opened(ws: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });
}

function closed(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    ws.once('close', () => resolve());
    ws.terminate();
  });
}
