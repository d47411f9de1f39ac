import { describe, expect, it } from 'vitest';
import { SEATS } from '../ids.ts';
import { commandTypes } from './commands/index.ts';
import { mayNow, parseCommand } from './decide.ts';
import { replay } from './evolve.ts';
import { begun, ID, lobby, opened, START, Table, withCounsellor } from './fixtures/table.ts';
import { REFUSALS } from './refusal.ts';

const UUID = '3c0e8a5e-8d5b-4f0e-9a1c-0123456789ab';

describe('reading a command', () => {
  const code = (raw: unknown) => {
    const parsed = parseCommand(raw);
    return parsed.ok ? null : parsed.error.code;
  };

  it.each([
    [null],
    [7],
    ['lobby.ready'],
    [[]],
    [{}],
    [{ type: 7 }],
    [{ type: 'x'.repeat(65) }],
    [{ type: 'lobby.ready', ready: true, id: 'not a uuid' }],
    [{ type: 'lobby.ready', ready: true, id: 7 }],
    [{ type: 'lobby.ready', ready: true, extra: 1 }],
    [{ type: 'lobby.ready' }],
    [JSON.parse('{"type":"lobby.ready","ready":true,"__proto__":{}}')],
    [Object.create({ type: 'lobby.ready', ready: true })],
  ])('S11 %j is bad input', (raw) => {
    expect(code(raw)).toBe('bad-input');
  });

  it('S11 a type that nobody knows is told apart', () => {
    for (const type of ['lobby.go', '__proto__', 'constructor', '']) {
      expect(code({ type })).toBe('unknown-command');
    }
  });

  it('S11 an id is a UUID, and is handed on', () => {
    const parsed = parseCommand({ type: 'lobby.ready', ready: true, id: UUID });
    expect(parsed).toMatchObject({ ok: true, value: { id: UUID, fields: { ready: true } } });
  });

  it('S11 every refusal has a sentence', () => {
    for (const sentence of Object.values(REFUSALS)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});

describe('judging a command', () => {
  it('S11 a seat that may never is told so before anything else', () => {
    const table = lobby(withCounsellor);
    for (const type of ['hold', 'resume', 'speak', 'skip'] as const) {
      expect(table.code('partnerA', `moderate.${type}`)).toBe('not-allowed');
      expect(table.code('counsellor', `moderate.${type}`)).toBe('not-now');
    }
    expect(table.code('partnerA', 'moderate.give', { seat: 'partnerB' })).toBe('not-allowed');
    expect(table.code('partnerA', 'moderate.prompt', { text: 'x' })).toBe('not-allowed');
    expect(table.code('counsellor', 'turn.ask', { ask: true })).toBe('not-allowed');
    expect(table.code('counsellor', 'signal', { kind: 'slower' })).toBe('not-allowed');
  });

  it('S13 the lists of what each seat may do', () => {
    const partner = ['lobby.ready', 'lobby.match', 'consent.save', 'session.close'];
    expect(lobby().may('partnerA')).toEqual(partner);
    expect(lobby(withCounsellor).may('counsellor')).toEqual([
      'lobby.admit',
      'session.close',
      'moderate.prompt',
    ]);
    const table = begun(withCounsellor);
    expect(table.may('partnerA')).toEqual([
      'consent.save',
      'turn.done',
      'turn.here',
      'pause.start',
      'session.close',
    ]);
    expect(table.may('partnerB')).toEqual([
      'consent.save',
      'turn.ask',
      'pause.start',
      'signal',
      'session.close',
    ]);
    expect(table.may('counsellor')).toEqual([
      'pause.start',
      'session.close',
      'moderate.hold',
      'moderate.give',
      'moderate.speak',
      'moderate.skip',
      'moderate.prompt',
    ]);
    expect(table.view('partnerB').may).toEqual(table.may('partnerB'));
  });

  it('S13 no command is offered that a seat may never give', () => {
    const table = begun(withCounsellor);
    const known = new Set(commandTypes());
    for (const seat of SEATS) {
      const offered = mayNow({ session: table.session, seat, at: table.at, shelf: table.shelf });
      for (const type of offered) expect(known.has(type)).toBe(true);
    }
    expect(known.size).toBe(commandTypes().length);
  });

  it('S18 everybody may close, from the lobby to the end', () => {
    for (const table of [new Table().join('partnerA'), lobby(), opened(), begun()]) {
      expect(table.may('partnerA')).toContain('session.close');
    }
  });
});

describe('the id of a command', () => {
  it('S12 has its effect once, with the same answer, also after a restart', () => {
    const table = lobby();
    const ready = { type: 'lobby.ready', ready: true, id: UUID };
    const answer = table.send('partnerA', ready);
    table.must('partnerA', 'lobby.ready', { ready: false });
    const before = table.entries.length;
    expect(table.send('partnerA', ready)).toEqual(answer);
    expect(table.entries.length).toBe(before);
    table.session = replay(ID, START, table.entries);
    expect(table.send('partnerA', ready)).toEqual(answer);
    expect(table.entries.length).toBe(before);
  });

  it('S12 stands on the last of its facts', () => {
    const table = lobby();
    table.must('partnerA', 'lobby.ready', { ready: true });
    table.must('partnerB', 'lobby.ready', { ready: true, id: UUID });
    const ids = table.entries.map((entry) => (entry.kind === 'event' ? entry.command : null));
    expect(ids.slice(-2)).toEqual([null, `partnerB ${UUID}`]);
  });

  it('S12 a refusal is none: the same id may be sent again', () => {
    const table = lobby();
    expect(table.code('partnerA', 'pause.start', { id: UUID })).toBe('not-now');
    for (const seat of ['partnerA', 'partnerB'] as const) table.must(seat, 'lobby.ready', { ready: true });
    expect(table.code('partnerA', 'pause.start', { id: UUID })).toBeNull();
    expect(table.view('partnerB').phase).toBe('paused');
  });
});

describe('lines, signals and hands', () => {
  it('S15 a line to both is kept; a line to one alone is said and not kept', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.prompt', { text: 'Slowly.' });
    expect(table.view('partnerA').lines).toEqual([{ text: 'Slowly.', at: table.at }]);
    const before = table.entries.length;
    table.must('counsellor', 'moderate.prompt', { text: 'Breathe.', to: 'partnerB' });
    expect(table.entries.length).toBe(before);
    expect(table.notices).toEqual([
      { to: ['partnerB'], body: { type: 'line', from: 'counsellor', text: 'Breathe.' } },
    ]);
  });

  it('S15 a line has a length and no control characters, and no place after the end', () => {
    const table = begun(withCounsellor);
    const code = (text: string) => table.code('counsellor', 'moderate.prompt', { text });
    expect(code('')).toBe('bad-input');
    expect(code('👩‍👩‍👧'.repeat(500))).toBeNull();
    expect(code('x'.repeat(501))).toBe('bad-input');
    expect(code('bell \u0007')).toBe('bad-input');
    expect(code('half \ud83d')).toBe('bad-input');
    expect(table.code('counsellor', 'moderate.prompt', { text: 'x', to: 'counsellor' })).toBe('bad-input');
    table.must('counsellor', 'session.close');
    table.wait(2_000);
    expect(code('late')).toBe('not-now');
  });

  it('S16 a signal reaches the others and is never logged', () => {
    const table = begun();
    const before = table.entries.length;
    table.must('partnerB', 'signal', { kind: 'with-you' });
    expect(table.entries.length).toBe(before);
    expect(table.notices).toEqual([
      { to: ['partnerA', 'counsellor'], body: { type: 'signal', from: 'partnerB', kind: 'with-you' } },
    ]);
    expect(table.code('partnerA', 'signal', { kind: 'with-you' })).toBe('not-now');
    expect(table.code('partnerB', 'signal', { kind: 'hurry' })).toBe('bad-input');
    table.must('partnerA', 'pause.start');
    expect(table.code('partnerB', 'signal', { kind: 'slower' })).toBe('not-now');
  });

  it('S17 a hand goes up and down, and down by itself when its turn comes', () => {
    const table = begun(withCounsellor);
    expect(table.code('partnerA', 'turn.ask', { ask: true })).toBe('not-now');
    expect(table.code('partnerB', 'turn.ask', { ask: 1 })).toBe('bad-input');
    table.must('partnerB', 'turn.ask', { ask: true });
    expect(table.view('partnerA').hands).toEqual(['partnerB']);
    const before = table.session;
    table.must('partnerB', 'turn.ask', { ask: true });
    expect(table.session).toBe(before);
    table.must('partnerB', 'turn.ask', { ask: false });
    expect(table.view('partnerA').hands).toEqual([]);
    table.must('partnerB', 'turn.ask', { ask: true });
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    table.wait(400);
    expect(table.view('partnerA')).toMatchObject({ hands: [], floor: { holder: 'partnerB' } });
  });
});
