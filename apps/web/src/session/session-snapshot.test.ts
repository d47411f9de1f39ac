import { describe, expect, it } from 'vitest';
import { sampleView } from './fake-wire.ts';
import { connectionOf } from './session-snapshot.ts';

describe('the connection as a screen sees it', () => {
  const live = sampleView();
  const sealed = sampleView({ phase: 'sealed' });

  it.each([
    ['opening before the first view', 'live', 'live', null, 'opening'],
    ['open while both channels are', 'live', 'live', live, 'open'],
    ['open while a fresh document comes', 'live', 'refused', live, 'open'],
    ['reconnecting without the control channel', 'reconnecting', 'live', live, 'reconnecting'],
    ['reconnecting without the document', 'live', 'reconnecting', live, 'reconnecting'],
    ['reconnecting without a network', 'live', 'offline', live, 'reconnecting'],
    ['gone without a seat', 'refused', 'live', live, 'gone'],
    ['gone without a document', 'live', 'gone', live, 'gone'],
    ['open after the seal, whatever the document', 'live', 'gone', sealed, 'open'],
    ['erased by the view', 'live', 'live', sampleView({ phase: 'erased' }), 'erased'],
    ['erased by the document', 'reconnecting', 'erased', live, 'erased'],
    ['erased rather than gone', 'refused', 'erased', live, 'erased'],
  ] as const)('is %s', (_, control, document, view, expected) => {
    expect(connectionOf(control, document, view)).toBe(expected);
  });
});
