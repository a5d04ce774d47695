// `npm run story [-- part of a name]`: the stories alone, on the dashboard as it is built.
import { tellAll } from './harness.mjs';
import './live.stories.mjs';
import './look.stories.mjs';
import './desk-real.stories.mjs';
import './desk.stories.mjs';
import './desk-alerts.stories.mjs';
import './desk-look.stories.mjs';
import './me.stories.mjs';
import './parts.stories.mjs';
import './wall.stories.mjs';
import './readme.stories.mjs';
import './real.stories.mjs';

const { passed, failed } = await tellAll(process.argv[2] ?? '');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
