import { loadVocabulary } from '@themeline/vocabulary';
import { splitSentences } from '../libs/extraction/src/sentence.splitter';
import { tokenise } from '../libs/extraction/src/token.tagger';
import { learnNames, rememberNames } from '../libs/extraction/src/mention.finder';
import { findAmounts } from '../libs/extraction/src/money.finder';
import { datesOf, readScene, within } from '../libs/extraction/src/scene.reader';
import { judge } from '../libs/extraction/src/modality.judge';
import { ownArticles } from './eval/gold.reader';
import { extractReports } from '@themeline/extraction';
const v = loadVocabulary();
const pat = process.argv[2] ?? '';
let n = 0; const cats: Record<string, number> = {};
for (const a of ownArticles('develop')) {
  if (!a.name.includes(pat)) continue;
  const sents = splitSentences(a.text);
  const tk = sents.map((s) => ({ sentence: s, tokens: tokenise(a.text, s.start, s.end, v), titleCase: s.titleCase }));
  const mem = rememberNames(tk); learnNames(tk, mem, v);
  const am = findAmounts(a.text, v.currencies, () => []); const ds = datesOf(a.text, a.publishedAt, a.locale);
  const reps = extractReports({ title: a.title, text: a.text, publishedAt: a.publishedAt, ...(a.locale ? { locale: a.locale } : {}) }, v);
  for (const e of a.events.filter((e) => e.required)) {
    const at = a.text.indexOf(e.evidence); const end = at + e.evidence.length;
    if (reps.some((r) => (r.kind === e.kind || e.altKinds.includes(r.kind)) && [r.evidence, ...r.mentions].some((s) => (Math.min(end, s.end!) - Math.max(at, s.start!)) * 2 >= Math.min(e.evidence.length, s.end! - s.start!)))) continue;
    const i = tk.findIndex(({ sentence: s }) => s.start <= at && at < s.end);
    n++;
    console.log(`\n## ${e.id} ${e.kind}/${e.status} ${e.date} «${e.evidence}»`);
    if (i < 0) { console.log('NO SENTENCE'); continue; }
    const { sentence: s, tokens } = tk[i]!;
    const sc = readScene(s, tokens, mem, v, within(am, s.start, s.end), within(ds, s.start, s.end));
    console.log(tokens.filter((t) => t.end > at && t.start < end).map((t) => `${t.text}/${t.tag}`).join(' '));
    for (const c of sc.clauses) {
      const h = tokens[c.verb.head]!; if (h.end <= at || h.start >= end) continue;
      const m = judge(sc, c);
      console.log(`  [${c.verb.lemma} ${c.verb.tense}${c.verb.passive ? ' pass' : ''}${c.verb.modal ? ' ' + c.verb.modal : ''}] ${c.link}/${c.linkWord} subj=«${c.subject ? a.text.slice(tokens[c.subject.first]?.start, tokens[c.subject.last - 1]?.end) : '-'}» ${m ? m.status + (m.habit ? ' habit' : '') + (m.committed ? ' com' : '') : 'NULL'} rules=${(v.verbRules.get(c.verb.lemma) ?? []).map((r) => r.rule.id).join(',')}`);
    }
  }
}
console.log(n);
