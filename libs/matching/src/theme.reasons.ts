import { slugify, type ThemeRule, type TimelineEvent } from '@themeline/contracts';
import { wordsOf } from './folded.words';

/**
 * What of a theme's rule an event met: the phrases that stand in it or in its evidence, its entities, its kind.
 * `["phrase 'export licence'", "kind 'ban'"]`; empty where the theme was given to the event by its reports.
 */
export function explainTheme(
  rule: ThemeRule,
  event: Pick<TimelineEvent, 'headline' | 'summary' | 'kind' | 'entities' | 'reports'>,
): string[] {
  const texts = [event.headline, event.summary ?? '', ...event.reports.map(({ evidence }) => evidence?.text ?? '')].map(
    (text) => ` ${wordsOf(text).join(' ')} `,
  );
  const names = new Set(event.entities.flatMap(({ id, name }) => [id, slugify(name)]));
  const stands = (phrase: string): boolean => {
    const words = wordsOf(phrase).join(' ');
    return words !== '' && texts.some((text) => text.includes(` ${words} `));
  };
  return [
    ...rule.phrases.filter(stands).map((phrase) => `phrase '${phrase}'`),
    ...rule.entities.filter((entity) => names.has(slugify(entity))).map((entity) => `entity '${entity}'`),
    ...rule.kinds.filter((kind) => kind === event.kind).map((kind) => `kind '${kind}'`),
  ];
}
