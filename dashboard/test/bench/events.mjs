// From the switch's event to the frame that shows it: the real service, 200 agents, one event after another.
import { openWall } from '../story/browser.mjs';
import { quantile, rest } from './meter.mjs';
import { startSite } from './site.mjs';

const limitMs = 150;
const count = Number(process.env.BENCH_EVENTS ?? 400);

export async function measure(browser) {
  const site = await startSite();
  const page = await openWall(browser, site.url, { lang: 'en' });
  try {
    await page.waitForFunction((wanted) => document.querySelectorAll('[data-agent]').length === wanted, site.agents.length);
    await page.evaluate(() => {
      window.painted = {};
      new MutationObserver((records) => {
        const changed = records.map(({ target }) => `${target.dataset.agent} ${target.dataset.state}`);
        // The frame after the next callback is on the screen.
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => { for (const one of changed) window.painted[one] ??= Date.now(); };
          channel.port2.postMessage(0);
        });
      }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
    });
    const sent = {};
    for (let i = 0; i < count; i++) {
      const agent = site.agents[i % site.agents.length];
      const paused = Math.floor(i / site.agents.length) % 2 === 0;
      sent[`${agent} ${paused ? 'onBreak' : 'available'}`] = Date.now();
      site.pbx.pause(agent, paused);
      await rest(40 + (i % 7) * 5);
      if ((i + 1) % site.agents.length === 0) await rest(1_000);
    }
    await rest(2_000);
    const painted = await page.evaluate(() => window.painted);
    const took = Object.entries(sent).filter(([key]) => key in painted).map(([key, at]) => painted[key] - at);
    const p99 = quantile(took, 0.99);
    console.log(`  switch event → painted: p50 ${quantile(took, 0.5)} ms, p99 ${p99} ms (at most ${limitMs}), ${took.length} of ${Object.keys(sent).length} events seen, 200 agents`);
    if (p99 > limitMs || took.length < Object.keys(sent).length) process.exitCode = 1;
  } finally {
    await page.context().close();
    await site.stop();
  }
}
