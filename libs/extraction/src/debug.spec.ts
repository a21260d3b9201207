import { loadVocabulary } from '@themeline/vocabulary';
import { readFileSync } from 'node:fs';
import { splitSentences } from './sentence.splitter';
import { tokenise } from './token.tagger';
import { rememberNames } from './mention.finder';
import { readScene, datesOf, within } from './scene.reader';
import { findAmounts } from './money.finder';
import { judge } from './modality.judge';
import { extractReports } from './index';
test('debug', () => {
  const v = loadVocabulary();
  const text = readFileSync('/tmp/extraction/debug.txt', 'utf8');
  const day = '2025-06-15';
  const s = splitSentences(text).map((sentence) => ({ sentence, tokens: tokenise(text, sentence.start, sentence.end, v), titleCase: sentence.titleCase }));
  const memory = rememberNames(s);
  const amounts = findAmounts(text, v.currencies);
  const dates = datesOf(text, day, undefined);
  let out = '';
  for (const { sentence, tokens } of s) {
    const scene = readScene(sentence, tokens, memory, v, within(amounts, sentence.start, sentence.end), within(dates, sentence.start, sentence.end));
    out += `\n[${sentence.form}${sentence.titleCase ? ' T' : ''} ${sentence.label ?? ''}] ${text.slice(sentence.start, sentence.end)}\n  ${tokens.map((t) => `${t.text}/${t.tag}`).join(' ')}\n  M: ${scene.mentions.map((m) => `${tokens.slice(m.first, m.last).map((t) => t.text).join(' ')}=${m.entity.name}(${m.entity.type}${m.entity.what ? ':' + m.entity.what : ''},${m.role})`).join('; ')}\n  D: ${scene.dates.map((d) => `${d.phrase}=${d.edtf}`).join('; ')} A: ${scene.amounts.map((a) => `${a.text}=${a.value}${a.currency}`).join('; ')}\n`;
    for (const c of scene.clauses) out += `   ${c.link}(${c.linkWord ?? ''}) ${c.verb.lemma} ${c.verb.tense}${c.verb.passive ? ' PASS' : ''}${c.verb.negated ? ' NEG' : ''} [${c.start},${c.end}] subj=${c.subject ? tokens.slice(c.subject.first, c.subject.last).map((t) => t.text).join(' ') : `<${c.subjectFrom?.verb.lemma ?? '-'}>`} gov=${c.governor?.verb.lemma ?? '-'} ${JSON.stringify(judge(scene, c))?.replace(/"|false|true|,[a-z]+:(?=,|})/g, (x) => (x === 'true' ? '!' : '')) ?? ''}\n`;
  }
  for (const r of extractReports({ title: null, text, publishedAt: day }, v)) out += `\n=> ${r.kind}/${r.status} ${r.date.edtf ?? '-'} ${r.amount ? `${r.amount.value}${r.amount.currency}` : ''} «${r.evidence.text}» H: ${r.headline} | ${r.entities.map((e) => `${e.name}:${e.role}:${e.type}`).join(', ')} [${r.why.kindRule}] ${r.themes.join(' ')}`;
  process.stdout.write(out + '\n');
});
