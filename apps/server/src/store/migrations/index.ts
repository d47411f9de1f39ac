import { log } from './0001-log.ts';

/** In order; a store's `user_version` says how many of them it has had. Forward only: never change one, add one. */
export const migrations: readonly string[] = [log];
