// The desk and the agent's page on the real service with the simulated PBX: what one does, the other sees.
import { check, none, story, until } from './harness.mjs';
import { startService } from './service.mjs';

story('a lead and an agent at work on the real service: exception, request, dispute, evidence, figures', async (open) => {
  const service = await startService();
  const { browser } = await open({ agents: 0 }, { lazy: true });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const errors = [];
  const openPage = async (path, viewport) => {
    const page = await context.newPage();
    if (viewport) await page.setViewportSize(viewport);
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(service.url + path);
    await page.waitForSelector('h1');
    return page;
  };
  // The answer closes a dialog, and beneath one that is open no key is heard: the service may know sooner than the page that it is done.
  const closed = (page) => page.locator('dialog[open]').waitFor({ state: 'detached' });
  const agentOf = async (id) => (await service.floor()).agents.find((agent) => agent.id === id);
  try {
    const desk = await openPage('/desk?lang=en&as=周海燕');

    // A verdict, found on the desk, shows the switch's own words.
    await until('a verdict with evidence', async () => (await service.floor()).verdicts.some((one) => one.status === 'open' && one.evidence.length > 0 && one.subject.kind === 'agent'), 90_000);
    const verdict = (await service.floor()).verdicts.find((one) => one.status === 'open' && one.evidence.length > 0 && one.subject.kind === 'agent');
    await desk.keyboard.press('2');
    await desk.locator(`#work [data-key="${verdict.id}"]`).click();
    await desk.locator('.detail summary').click();
    await until('the switch\'s words', async () => (await desk.locator('.detail pre').first().innerText()).includes('Event: '), 10_000);

    // The agent disputes it on their own page; the lead finds the dispute among what is to do and overturns it.
    const subject = await openPage(`/me?lang=en&agent=${encodeURIComponent(verdict.subject.id)}`, { width: 390, height: 844 });
    await subject.getByRole('button', { name: 'Dispute' }).first().click();
    await subject.locator('dialog[open]').getByLabel('Reason').fill('I was told to');
    await subject.locator('dialog[open]').getByRole('button', { name: 'Send' }).click();
    const disposed = async (step) => {
      const all = await (await fetch(`${service.url}/api/verdicts?subject=${encodeURIComponent(verdict.subject.id)}`)).json();
      return all.find((one) => one.disposition?.step === step);
    };
    await until('the dispute', async () => !!(await disposed('disputed')), 10_000);
    const disputed = await disposed('disputed');
    await until('the dispute on the desk', async () => (await desk.locator(`aside [data-key="verdict:${disputed.id}"]`).count()) > 0 || (await desk.locator(`#work [data-key="${disputed.id}"]`).count()) > 0, 10_000);
    await desk.locator(`#work [data-key="${disputed.id}"]`).click();
    await desk.locator('.detail').getByRole('button', { name: 'Overturn' }).click();
    await desk.locator('dialog[open]').getByLabel('Reason').fill('so it was');
    await desk.keyboard.press('Enter');
    await until('overturned', async () => !!(await disposed('overturned')), 10_000);
    await closed(desk);
    const history = (await disposed('overturned')).history.map((step) => `${step.step}:${step.by}`);
    check(history.includes(`disputed:${verdict.subject.id}`) && history.includes('overturned:周海燕'), `history ${history}`);

    // An exception given on the desk stands on the agent's page.
    const free = (await service.floor()).agents.find((agent) => agent.state === 'available' || agent.state === 'onCall');
    await desk.keyboard.press('1');
    await desk.locator(`#work [data-key="${free.id}"]`).click();
    await desk.keyboard.press('x');
    await desk.locator('dialog[open]').getByLabel('Reason').fill('doctor');
    await desk.keyboard.press('Enter');
    await closed(desk);
    await until('the exception', async () => (await agentOf(free.id)).grants.some((grant) => grant.allow === 'sign-out' && grant.by === '周海燕'), 10_000);
    const own = await openPage(`/me?lang=en&agent=${encodeURIComponent(free.id)}`, { width: 390, height: 844 });
    await own.getByText('Sign-out allowed until').waitFor();

    // A break asked for on the page has a ticket or a refusal with its sentence, never silence.
    await own.getByRole('button', { name: 'Ask: Short' }).click();
    await until('an answer to the request', async () => !!(await agentOf(free.id)).ticket || (await own.locator('section > [role="status"] p').count()) > 0 || (await agentOf(free.id)).state === 'onBreak', 10_000);

    // The day's strip and a figure that says how it comes about.
    await desk.locator('.strip').waitFor();
    await desk.locator('.detail details summary').first().click();
    check((await desk.locator('.detail ol li').count()) > 0, 'the timeline is empty');
    await until('an answered call', async () => (await service.floor()).queues.some((queue) => queue.answered > 0), 60_000);
    const queue = (await service.floor()).queues.find((one) => one.answered > 0);
    await desk.keyboard.press('4');
    await desk.getByRole('button', { name: `${queue.label}: Answered` }).click();
    await desk.locator('dialog[open] .calls tr').first().waitFor();
    none(errors);
  } finally {
    await context.close();
    await service.stop();
  }
});
