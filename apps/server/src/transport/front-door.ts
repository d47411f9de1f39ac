import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { DOCUMENT_PATH } from '@mend/protocol';
import { isOwnOrigin } from './origin.ts';
import { problemBody } from './problem.ts';

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface FrontDoor {
  readonly publicOrigin: string | null;
  readonly pages: RequestListener;
  readonly control: { readonly request: RequestListener; readonly upgrade: Upgrade };
  readonly documents: { readonly upgrade: Upgrade };
}

const CONTROL_PATH = '/socket.io/';

/**
 * Where every request and every upgrade comes in. A browser that shows another site's page is turned away here, on
 * all three channels alike, before anything else is looked at.
 */
export function openFrontDoor(http: Server, { publicOrigin, pages, control, documents }: FrontDoor): void {
  http.on('request', (request, response) => {
    if (!isOwnOrigin(request, publicOrigin)) {
      const { status, body } = problemBody('foreign-origin');
      response.writeHead(status, { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' });
      response.end(body);
    } else if (request.url?.startsWith(CONTROL_PATH)) control.request(request, response);
    else pages(request, response);
  });
  http.on('upgrade', (request, socket, head) => {
    // Until somebody takes the socket on, a reset must not be an error that nobody hears.
    socket.on('error', () => socket.destroy());
    if (!isOwnOrigin(request, publicOrigin)) refuseUpgrade(socket, '403 Forbidden');
    else if (request.url?.startsWith(DOCUMENT_PATH)) documents.upgrade(request, socket, head);
    else if (request.url?.startsWith(CONTROL_PATH)) control.upgrade(request, socket, head);
    else refuseUpgrade(socket, '404 Not Found');
  });
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
