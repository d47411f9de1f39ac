/** A token bucket: so many at once, so many a second after that. */
export interface Bucket {
  /** Whether `cost` may pass now. */
  take(cost?: number): boolean;
}

export function createBucket(size: number, perSecond: number, now: () => number): Bucket {
  let left = size;
  let at = now();
  return {
    take(cost = 1) {
      const time = now();
      left = Math.min(size, left + (Math.max(0, time - at) / 1000) * perSecond);
      at = time;
      if (left < cost) return false;
      left -= cost;
      return true;
    },
  };
}

/** For `MEND_LIMITS=off`. */
export const unlimited: Bucket = { take: () => true };
