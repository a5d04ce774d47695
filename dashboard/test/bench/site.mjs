// The real service on a floor of 200 agents behind a switch that the benchmark holds in its hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '../story/service.mjs';
import { FakeSwitch } from './fake-switch.mjs';

export async function startSite(count = 200) {
  const agents = Array.from({ length: count }, (_, i) => String(1001 + i));
  const pbx = new FakeSwitch(agents);
  const port = await pbx.start();
  const config = mkdtempSync(join(tmpdir(), 'floor-bench-'));
  writeFileSync(join(config, 'floor.yaml'), `site: bench\ntimeZone: Asia/Shanghai\npbxs:\n  - {name: pbx, kind: ami, host: 127.0.0.1, port: ${port}, username: u, secret: s}\n`);
  writeFileSync(join(config, 'agents.csv'), `id,name,team,interface,pin\n${agents.map((id, i) => `${id},Agent ${id},T${Math.floor(i / 25)},PJSIP/${id},`).join('\n')}\n`);
  const service = await startService({ config });
  return {
    agents, pbx, url: service.url, floor: service.floor,
    stop: async () => {
      await service.stop();
      await pbx.stop();
      rmSync(config, { recursive: true, force: true });
    },
  };
}
