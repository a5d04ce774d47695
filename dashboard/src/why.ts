import type { Problem } from './gate';
import { language } from './i18n/index.svelte';
import type { Text } from './protocol';

/** Why something was not done, in the page's language; a service older than the sentences says it in English only. */
export const why = (problem: Problem): string => (problem.text ? language.text(problem.text) : problem.detail || problem.title);

/** A clause as the handbook of the page's language prints it; an older service sends its code only. */
export const clauseOf = (one: { clause?: string; clauseText?: Text }): string => (one.clauseText ? language.text(one.clauseText) : (one.clause ?? ''));
