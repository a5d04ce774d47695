import type { Component } from 'svelte';
import type { LiveFloor } from './live.svelte';

/** What a view is given: the page's one live floor. */
export type View = () => Promise<{ default: Component<{ live: LiveFloor }> }>;

/** One screen an address; each is a chunk of its own, so that a wall never loads the desk. A new one is a line here, and one in the service's Dashboard.cs. */
const views: Record<string, View> = {
  desk: () => import('./views/desk/Desk.svelte'),
  me: () => import('./views/me/Me.svelte'),
  wall: () => import('./views/wall/Wall.svelte'),
};

/** Where a page is: its view, and the hub that it listens to. */
export interface Route { name: string; view: View; hub: string }

/**
 * The route of a path: `/wall`, `/wall/NAME`, `/desk`, `/me`; anything else is the wall. A wall names itself to the hub, which then sends
 * only what that wall may show; the other screens are sent the whole floor.
 */
export function routeOf(path: string): Route {
  const [asked = '', rest = ''] = path.split('/').slice(1);
  const name = Object.hasOwn(views, asked) ? asked : 'wall';
  const hub = name === 'wall' ? `/hubs/floor?wall=${rest || 'default'}` : '/hubs/floor';
  return { name, view: views[name]!, hub };
}
