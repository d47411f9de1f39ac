/** The sessions without their sockets: what a simulation drives with a clock and a network of its own. */
export { SessionActor } from './actor.ts';
export { type ChainWriter, createChainWriter, sha256 } from './chain-writer.ts';
export { type Clock, systemClock } from './clock.ts';
export { createDirectory, type Directory } from './directory.ts';
export { readFrame } from './frames.ts';
export type { ControlPeer, DocumentPeer } from './peers.ts';
export { type Finding, verifyStore, type Wanted } from './verify-store.ts';
export { type Passing, WRITE_POINTS, type WritePoint } from './write-point.ts';
