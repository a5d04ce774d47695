// The smallest test runner that these stories need: named steps, each with a hub and a page of its own, and a count at the end.
import { FakeHub } from './fake-hub.mjs';
import { fakeFloor } from './fake-floor.mjs';
import { launch, openWall, root } from './browser.mjs';

const stories = [];
export const story = (name, tell) => stories.push({ name, tell });

export function check(condition, complaint) {
  if (!condition) throw new Error(complaint);
}

export function none(complaints) {
  check(complaints.length === 0, `${complaints.slice(0, 8).join('; ')}${complaints.length > 8 ? ` and ${complaints.length - 8} more` : ''}`);
}

/** Waits for something to become true, at most so long; returns how long it took. */
export async function until(what, ask, withinMs = 5_000) {
  const began = performance.now();
  for (;;) {
    if (await ask()) return performance.now() - began;
    check(performance.now() - began < withinMs, `${what}: not within ${withinMs} ms`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Tells every story (or those whose name contains the filter); returns the counts. */
export async function tellAll(filter = '') {
  const browser = await launch();
  const result = { passed: 0, failed: 0 };
  try {
    for (const { name, tell } of stories.filter((one) => one.name.includes(filter))) {
      const opened = [];
      const open = async (floor = {}, page = {}) => {
        const hub = new FakeHub(floor.agents instanceof Array ? floor : fakeFloor(floor), { root, now: page.now });
        opened.push(hub);
        const url = await hub.start();
        const errors = [];
        const wall = page.lazy ? null : await openWall(browser, url, { lang: floor.lang ?? 'zh', ...page });
        wall?.on('pageerror', (error) => errors.push(String(error)));
        if (wall) opened.push({ stop: () => wall.context().close() });
        return { hub, url, page: wall, errors, browser };
      };
      const began = performance.now();
      try {
        await tell(open);
        result.passed++;
        console.log(`  ok    ${name} (${Math.round(performance.now() - began)} ms)`);
      } catch (error) {
        result.failed++;
        console.log(`  FAIL  ${name}\n        ${error.message.split('\n').slice(0, 6).join('\n        ')}`);
      } finally {
        for (const one of opened.reverse()) await one.stop().catch(() => {});
      }
    }
  } finally {
    await browser.close();
  }
  return result;
}
