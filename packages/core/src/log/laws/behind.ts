import type { Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { firstOf } from './scene.ts';

/** That the log is older than what was shown is said once, until the next turn is opened (rule S21). */
export const fallingBehind = ({ behind }: Session): LogFault | null =>
  firstOf([behind === null, 'no-change']);
