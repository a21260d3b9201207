import { type EntityRef, type ExtractedReport, type EntityRole } from '@themeline/contracts';
import { tryParseEdtf } from '@themeline/dates';
import type { KnownEntity, Vocabulary } from '@themeline/vocabulary';
import { REPORTING } from './english.lexicon';
import { textOf, type Finding } from './event.finding';
import { matchThemes } from './theme.matcher';

const LONGEST_HEADLINE = 140;
const FEWEST_CONFIDENT = 0.35;
/** Fewer words than a subject, a verb and an object say nothing. */
const FEWEST_HEADLINE_WORDS = 4;

/** A finding with the text of its evidence; `place` counts the article's lines, 1 being the first. */
export interface Draft {
  readonly finding: Finding;
  readonly report: ExtractedReport;
}

/** Makes the report of a finding. `alone`: its sentence tells nothing else, so the whole sentence is its evidence; `topic`: whom the article is about. */
export function draftReport(
  finding: Finding,
  alone: boolean,
  text: string,
  day: string,
  topic: KnownEntity | null,
  vocabulary: Vocabulary,
): Draft | null {
  const { scene, kind, rule, status, date } = finding;
  const { sentence } = scene;
  const [start, end] = alone ? [sentence.start, sentence.end] : trimmed(finding, text);
  const evidence = text.slice(start, end);
  const entities = rolesOf(finding);
  const confidence = confidenceOf(finding, entities);
  // "Revenue rose 8 %": where a sentence names no participant, it is the one whom the article is about.
  if (topic && entities.every(({ type }) => type === 'place'))
    entities.push({ id: topic.id, name: topic.name, type: topic.type, role: 'mention' });
  if (evidence.trim() === '' || confidence < FEWEST_CONFIDENT) return null;
  const headline = headlineOf(finding);
  // "$35 a share" is not what a company was bought for.
  const sum = finding.amount?.perUnit && /^(?:money|deal)$/.test(kind.family) ? null : finding.amount;
  const amount = sum
    ? {
        value: sum.value,
        currency: sum.currency,
        low: sum.low,
        high: sum.high,
        approximate: sum.approximate,
        usd: vocabulary.toUsd(sum, date?.upper ?? date?.lower ?? day),
      }
    : null;
  const countries = new Set<string>();
  for (const { entity, role } of [...finding.agents, ...finding.patients, ...finding.partners].map((entity) => ({
    entity,
    role: 'name',
  }))) {
    if (entity.country && role === 'name') countries.add(entity.country);
  }
  for (const mention of scene.mentions) {
    if (
      mention.first >= finding.span.first &&
      mention.last <= finding.span.last &&
      mention.entity.type === 'place' &&
      mention.entity.country
    ) {
      countries.add(mention.entity.country);
    }
  }
  const summary = alone ? null : text.slice(sentence.start, sentence.end);
  // Reading it takes long, and few are approximate.
  const parsed = date && /[~%]/.test(date.edtf) ? tryParseEdtf(date.edtf) : null;
  const report: ExtractedReport = {
    kind: kind.id,
    status,
    headline,
    summary,
    date: date
      ? {
          edtf: date.edtf,
          lower: date.lower,
          upper: date.upper,
          precision: date.precision,
          approximate: parsed?.approximate ?? false,
          phrase: date.phrase,
        }
      : { edtf: null, lower: null, upper: null, precision: 'none', approximate: false, phrase: null },
    entities,
    countries: [...countries].sort(),
    amount,
    themes: matchThemes(
      {
        headline,
        summary,
        evidence,
        kind: kind.id,
        entities: entities.filter(({ role }) => role !== 'mention').map(({ name }) => name),
      },
      vocabulary.themes,
    ),
    evidence: { text: evidence, start, end },
    mentions: [],
    importance: importanceOf(finding, kind.importance, amount?.usd ?? null),
    confidence,
    why: {
      kindRule: `${rule.id} (${finding.form})`,
      words: finding.words.filter((word) => word !== ''),
      dateRule: date?.rule ?? null,
    },
  };
  return { finding, report };
}

function trimmed(finding: Finding, text: string): [number, number] {
  const { tokens } = finding.scene;
  const first = tokens[finding.span.first];
  const last = tokens[Math.min(finding.span.last, tokens.length) - 1];
  let start = first?.start ?? finding.scene.sentence.start;
  let end = last?.end ?? finding.scene.sentence.end;
  while (end > start && /[\s,;:–—-]/.test(text[end - 1] ?? '')) end -= 1;
  while (start < end && /[\s,;:–—]/.test(text[start] ?? '')) start += 1;
  return [start, end];
}

function rolesOf(finding: Finding): EntityRef[] {
  const refs = new Map<string, EntityRef>();
  const add = (entities: readonly KnownEntity[], role: EntityRole): void => {
    for (const { id, name, type } of entities) if (!refs.has(id)) refs.set(id, { id, name, type, role });
  };
  add(finding.agents, 'agent');
  add(finding.partners, 'partner');
  add(finding.patients, 'patient');
  add(finding.others, 'mention');
  return [...refs.values()];
}

/**
 * 0–1: the rule's `base`, +0.08 when somebody named acts, +0.06 with a date, +0.04 with an amount, −0.2 when told with a reserve, −0.08 for a
 * noun without a verb, −0.1 when nobody is named at all, −0.08 for what is planned.
 */
function confidenceOf(finding: Finding, entities: readonly EntityRef[]): number {
  let value = finding.rule.base;
  if (finding.agents.length > 0) value += 0.08;
  if (finding.date) value += 0.06;
  if (finding.amount) value += 0.04;
  if (finding.hedged) value -= 0.2;
  if (finding.form === 'noun') value -= 0.08;
  if (entities.length === 0) value -= 0.1;
  if (finding.status !== 'occurred') value -= 0.08;
  return Math.round(Math.min(0.98, Math.max(0.05, value)) * 100) / 100;
}

/**
 * 0–100: the kind's base, plus up to 25 by the amount (5 for each power of ten above 10 million US dollars), +6 when a known company or authority
 * acts, +5 in the first three lines, −5 for what is planned, −10 for a forecast.
 */
function importanceOf(finding: Finding, base: number, usd: number | null): number {
  let value = base;
  if (usd !== null && usd > 1e7) value += Math.min(25, 5 * Math.log10(usd / 1e7));
  if (finding.agents.some(({ country, type }) => country !== null && type !== 'product')) value += 6;
  if (finding.scene.sentence.place <= 3) value += 5;
  if (finding.status === 'planned') value -= 5;
  if (finding.status === 'forecast') value -= 10;
  return Math.round(Math.min(100, Math.max(0, value)));
}

const DANGLING: ReadonlySet<string> = new Set(['prep', 'conj', 'det', 'sub', 'to', 'aux', 'modal', 'neg']);

/** The words of a headline: a preposition at their end takes its complement ("for drawing water") or goes, and so does ", the company" before "said". */
function headlineSpan({ scene, span }: Finding): Finding['span'] {
  const { tokens, clauses } = scene;
  let { last } = span;
  const gerund = clauses.find(({ link, verb }) => link === 'gerund' && verb.first === last);
  if (gerund && tokens[last - 1]?.tag === 'prep') {
    const end = (tokens[gerund.end - 1]?.end ?? 0) - (tokens[span.first]?.start ?? 0);
    if (end <= LONGEST_HEADLINE) last = gerund.end;
  }
  const teller = clauses.find(({ verb }) => verb.first === last && REPORTING.has(verb.lemma));
  if (teller?.subject && tokens[teller.subject.first - 1]?.text === ',' && teller.subject.first - 1 > span.first)
    last = teller.subject.first - 1;
  const dangles = (at: number): boolean => {
    const token = tokens[at];
    if (!token || scene.mentions.some((mention) => mention.first <= at && at < mention.last)) return false;
    if (scene.dates.some((date) => date.first <= at && at < date.last)) return false;
    // "a Series A"
    if (token.capital && at > span.first) return false;
    if (/^(?:up|down|off|out|over|due|through|ahead)$/.test(token.lower)) return token.lower === 'due';
    return DANGLING.has(token.tag) || /^[,;:–—-]$/.test(token.text);
  };
  while (last > span.first + 2 && dangles(last - 1)) last -= 1;
  return { first: span.first, last };
}

/** Subject, verb and object in the text's own words, with names for pronouns; else the clause, shortened at a word. */
function headlineOf(finding: Finding): string {
  const { scene, clause } = finding;
  const span = headlineSpan(finding);
  let line = textOf(scene, span);
  if (clause && finding.agentText !== null && (finding.form === 'verb' || clause.verb.last <= finding.trigger.first)) {
    const below = clause.link === 'infinitive' || (clause.link === 'gerund' && clause.linkWord === 'by');
    const governor = below && clause.governor ? clause.governor : clause;
    line = `${finding.agentText} ${textOf(scene, { first: governor.verb.first, last: span.last })}`;
  } else if (clause && finding.form === 'verb' && finding.clause?.link === 'reduced') {
    line = textOf(scene, span);
  }
  line = line
    .replace(/\s+([,.;:!?%)”])/g, '$1')
    .replace(/([(“$€£])\s+/g, '$1')
    .replace(/^["“‘(,\s-]+|[\s,.;:–—-]+$/g, '')
    .replace(/^(?:and|but|while|also)\s+/i, '');
  // "…, following the launch of Y": what went before or came after is another happening.
  const [happening = line] = line.split(/,\s+(?=(?:following|after|amid|despite|before|ahead of)\s)/i);
  if (happening.split(' ').length >= FEWEST_HEADLINE_WORDS) line = happening;
  if (line.length > LONGEST_HEADLINE)
    line = `${line
      .slice(0, LONGEST_HEADLINE)
      .replace(/\s+\S*$/, '')
      .replace(/[\s,;:–—-]+$/, '')}…`;
  return line.charAt(0).toUpperCase() + line.slice(1);
}
