import type { Floor } from '../../floor';

/** Somebody who may have the duty or work at a desk, by the id that everything is recorded under and the name that people use. */
export interface Person { id: string; name: string }

/** Leads are named in floor.yaml by an agent's id or by a name, supervisors mostly by a name. */
export const peopleOf = (floor: Floor): Person[] =>
  [...new Set(floor.teams.flatMap((one) => [one.lead, one.supervisor]).filter((one): one is string => !!one))].map((id) => ({ id, name: nameOf(floor, id) }));

/** The id of whom somebody typed means. A name that two bear means neither: then only the id does. */
export function personOf(floor: Floor, typed: string): string {
  const known = peopleOf(floor).filter((one) => one.name === typed.trim());
  return known.length === 1 ? known[0]!.id : typed.trim();
}

/** What people call whom an id means. */
export const nameOf = (floor: Floor, id: string): string => floor.agents.get(id)?.name ?? id;
