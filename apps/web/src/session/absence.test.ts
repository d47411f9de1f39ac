import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Absence, createAbsenceWatch } from './absence.ts';

describe('the other’s absence', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows nothing for 15 s, a word after that, and a choice after 90 s', () => {
    const watch = createAbsenceWatch();
    const told: Absence[] = [];
    watch.subscribe(() => told.push(watch.now()));
    watch.observe(false);
    vi.advanceTimersByTime(14_999);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    watch.observe(false);
    vi.advanceTimersByTime(75_000);
    expect(told).toEqual(['catching-up', 'long']);
  });

  it('ends when the other is back, and begins anew after that', () => {
    const watch = createAbsenceWatch();
    watch.observe(false);
    vi.advanceTimersByTime(20_000);
    watch.observe(true);
    expect(watch.now()).toBe('short');
    watch.observe(false);
    vi.advanceTimersByTime(14_000);
    expect(watch.now()).toBe('short');
  });

  it('is not known while this device itself is not connected', () => {
    const watch = createAbsenceWatch();
    watch.observe(false);
    vi.advanceTimersByTime(20_000);
    watch.observe(null);
    vi.advanceTimersByTime(100_000);
    expect(watch.now()).toBe('short');
  });

  it('asks nothing more once it is waited for', () => {
    const watch = createAbsenceWatch();
    watch.observe(false);
    vi.advanceTimersByTime(90_000);
    watch.keepWaiting();
    vi.advanceTimersByTime(300_000);
    watch.observe(false);
    expect(watch.now()).toBe('catching-up');
  });
});
