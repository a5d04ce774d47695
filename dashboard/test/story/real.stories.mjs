// The wall on the real service with the simulated PBX: the whole way from the switch to the paint.
import { openWall } from './browser.mjs';
import { check, none, story, until } from './harness.mjs';
import { faint, misplaced } from './inspect.mjs';
import { startService } from './service.mjs';

story('the demo floor is live on the wall, agrees with the API, opens a verdict, and outlives a restart', async (open) => {
  const service = await startService();
  let again;
  const { browser } = await open({ agents: 0 }, { lazy: true });
  const page = await openWall(browser, service.url);
  try {
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error' && /Content Security|Refused/.test(message.text())) complaints.push(message.text()); });

    // A floor never stands still, so both are asked until they were asked within one state of it.
    const shown = () => page.evaluate(() => ({
      states: Object.fromEntries([...document.querySelectorAll('[data-agent]')].map((tile) => [tile.dataset.agent, tile.dataset.state])),
      waiting: Number(document.querySelector('[data-far="waiting"]').textContent),
    }));
    let floor;
    await until('wall and API to agree', async () => {
      floor = await service.floor();
      const { states, waiting } = await shown();
      return waiting === floor.totals.waiting && floor.agents.length === Object.keys(states).length && floor.agents.every((agent) => states[agent.id] === agent.state);
    }, 15_000);
    check(floor.agents.length >= 20 && floor.queues.length >= 3, 'the demo is too small to be one');

    // An agent raises a hand on their own page; the wall shows it.
    const agent = floor.agents.find((one) => one.state !== 'signedOut' && !one.handRaisedAt);
    const own = await page.context().newPage();
    await own.goto(`${service.url}/me?lang=zh&agent=${encodeURIComponent(agent.id)}`);
    await own.getByRole('button', { name: '举手' }).click();
    await until('the hand on the wall', async () => (await page.locator('.hands').innerText()).includes(agent.name), 5_000);
    await own.getByRole('button', { name: '放下手' }).click();
    await until('no hand on the wall', async () => !(await page.locator('.hands').innerText()).includes(agent.name), 5_000);
    await own.close();

    await until('a verdict', async () => (await service.floor()).verdicts.some((verdict) => verdict.status === 'open'), 60_000);
    await until('the verdict on the wall', () => page.evaluate(() => !!document.querySelector('[data-far="alarm"]')), 2_000);
    // The gravest are named, the rest are counted.
    const subjects = (await service.floor()).verdicts.filter((one) => one.status === 'open').map((one) => one.subject.name);
    const band = await page.locator('.alarms').innerText();
    if (subjects.length > 0) check(subjects.some((name) => band.includes(name)), `nobody of ${subjects} is named`);
    none([...(await page.evaluate(misplaced)), ...(await page.evaluate(faint)), ...complaints]);

    await service.stop({ keepData: true });
    const took = await until('stale', () => page.evaluate(() => document.querySelector('main').dataset.stale === 'true'), 4_000);
    check(took <= 2_000, `it took ${took} ms`);
    check((await page.evaluate(() => document.querySelectorAll('[data-agent]').length)) === floor.agents.length, 'the picture was cleared');
    again = await startService({ port: service.port, data: service.data });
    await until('fresh again', () => page.evaluate(() => document.querySelector('main').dataset.stale === 'false'), 15_000);
    check((await page.evaluate(() => performance.getEntriesByType('navigation')[0].type)) === 'navigate', 'the same build made it reload');
  } finally {
    await page.context().close();
    await (again ?? service).stop();
  }
});
