// The desk at work: what is to do, worked by keys; an agent and verdicts acted on; callers called back; the duty.
import { join } from 'node:path';
import { fits, pictures, sideways, told } from './desk-page.mjs';
import { check, none, until } from './harness.mjs';
import { faint } from './inspect.mjs';
import { axe } from './parts.stories.mjs';

for (const [lang, width, height] of ['zh', 'en'].flatMap((lang) => [[lang, 1440, 900], [lang, 1280, 800]]))
  told(`all views look right and axe finds nothing serious, ${lang}, ${width} px`, async ({ page, hub }) => {
    await page.locator('aside [role="option"]').first().waitFor();
    await page.locator('#work [role="option"]').nth(3).click();
    await page.locator('.strip').waitFor();
    const views = [['team', '1'], ['verdicts', '2'], ['callbacks', '3'], ['queues', '4']];
    for (const [view, key] of views) {
      await page.keyboard.press(key);
      if (view === 'verdicts') await page.locator('#work [role="option"]').first().click();
      if (view === 'callbacks') await page.locator('#work tbody tr').first().waitFor();
      await page.screenshot({ path: join(pictures, `desk-${view}-${lang}-${width}.png`) });
      none([...(await fits(page)), ...(await page.evaluate(faint)), ...(await axe(page))].map((complaint) => `${view}: ${complaint}`));
      check(await sideways(page), `${view} scrolls sideways`);
    }
    check(hub.floor.agents.length === 20, 'the floor changed beneath');
  }, { lang, size: { width, height } });

told('a request is granted with one key and deferred with another', async ({ page, posted, hub }) => {
  const asking = hub.floor.agents.filter((agent) => agent.ticket);
  await page.keyboard.press('t');
  await page.keyboard.press('i');
  await page.locator('aside [role="option"]', { hasText: 'Asks for Short' }).click();
  await page.keyboard.press('g');
  await until('granted', () => posted.length === 1);
  check(posted[0][0] === `/api/agents/${asking[0].id}/grant-break` && posted[0][1].by === '周海燕', JSON.stringify(posted));
  await page.locator('.toasts', { hasText: 'Done' }).waitFor();
  await page.locator('aside [role="option"]', { hasText: 'Asks for Meal' }).click();
  await page.keyboard.press('d');
  await until('deferred', () => posted.length === 2);
  check(posted[1][0] === `/api/agents/${asking[1].id}/defer-break` && posted[1][1].minutes === 10, JSON.stringify(posted));
});

told('an agent is acted on by keys, with a reason where one is asked', async ({ page, posted, hub }) => {
  const free = hub.floor.agents.find((agent) => agent.state === 'available' && agent.team === 't1');
  await page.locator('#work [role="option"]', { hasText: free.name }).first().click();
  await page.keyboard.press('x');
  const dialog = page.locator('dialog[open]');
  check(await dialog.getByRole('button', { name: 'Do it' }).isDisabled(), 'an exception without a reason can be given');
  await dialog.getByLabel('Reason').fill('doctor');
  await dialog.getByLabel('Valid for').selectOption('30');
  await page.keyboard.press('Enter');
  await until('asked', () => posted.length === 1);
  check(JSON.stringify(posted[0]) === JSON.stringify([`/api/agents/${free.id}/grant`, { by: '周海燕', allow: 'sign-out', minutes: 30, reason: 'doctor' }]), JSON.stringify(posted[0]));
  await until('closed', () => page.evaluate(() => !document.querySelector('dialog[open]')));
  await page.keyboard.press('m');
  await dialog.getByLabel('Text').fill('half a sent');
  hub.delta({ agents: [{ ...free, since: new Date().toISOString(), queues: [...free.queues] }] });
  await page.waitForTimeout(700);
  check((await dialog.getByLabel('Text').inputValue()) === 'half a sent', 'news of the floor took away what was being written');
  await dialog.getByLabel('Text').fill('回来一下 come back please');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await until('sent', () => posted.length === 2);
  check(posted[1][1].text === '回来一下 come back please', JSON.stringify(posted[1]));
  await until('closed', () => page.evaluate(() => !document.querySelector('dialog[open]')));
  await page.keyboard.press('o');
  await dialog.getByText(`Sign ${free.name} out?`).waitFor();
  await page.keyboard.press('Escape');
  check(posted.length === 2, 'Escape signed somebody out');
});

told('a training is granted with its length, and then begun', async ({ page, posted, hub }) => {
  const free = hub.floor.agents.find((agent) => agent.state === 'available' && agent.team === 't1');
  await page.locator('#work [role="option"]', { hasText: free.name }).first().click();
  await page.keyboard.press('b');
  const dialog = page.locator('dialog[open]');
  check((await dialog.getByLabel('Length').count()) === 0, 'a short break is as long as its limit');
  await dialog.getByLabel('Kind of break').selectOption('training');
  await dialog.getByLabel('Length').selectOption('45');
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await until('both', () => posted.length === 2);
  check(JSON.stringify(posted) === JSON.stringify([
    [`/api/agents/${free.id}/grant-break`, { by: '周海燕', kind: 'training', minutes: 45 }], [`/api/agents/${free.id}/break`, { by: '周海燕', kind: 'training' }],
  ]), JSON.stringify(posted));
});

for (const [lang, words] of [['en', ['the phone has it', 'not on the phone, on the page only: 404 Not Found', 'on the page']], ['zh', ['话机已收到', '未送达话机,仅在页面:404 Not Found', '仅在页面']]])
  told(`whoever wrote to an agent sees whether the phone took it, with the PBX's reason, ${lang}`, async ({ page, posted, hub }) => {
    const free = hub.floor.agents.find((agent) => agent.state === 'available' && agent.team === 't1');
    await page.locator('#work [role="option"]', { hasText: free.name }).first().click();
    await page.keyboard.press('m');
    const at = new Date().toISOString();
    await page.locator('dialog[open] textarea').fill('请回电\ncall back');
    await page.locator('dialog[open] button[type="submit"]').click();
    await until('sent', () => posted.length === 1);
    check(posted[0][1].text === '请回电 call back', JSON.stringify(posted));
    const said = (state, more) => ({ id: `m-${state}`, at, from: '周海燕', text: state, readAt: null, phone: state === 'page' ? null : { state, at, said: '200 OK', ...more } });
    hub.delta({ agents: [{ ...free, messages: [said('delivered'), said('failed', { said: '404 Not Found' }), said('page')] }] });
    for (const word of words) await page.locator('.how span').getByText(word, { exact: true }).waitFor();
    // What the phone has needs no reason.
    check(!(await page.locator('.detail').innerText()).includes('200 OK'), 'a delivered message carries the words of the PBX');
    none([...(await page.evaluate(faint)), ...(await axe(page))]);
  }, { lang });

told('the key that a verdict shows acknowledges that verdict, not what was chosen elsewhere before', async ({ page, posted, hub }) => {
  const shown = hub.floor.verdicts.find((one) => one.rule === 'settle-in');
  // A hand is chosen in the inbox; then the verdict is opened from its own list.
  hub.delta({ agents: [{ ...hub.floor.agents[0], state: 'available', handRaisedAt: new Date().toISOString() }] });
  await page.locator('aside [role="option"]', { hasText: 'Hand' }).first().click();
  await page.keyboard.press('2');
  await page.locator(`#work [data-key="${shown.id}"]`).click();
  await page.locator('.detail h2', { hasText: 'Left too soon' }).waitFor();
  await page.keyboard.press('a');
  await until('acknowledged', () => posted.length === 1);
  check(decodeURIComponent(posted[0][0]) === `/api/verdicts/${shown.id}/acknowledge`, JSON.stringify(posted));
  // Nothing of the inbox is chosen any more, so its keys do nothing in secret.
  check((await page.locator('aside [aria-selected="true"]').count()) === 0, 'the inbox still holds its choice');
  hub.delta({ verdicts: [{ ...shown, disposition: { step: 'acknowledged', by: '周海燕', at: new Date().toISOString(), reason: null } }] });
  await page.locator('.detail .disposed').waitFor();
  for (const key of ['a', 'g', 'd']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  check(posted.length === 1, `a key acted on what is out of sight: ${JSON.stringify(posted.slice(1))}`);
});

told('a dispute in the inbox offers no acknowledgement, which would be refused', async ({ page, posted }) => {
  await page.keyboard.press('t');
  const row = page.locator('aside [role="option"]', { hasText: 'Late' });
  await row.click();
  await page.locator('.detail').getByRole('button', { name: 'Overturn' }).waitFor();
  check((await row.getByRole('button').count()) === 0, 'the row offers to acknowledge a dispute');
  await page.keyboard.press('a');
  await page.waitForTimeout(200);
  check(posted.length === 0, JSON.stringify(posted));
});

told('a click on the highlighted row shows it again, whatever was looked at meanwhile', async ({ page, hub }) => {
  await page.keyboard.press('t');
  const subject = hub.floor.agents.find((one) => one.id === hub.floor.verdicts.find((verdict) => verdict.rule === 'settle-in').subject.id);
  const row = page.locator(`#work [data-key="${subject.id}"]`);
  await row.click();
  await page.locator('.detail button.verdict').first().click();
  await page.locator('.detail .acts').getByRole('button', { name: 'Excuse', exact: true }).waitFor();
  await row.click();
  await page.locator('.detail h2', { hasText: subject.name }).waitFor({ timeout: 3_000 });
  await page.locator('.detail .strip').waitFor();
  // The same by an arrow at the end of a list, where there is nowhere to go.
  await page.keyboard.press('2');
  const first = page.locator('#work [role="option"]').first();
  await first.click();
  const title = await page.locator('.detail header h2').innerText();
  await page.locator('aside [role="option"]', { hasText: 'Asks for' }).first().click();
  await until('the agent', async () => (await page.locator('.detail header h2').innerText()) !== title);
  await page.locator('#work [role="listbox"]').focus();
  await page.keyboard.press('ArrowUp');
  await until('the verdict again', async () => (await page.locator('.detail header h2').innerText()) === title);
});

told('Enter shows the chosen row again, in every list', async ({ page }) => {
  await page.keyboard.press('t');
  const title = () => page.locator('.detail header h2').innerText();
  const verdict = page.locator('aside [role="option"]', { hasText: 'Late' });
  const again = async (row) => {
    await row.click();
    const own = await title();
    await page.locator('aside [role="option"]', { hasText: 'Asks for' }).first().click();
    await until('something else is shown', async () => (await title()) !== own);
    await page.locator('#work [role="listbox"]').focus();
    await page.keyboard.press('Enter');
    await until('it is shown again', async () => (await title()) === own);
  };
  await again(page.locator('#work [role="option"]').nth(2));
  await page.keyboard.press('2');
  await again(page.locator('#work [role="option"]').first());
  // A view that takes the room of the detail leaves the inbox its choice.
  await verdict.click();
  const own = await title();
  await page.keyboard.press('3');
  await page.locator('.detail').waitFor({ state: 'detached' });
  await page.locator('aside [role="listbox"]').focus();
  await page.keyboard.press('Enter');
  await until('the verdict is shown again', async () => (await title()) === own);
});

told('a button in a row of the inbox does its own work and nothing else', async ({ page, posted, hub }) => {
  hub.delta({ duty: null, dutyWatch: { ...hub.floor.dutyWatch, handingTo: '\u5468\u6d77\u71d5' } });
  await page.keyboard.press('t');
  const duty = page.locator('aside [data-key="duty"]');
  const dialogs = () => page.locator('dialog[open]').count();
  await duty.click();
  check((await dialogs()) === 0, 'to choose the duty opens its dialog');
  await duty.getByRole('button', { name: 'Accept' }).click();
  await until('accepted', () => posted.some(([path]) => path === '/api/duty/accept'));
  check((await dialogs()) === 0, 'to accept the duty opens its dialog');
  // Walking past it opens nothing, Enter does.
  await page.locator('aside [role="listbox"]').focus();
  await page.keyboard.press('ArrowUp');
  check((await dialogs()) === 0, 'to walk to the duty opens its dialog');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').getByRole('button', { name: 'Accept' }).waitFor();
  await page.keyboard.press('Escape');

  // A request granted while the callers to call back are looked at leaves them there, by mouse and by Enter on the button itself.
  const asks = page.locator('aside [role="option"]', { hasText: 'Asks for Short' });
  await asks.click();
  await page.keyboard.press('3');
  await page.locator('#work tbody tr').first().waitFor();
  const grant = asks.getByRole('button', { name: 'Grant' });
  const granted = () => posted.filter(([path]) => path.endsWith('/grant-break')).length;
  await grant.click();
  await until('granted', () => granted() === 1);
  await grant.focus();
  await page.keyboard.press('Enter');
  await until('granted by Enter', () => granted() === 2);
  check((await page.locator('#work tbody tr').count()) > 0, 'the view was changed');
});

told('a verdict shows its evidence, and a dispute is answered', async ({ page, posted }) => {
  await page.keyboard.press('t');
  await page.locator('aside [role="option"]', { hasText: 'Late' }).click();
  await page.locator('.detail summary').click();
  await page.locator('pre', { hasText: 'QueueMemberRemoved' }).waitFor();
  await page.screenshot({ path: join(pictures, 'desk-verdict-en.png') });
  await page.getByRole('button', { name: 'Overturn' }).click();
  await page.locator('dialog[open]').getByLabel('Reason').fill('metro, checked');
  await page.keyboard.press('Enter');
  await until('overturned', () => posted.length === 1);
  check(posted[0][0].endsWith('/overturn') && posted[0][1].reason === 'metro, checked', JSON.stringify(posted[0]));
});

told('a floor on which verdicts change every moment does not have the desk read the whole day every moment', async ({ page, hub }) => {
  const api = hub.api;
  let asked = 0;
  hub.api = (method, url, body) => {
    if (url === '/api/verdicts') asked++;
    return api(method, url, body);
  };
  await page.keyboard.press('t');
  await page.keyboard.press('2');
  await page.locator('#work [role="option"]').first().waitFor();
  const verdict = hub.floor.verdicts[0];
  for (let i = 0; i < 15; i++) {
    hub.delta({ verdicts: [{ ...verdict, id: `new:${i}`, openedAt: new Date().toISOString() }] });
    await page.waitForTimeout(60);
  }
  // What is new is there at once all the same.
  await page.locator('#work [data-key="new:14"]').waitFor({ timeout: 1_000 });
  check(asked <= 2, `asked ${asked} times`);
});

told('another desk learns that a caller was called back', async ({ page, hub }) => {
  await page.keyboard.press('3');
  const open = page.getByRole('button', { name: 'Called back' });
  await open.first().waitFor();
  const before = await open.count();
  const api = hub.api;
  hub.api = (method, url, body) => {
    const answer = api(method, url, body);
    if (url === '/api/calls/abandoned') answer.body = answer.body.map((call) => (call.reachedAt || call.calledBackAt ? call : { ...call, calledBackBy: 'Helen', calledBackAt: new Date().toISOString() }));
    return answer;
  };
  // Nothing was counted: the queue only says that somebody called one of its callers back.
  hub.delta({ queues: [{ ...hub.floor.queues[0], calledBackAt: new Date().toISOString() }] });
  await until('nobody is left to call', async () => (await open.count()) === 0);
  check(before > 0, 'there was nobody to call');
  await page.getByText('Helen').first().waitFor();
});

told('a floor that answers every moment does not have the desk read its callers every moment, and what is marked is read at once', async ({ page, hub, posted }) => {
  const api = hub.api;
  let asked = 0;
  let marked = false;
  hub.api = (method, url, body) => {
    const answer = api(method, url, body);
    if (url !== '/api/calls/abandoned') return answer;
    asked++;
    if (marked) answer.body = answer.body.map((call) => ({ ...call, calledBackBy: 'Helen', calledBackAt: new Date().toISOString() }));
    return answer;
  };
  const answered = () => hub.delta({ queues: [{ ...hub.floor.queues[0], answered: hub.floor.queues[0].answered + 1 }] });
  await page.keyboard.press('3');
  const open = page.getByRole('button', { name: 'Called back' });
  await open.first().waitFor();
  for (let i = 0; i < 15; i++) {
    answered();
    await page.waitForTimeout(60);
  }
  check(asked <= 2, `asked ${asked} times`);
  // What was left out comes when the rest is over; what is marked here is read although it rests again.
  await until('the next reading', () => asked > 1);
  marked = true;
  await open.first().click();
  await until('marked', () => posted.length === 1);
  await until('read at once', async () => (await open.count()) === 0, 1_000);
});

told('a caller is marked as called back', async ({ page, posted }) => {
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'Called back' }).first().click();
  await until('marked', () => posted.length === 1);
  check(posted[0][0] === '/api/calls/abandoned/called-back' && posted[0][1].by === '周海燕', JSON.stringify(posted[0]));
});

told('the duty is handed over, and the holder\'s page says that it is there', async ({ page, posted }) => {
  await until('a heartbeat', () => posted.beats > 0);
  await page.keyboard.press('u');
  const dialog = page.locator('dialog[open]');
  await dialog.getByText('You have the duty').waitFor();
  await page.screenshot({ path: join(pictures, 'desk-duty-en.png') });
  await dialog.getByLabel('To', { exact: true }).fill('Helen Brandt');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await until('handed over', () => posted.some(([path, body]) => path === '/api/duty/hand-over' && body.to === 'Helen Brandt'));
});

told('a duty handed over by a lead\'s name reaches the desk that works under the lead\'s id', async ({ page, posted, hub }) => {
  const lead = hub.floor.agents[3];
  hub.delta({ teams: hub.floor.teams.map((one) => ({ ...one, lead: lead.id })) });
  await page.keyboard.press('u');
  const dialog = page.locator('dialog[open]');
  await dialog.getByLabel('To', { exact: true }).fill(lead.name);
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await until('handed over', () => posted.some(([path]) => path === '/api/duty/hand-over'));
  check(posted.find(([path]) => path === '/api/duty/hand-over')[1].to === lead.id, JSON.stringify(posted));
  // The desk of the lead, who typed the same name when it asked who works there.
  await page.evaluate(() => history.replaceState(null, '', '/desk?lang=en'));
  await page.reload();
  await page.getByLabel('Name or id').fill(lead.name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'To do' }).waitFor();
  hub.delta({ dutyWatch: { ...hub.floor.dutyWatch, handingTo: lead.id, handingToName: lead.name } });
  await page.locator('aside [role="option"]', { hasText: 'duty' }).first().waitFor();
});

told('who works here is asked once, and then remembered', async ({ page }) => {
  await page.getByLabel('Name or id').fill('Helen Brandt');
  await page.screenshot({ path: join(pictures, 'desk-who-en.png') });
  none([...(await page.evaluate(faint)), ...(await axe(page))]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'To do' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'To do' }).waitFor();
  await page.locator('.who', { hasText: 'Helen Brandt' }).waitFor();
}, { as: '' });

told('a floor on fire with two hundred agents fits', async ({ page }) => {
  await page.keyboard.press('t');
  await page.locator('#work [role="option"]').nth(100).waitFor();
  await page.screenshot({ path: join(pictures, 'desk-fire-zh.png') });
  none([...(await fits(page)), ...(await page.evaluate(faint))]);
}, { lang: 'zh', agents: 200, mood: 'fire', size: { width: 1920, height: 1080 } });
