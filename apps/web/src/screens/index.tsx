import { lazy, type ReactNode } from 'react';

/** Every address of the client and the screen it shows. A new one is a folder and a line here. */

const StartScreen = lazy(async () => ({ default: (await import('./start/start-screen.tsx')).StartScreen }));
const JoinScreen = lazy(async () => ({ default: (await import('./join/join-screen.tsx')).JoinScreen }));
const SessionScreen = lazy(async () => ({ default: (await import('./session/index.tsx')).SessionScreen }));
const TranscriptScreen = lazy(async () => ({
  default: (await import('./transcript/transcript-screen.tsx')).TranscriptScreen,
}));
const NotForHereScreen = lazy(async () => ({
  default: (await import('./not-for-here/not-for-here-screen.tsx')).NotForHereScreen,
}));

export interface ScreenEntry {
  readonly path: string;
  screen(params: Readonly<Record<string, string | undefined>>): ReactNode;
}

export const SCREENS: readonly ScreenEntry[] = [
  { path: '/', screen: () => <StartScreen /> },
  { path: '/join', screen: () => <JoinScreen /> },
  // The key makes another room another screen: nothing of the one before is left in it.
  { path: '/s/:id', screen: ({ id = '' }) => <SessionScreen key={id} id={id} /> },
  { path: '/s/:id/transcript', screen: ({ id = '' }) => <TranscriptScreen key={id} id={id} /> },
  { path: '/not-for-here', screen: () => <NotForHereScreen /> },
];
