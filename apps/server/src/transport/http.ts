import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Exercise, say } from '@mend/core';
import { inviteCodeRequest, joinRequest, renewInviteRequest, sessionCreateRequest } from '@mend/protocol';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import * as z from 'zod/mini';
import type { Log } from '../log.ts';
import type { AdmissionFault, Admissions, Admitted } from '../seats/admissions.ts';
import type { CodeBook } from '../seats/code-book.ts';
import { bearerToken, cookieToken, dropCookie, setCookie } from './credential.ts';
import { type ProblemCode, sendProblem } from './problem.ts';

export interface HttpDeps {
  readonly admissions: Admissions;
  readonly codes: CodeBook;
  readonly exercises: readonly Exercise[];
  readonly log: Log;
  readonly now: () => number;
  /** Whether the store answers. */
  readonly ping: () => Promise<boolean>;
  readonly publicOrigin: string | null;
  readonly limits: boolean;
  /** The built web client; null serves no pages. */
  readonly webFolder: string | null;
}

const MINUTE = 60_000;
const LARGEST_BODY = '16kb';

/** The HTTP side: rooms, invitations, transcripts, and the pages. */
export function createHttp(deps: HttpDeps): Express {
  const { admissions, codes, publicOrigin } = deps;
  const secure = publicOrigin?.startsWith('https:') ?? false;
  const app = express();
  app.disable('x-powered-by');
  // A proxy on this machine says who asks; nobody else is believed.
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders(secure));

  const limited = (perMinute: number): RequestHandler =>
    deps.limits
      ? rateLimit({
          windowMs: MINUTE,
          limit: perMinute,
          standardHeaders: 'draft-8',
          legacyHeaders: false,
          // Its warnings would go to the console, past the log and what the log leaves out.
          validate: false,
          handler: (_request, response) => sendProblem(response, 'too-fast'),
        })
      : (_request, _response, next) => next();

  const api = express.Router();
  api.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  api.use(limited(600));
  api.use((request, response, next) => {
    if (hasBody(request) && !request.is('json')) sendProblem(response, 'bad-input');
    else next();
  });
  api.use(express.json({ limit: LARGEST_BODY, inflate: false, reviver: withoutProto }));

  api.get('/exercises', (_request, response) => {
    response.json({ exercises: deps.exercises.map(summaryOf) });
  });

  api.post('/sessions', limited(60), async (request, response) => {
    const body = read(sessionCreateRequest, request.body ?? {});
    if (!body) return sendProblem(response, 'bad-input');
    const made = await admissions.create(body.withCounsellor ?? false);
    if (!made.ok) return sendFault(response, made.error);
    response.status(201).json(made.value);
  });

  api.post('/join', limited(60), async (request, response) => {
    const body = read(joinRequest, request.body);
    if (!body) return sendProblem(response, 'bad-input');
    const joined = await admissions.join(body.invite, body.name, body.attempt ?? null);
    if (!joined.ok) return sendFault(response, joined.error);
    response.append('Set-Cookie', setCookie(joined.value.sessionId, joined.value.token, secure));
    response.json(joined.value);
  });

  api.post('/codes', limited(30), async (request, response) => {
    const body = read(z.strictObject({ invite: z.string().check(z.maxLength(256)) }), request.body);
    if (!body) return sendProblem(response, 'bad-input');
    if (!(await admissions.isGood(body.invite))) return sendProblem(response, 'invite-unknown');
    const issued = codes.issue(body.invite, deps.now());
    if (!issued) return sendProblem(response, 'too-fast');
    response.status(201).json(issued);
  });

  api.post('/codes/redeem', limited(5), (request, response) => {
    const body = read(inviteCodeRequest, request.body);
    if (!body) return sendProblem(response, 'bad-input');
    const invite = codes.redeem(body.code, deps.now());
    if (invite === null) return sendProblem(response, 'invite-unknown');
    response.json({ invite });
  });

  api.post('/sessions/:id/invites', limited(30), async (request, response) => {
    const admitted = await seatOf(request, response);
    if (!admitted) return;
    const body = read(renewInviteRequest, request.body);
    if (!body) return sendProblem(response, 'bad-input');
    const renewed = await admissions.renew(admitted, body.seat);
    if (!renewed.ok) return sendFault(response, renewed.error);
    response.status(201).json({ invite: renewed.value });
  });

  api.get('/sessions/:id/transcript', async (request, response) => {
    const admitted = await seatOf(request, response);
    if (!admitted) return;
    const { actor, seat } = admitted;
    actor.catchUp();
    const { phase } = actor.session;
    const transcript = actor.transcript(seat);
    if (!(await actor.durable())) return sendProblem(response, 'cannot-write');
    if (phase.is === 'erased') return sendProblem(response, 'not-kept');
    if (phase.is === 'sealed' && phase.decideBy !== null) return sendProblem(response, 'not-decided');
    response.json(transcript);
  });

  /** This device lets go of its seat; the seat itself stays. */
  api.post('/sessions/:id/leave', (request, response) => {
    response.append('Set-Cookie', dropCookie(encodeURIComponent(request.params.id ?? ''), secure));
    response.status(204).end();
  });

  api.use((_request, response) => sendProblem(response, 'not-found'));

  app.get('/healthz', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    if (await deps.ping()) response.json({ status: 'ok' });
    else sendProblem(response, 'cannot-write');
  });
  app.use('/api', api);
  if (deps.webFolder) servePages(app, deps.webFolder);
  app.use((_request, response) => sendProblem(response, 'not-found'));
  app.use(faultHandler(deps.log));
  return app;

  /** The seat that asks; answers 401 by itself where there is none. */
  async function seatOf(request: Request, response: Response): Promise<Admitted | null> {
    const id = String(request.params.id);
    const token = bearerToken(request) ?? cookieToken(request, id);
    const admitted = await admissions.admit(token ?? '', id);
    if (admitted.ok) return admitted.value;
    sendFault(response, admitted.error);
    return null;
  }
}

const sendFault = (response: Response, fault: AdmissionFault): void => sendProblem(response, fault);

function read<S extends z.ZodMiniType>(schema: S, body: unknown): z.infer<S> | null {
  const result = schema.safeParse(body);
  return result.success ? result.data : null;
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function withoutProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('a key that is none');
  return value;
}

function summaryOf(exercise: Exercise) {
  const words = (key: string) => say(exercise, 'en', key);
  return {
    id: exercise.id,
    title: words('title'),
    summary: words('summary'),
    minutes: exercise.minutes,
    moments: exercise.steps
      .filter((step) => !step.aside)
      .map((step) => ({ id: step.id, kind: step.kind, title: words(`moment.${step.kind}`) })),
  };
}

function securityHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure,
    // Both are for secure origins only; on a home network without TLS browsers just complain about them.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
}

/** Pages are one file; what has a hash in its name never changes. */
function servePages(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }));
  app.use(express.static(folder, { index: false, cacheControl: false }));
  app.get(['/', '/join', '/s/:id', '/s/:id/transcript', '/not-for-here'], (_request, response) => {
    response.set('Cache-Control', 'no-store');
    response.sendFile(page);
  });
  // A link that was cut short on its way still leads to a page, which says so.
  app.get('/*path', (request, response, next) => {
    if (!request.accepts('html') || request.accepts(['json', 'html']) === 'json') return next();
    response.status(404).set('Cache-Control', 'no-store').sendFile(page);
  });
}

/** What goes wrong while a request is read, by the status that express gives it. */
function faultHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
    const code: ProblemCode = status === 413 ? 'too-large' : isClientFault(status) ? 'bad-input' : 'fault';
    if (code === 'fault') log.error('a request failed', error);
    sendProblem(response, code);
  };
}

const isClientFault = (status: unknown): boolean =>
  typeof status === 'number' && status >= 400 && status < 500;
