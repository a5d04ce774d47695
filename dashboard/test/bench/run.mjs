// `npm run bench [-- tiles events paint day]`: what the wall costs, in Chromium, each figure beside its peer or its limit. On a machine that does
// other things too, take ratios and medians; processor time is asked for instead of the clock where there is a choice.
import { launch } from '../story/browser.mjs';

const all = ['paint', 'tiles', 'events', 'day'];
const asked = process.argv.slice(2);
const browser = await launch();
try {
  for (const name of asked.length > 0 ? asked : all) {
    if (!all.includes(name)) throw new Error(`there is no figure "${name}"; there are: ${all.join(', ')}`);
    console.log(name);
    await (await import(`./${name}.mjs`)).measure(browser);
  }
} finally {
  await browser.close();
}
