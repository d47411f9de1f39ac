import { InjectedFault } from './faults.ts';
import type { ReadFault, WriteFault } from './log-store.ts';
import { type StoreFault, storeFault } from './store-fault.ts';

/** A row that SQLite returned and this store cannot have written. */
export class DamagedRow extends Error {}

// Primary result codes, https://www.sqlite.org/rescode.html
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;
/** Extended: the -shm file could not grow, which on a local disk means there is no room. Nothing was lost. */
const IOERR_SHMSIZE = 4874;

/** What an error that was thrown by node:sqlite means for a write. What is not known counts as a failed disk. */
export function writeFaultOf(error: unknown): Exclude<WriteFault, 'closed'> {
  if (error instanceof InjectedFault) return error.reason === 'closed' ? 'io' : error.reason;
  if (error instanceof DamagedRow) return 'damaged';
  const extended = errcodeOf(error);
  if (extended === null) return 'io';
  if (extended === IOERR_SHMSIZE) return 'disk-full';
  switch (extended & 0xff) {
    case FULL:
      return 'disk-full';
    case READONLY:
      return 'read-only';
    case CORRUPT:
    case NOTADB:
      return 'damaged';
    case BUSY:
    case LOCKED:
      return 'busy';
    default:
      return 'io';
  }
}

export function readFaultOf(error: unknown): ReadFault {
  const fault = writeFaultOf(error);
  return fault === 'damaged' || fault === 'busy' ? fault : 'io';
}

/** What an error while opening means for the person who starts the server. */
export function storeFaultOf(error: unknown, path: string): StoreFault {
  const detail = error instanceof Error ? error.message : String(error);
  const system = error instanceof Error && 'code' in error ? error.code : null;
  if (system === 'EACCES' || system === 'EROFS' || system === 'EPERM') return storeFault('read-only', path);
  if (errcodeOf(error) === null && !(error instanceof DamagedRow))
    return storeFault('cannot-open', path, detail);
  switch (writeFaultOf(error)) {
    case 'busy':
      return storeFault('locked', path);
    case 'read-only':
      return storeFault('read-only', path);
    case 'damaged':
      return storeFault('damaged', path, detail);
    case 'disk-full':
    case 'io':
      return storeFault('cannot-open', path, detail);
  }
}

function errcodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}
