import type { Component } from 'svelte';
import type { LiveFloor } from './live.svelte';

type View = () => Promise<{ default: Component<{ live: LiveFloor }> }>;

/** One screen an address; each is a chunk of its own, so that a wall never loads the desk. */
const views: Record<string, View> = {
  me: () => import('./views/me/Me.svelte'),
  wall: () => import('./views/wall/Wall.svelte'),
};

/** The view of a path: `/wall`, `/desk`, `/me`; anything else is the wall. */
export function routeOf(path: string): View {
  return views[path.split('/')[1] ?? ''] ?? views['wall']!;
}
