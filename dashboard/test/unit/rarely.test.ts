import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rarely } from '../../src/rarely';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is done rarely', () => {
  it('is done at once, then once a rest however often it is asked for, and the last asking is never lost', () => {
    let done = 0;
    const rarely = new Rarely(() => { done++; }, 5_000);
    for (let i = 0; i < 100; i++) rarely.ask();
    expect(done).toBe(1);
    vi.advanceTimersByTime(4_999);
    expect(done).toBe(1);
    vi.advanceTimersByTime(1);
    expect(done).toBe(2);
    vi.advanceTimersByTime(60_000);
    expect(done).toBe(2);
    rarely.ask();
    expect(done).toBe(3);
  });

  it('is not done any more when it was stopped', () => {
    let done = 0;
    const rarely = new Rarely(() => { done++; }, 5_000);
    rarely.ask();
    rarely.ask();
    rarely.stop();
    vi.advanceTimersByTime(60_000);
    expect(done).toBe(1);
  });
});
