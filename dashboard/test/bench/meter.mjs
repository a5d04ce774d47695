// What a page costs, by Chromium's own account: processor time of its main thread, and its heap after a collection.

export const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/** Acts so many times, one every so many milliseconds. */
export async function every(ms, times, act) {
  const began = performance.now();
  for (let i = 0; i < times; i++) {
    await act(i);
    await rest(Math.max(0, began + (i + 1) * ms - performance.now()));
  }
}

const parts = { task: 'TaskDuration', script: 'ScriptDuration', style: 'RecalcStyleDuration', layout: 'LayoutDuration' };

export async function meter(page) {
  const session = await page.context().newCDPSession(page);
  // Thread ticks: what others do on the machine meanwhile is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  return {
    /** Milliseconds that each part took while something was done. */
    async cost(act) {
      const before = await read();
      await act();
      const after = await read();
      return Object.fromEntries(Object.entries(parts).map(([name, key]) => [name, (after[key] - before[key]) * 1000]));
    },
    /** Megabytes in use after a collection. */
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      await session.send('HeapProfiler.collectGarbage');
      return (await read()).JSHeapUsedSize / 1024 / 1024;
    },
  };
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** The value below which this share of all lies. */
export const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
