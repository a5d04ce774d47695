// The wall while its link, its server and its data misbehave.
import { check, story, until } from './harness.mjs';

const stale = (page) => page.evaluate(() => document.querySelector('main').dataset.stale === 'true');
const text = (page, selector) => page.locator(selector).first().innerText();
const picture = (page) => page.evaluate(() => ({ agents: document.querySelectorAll('[data-agent]').length, queues: document.querySelectorAll('.queues article').length, waiting: document.querySelector('[data-far="waiting"]').textContent }));

story('a silent service is visible within two seconds, and nothing is cleared', async (open) => {
  const { hub, page } = await open({ agents: 60 });
  check(!(await stale(page)), 'stale from the start');
  const before = await picture(page);
  // Measured in the page itself, from the last message that reached it to the frame that shows the banner.
  await page.evaluate(() => {
    const seen = () => {
      if (document.querySelector('[data-far="stale"]')?.getBoundingClientRect().height) window.staleAt ??= performance.now();
      else requestAnimationFrame(seen);
    };
    seen();
  });
  hub.silent = true;
  const silentAt = await page.evaluate(() => performance.now());
  await until('the stale banner', () => page.evaluate(() => window.staleAt), 4_000);
  const took = (await page.evaluate(() => window.staleAt)) - silentAt;
  check(took <= 2_000, `it took ${took} ms`);
  check(JSON.stringify(await picture(page)) === JSON.stringify(before), 'the picture changed');
  const frozen = await text(page, '[data-far="longest"]');
  await page.waitForTimeout(2_100);
  check((await text(page, '[data-far="longest"]')) === frozen, 'a wait went on growing that nobody sees any more');
  hub.silent = false;
  hub.beat();
  await until('fresh again', async () => !(await stale(page)), 1_000);
});

story('a cut link keeps the picture through the whole outage and comes back by itself', async (open) => {
  const { hub, page } = await open({ agents: 60 });
  await page.evaluate(() => {
    window.fewest = Infinity;
    new MutationObserver(() => { window.fewest = Math.min(window.fewest, document.querySelectorAll('[data-agent]').length); }).observe(document.body, { childList: true, subtree: true });
  });
  hub.refusing = true;
  hub.cut();
  const took = await until('stale', () => stale(page), 2_000);
  check(took < 2_000, `${took}`);
  await page.waitForTimeout(2_500);
  check((await text(page, '.stale-banner')).includes('重连'), 'does not say that it reconnects');
  hub.floor = { ...hub.floor, version: 900, totals: { ...hub.floor.totals, waiting: 77 } };
  hub.refusing = false;
  await until('the new picture', async () => (await text(page, '[data-far="waiting"]')) === '77', 8_000);
  check(!(await stale(page)), 'still stale');
  check((await page.evaluate(() => window.fewest)) >= 60, 'the agents were cleared meanwhile');
});

story('the first connection is retried until the service is there', async (open) => {
  const { hub, url, browser } = await open({ agents: 20 }, { lazy: true });
  hub.refusing = true;
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/wall?lang=zh`);
    await until('words for the wait', async () => (await page.locator('main').innerText()).includes('等待现场画面'));
    await page.waitForTimeout(1_500);
    hub.refusing = false;
    await until('the picture', () => page.evaluate(() => document.querySelectorAll('[data-agent]').length === 20), 8_000);
  } finally {
    await context.close();
  }
});

story('a missed version is asked for again, once', async (open) => {
  const { hub, page } = await open({ agents: 20 });
  const agent = { ...hub.floor.agents[0], state: 'wrapUp' };
  hub.delta({ totals: { ...hub.floor.totals, waiting: 41 } }, { lose: true });
  hub.delta({ agents: [agent] });
  hub.delta({ agents: [{ ...agent, state: 'onHold' }] });
  await until('the repaired picture', async () => (await text(page, '[data-far="waiting"]')) === '41');
  check((await page.getAttribute(`[data-agent="${agent.id}"]`, 'data-state')) === 'onHold', 'the agent is not as the server says');
  check(hub.requested === 1, `asked ${hub.requested} times`);
});

story('a newer build makes the page reload itself', async (open) => {
  const { hub, page } = await open({ agents: 20 });
  await page.evaluate(() => { window.old = true; });
  hub.floor = { ...hub.floor, build: '1.0.1+b' };
  hub.cut();
  await until('the reload', () => page.evaluate(() => !window.old && !!document.querySelector('[data-agent]')).catch(() => false), 10_000);
  await page.waitForTimeout(500);
  check((await page.evaluate(() => performance.getEntriesByType('navigation')[0].type)) === 'reload', 'not by a reload');
});

story('a delta touches only the tile that changed', async (open) => {
  const { hub, page } = await open({ agents: 200 });
  const agent = { ...hub.floor.agents[7], state: 'unreachable' };
  await page.evaluate(() => {
    window.touched = new Set();
    new MutationObserver((list) => {
      for (const { target, type } of list) {
        const tile = (target.nodeType === 1 ? target : target.parentElement)?.closest('[data-agent]');
        if (tile && type !== 'characterData') window.touched.add(tile.dataset.agent);
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  hub.delta({ agents: [agent] });
  await until('the change', async () => (await page.getAttribute(`[data-agent="${agent.id}"]`, 'data-state')) === 'unreachable');
  check((await page.evaluate(() => [...window.touched].join())) === agent.id, `touched ${await page.evaluate(() => [...window.touched].join())}`);
});

story('waits and breaks run on between messages, second by second', async (open) => {
  const { page } = await open({ agents: 60 });
  const seconds = async () => (await text(page, '[data-far="longest"]')).split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const before = await seconds();
  await page.waitForTimeout(3_000);
  const grown = (await seconds()) - before;
  check(grown >= 2 && grown <= 4, `grew by ${grown} s in 3 s`);
});

story('nothing is fetched from anywhere but the service', async (open) => {
  const { hub, url, browser } = await open({ agents: 20 }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  try {
    const page = await context.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${url}/wall?lang=zh`);
    await page.waitForSelector('[data-agent]');
    const elsewhere = asked.filter((one) => !one.startsWith(url) && !one.startsWith('data:'));
    check(elsewhere.length === 0, elsewhere.join());
    check(hub.connected === 1, 'more than one connection');
  } finally {
    await context.close();
  }
});

story('words that a newer service may send are shown as they are, and break nothing', async (open) => {
  const { hub, page, errors } = await open({ agents: 20 });
  const agent = { ...hub.floor.agents[0], state: 'meditating', break: null, call: null };
  const verdict = { id: 'new', rule: 'brand-new-rule', clause: 'X9', severity: 'warning', subject: { kind: 'planet', id: 'mars' }, openedAt: new Date().toISOString(), closedAt: null, text: { zh: '新规则', en: 'a new rule' }, evidence: [], gaps: [], status: 'open', history: [], future: {} };
  hub.delta({ agents: [agent], verdicts: [verdict], queues: [{ ...hub.floor.queues[0], serviceLevel: { value: 0.5, withinMs: 20_000, formula: 'lunar' } }] });
  await until('the new rule', async () => (await page.locator('.alarms').innerText()).includes('brand-new-rule'));
  check((await page.locator('[data-state="meditating"]').innerText()).includes('medita'), 'the state is not shown as far as there is room');
  check((await page.locator('.queues').innerText()).includes('lunar'), 'the formula is not named');
  check(errors.length === 0, errors.join());
});

story('a floor that cannot be drawn ends in words and a fresh page, not in a dead one', async (open) => {
  const { hub, page } = await open({ agents: 20 });
  await page.evaluate(() => { window.old = true; });
  hub.delta({ totals: null });
  await until('words', async () => (await page.locator('#app').innerText()).includes('即将重新加载'));
  hub.floor = { ...hub.floor, totals: { waiting: 5, oldestWaitSince: null, onBreak: 0, internalCalls: 0, signedIn: 0, available: 0, onCall: 0, ringing: 0, wrapUp: 0, unreachable: 0, unknown: 0 } };
  await until('a fresh page', () => page.evaluate(() => !window.old && document.querySelector('[data-far="waiting"]')?.textContent === '5').catch(() => false), 15_000);
});

story('names are text, whatever they contain', async (open) => {
  const { hub, page, errors } = await open({ agents: 20 });
  const name = '<img src=x onerror="window.hit=1">';
  hub.delta({ agents: [{ ...hub.floor.agents[0], name }], queues: [{ ...hub.floor.queues[0], label: '<script>window.hit=1</script>' }] });
  await until('the name', async () => (await page.locator('.queues').innerText()).includes('<script>'));
  check(!(await page.evaluate(() => window.hit)), 'it ran');
  check(errors.length === 0, errors.join());
});
