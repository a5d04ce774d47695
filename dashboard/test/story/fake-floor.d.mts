import type { WallSetup } from '../../src/walls';
import type { Agent, Queue, Snapshot, Totals } from '../../src/protocol';

export interface FakeFloorOptions {
  agents?: number;
  queues?: number;
  mood?: 'calm' | 'fire';
  lang?: 'zh' | 'en';
  seed?: number;
  now?: number;
  longNames?: boolean;
  build?: string;
  wall?: Partial<WallSetup> | null;
}

export function seeded(seed: number): () => number;
export function fakeFloor(options?: FakeFloorOptions): Snapshot;
export function totalsOf(agents: Agent[], queues: Queue[]): Totals;
