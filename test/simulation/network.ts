/**
 * One connection as TCP has it: in order, and nothing of it is lost but by its end. It moves only when it is told to,
 * each direction by itself, so either side may speak for long into what the other has left already.
 */
export interface Pipe<Up, Down> {
  readonly clientIsOpen: boolean;
  readonly serverIsOpen: boolean;
  /** Both sides know that it is over: it can be forgotten. */
  readonly isSpent: boolean;
  /** How much is on its way, ends included. */
  readonly moving: number;
  /** How much the server has sent that nobody has read. */
  readonly unread: number;
  sendUp(message: Up): void;
  sendDown(message: Down): void;
  /** The client's side is gone: of what it has sent, so much still arrives. */
  cut(arriving: number): void;
  /** The server closes: what it has sent still arrives, and then the client knows. */
  close(): void;
  /** The server's process is gone, and knows nothing more. */
  crash(arriving: number): void;
  /** Hands the server the next messages, the first of them twice if asked to. */
  deliverUp(most: number, again?: boolean): void;
  deliverDown(most: number): void;
}

export interface Ends<Up, Down> {
  server(message: Up): void;
  serverGone(): void;
  client(message: Down): void;
  clientGone(): void;
}

export function createPipe<Up, Down>(ends: Ends<Up, Down>): Pipe<Up, Down> {
  let up: Up[] = [];
  let down: Down[] = [];
  let clientIsOpen = true;
  let serverIsOpen = true;
  let serverKnows = false;
  return {
    get clientIsOpen() {
      return clientIsOpen;
    },
    get serverIsOpen() {
      return serverIsOpen;
    },
    get isSpent() {
      return !clientIsOpen && serverKnows;
    },
    get moving() {
      const untold = (clientIsOpen && !serverIsOpen ? 1 : 0) + (!clientIsOpen && !serverKnows ? 1 : 0);
      return up.length + down.length + untold;
    },
    get unread() {
      return down.length;
    },
    sendUp(message) {
      if (clientIsOpen) up.push(message);
    },
    sendDown(message) {
      if (serverIsOpen && clientIsOpen) down.push(message);
    },
    cut(arriving) {
      clientIsOpen = false;
      down = [];
      up = up.slice(0, arriving);
    },
    close() {
      serverIsOpen = false;
    },
    crash(arriving) {
      serverIsOpen = false;
      serverKnows = true;
      up = [];
      down = down.slice(0, arriving);
    },
    deliverUp(most, again = false) {
      const messages = up.splice(0, most);
      const [first] = messages;
      if (again && first !== undefined) messages.push(first);
      if (!serverKnows) for (const message of messages) ends.server(message);
      if (clientIsOpen || serverKnows || up.length > 0) return;
      serverIsOpen = false;
      serverKnows = true;
      ends.serverGone();
    },
    deliverDown(most) {
      for (let count = 0; count < most && clientIsOpen; count++) {
        const message = down.shift();
        if (message !== undefined) ends.client(message);
        else if (serverIsOpen) return;
        else {
          clientIsOpen = false;
          up = [];
          ends.clientGone();
        }
      }
    },
  };
}
