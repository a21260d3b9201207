import { loadVocabulary } from '@themeline/vocabulary';
import { readFileSync } from 'node:fs';
import { extractReports } from './index';
test('wiki', () => {
  const v = loadVocabulary();
  let out = '';
  for (const line of readFileSync('/work/shared/data/dates/meantime-apple/docs_dev.jsonl', 'utf8').trim().split('\n')) {
    const d = JSON.parse(line) as { dct: string; title: string; sentences: string[] };
    const text = d.sentences.join('\n').replace(/ `` | '' /g, ' ').replace(/ (['’]s)/g, '$1');
    out += `\n##### ${d.title} ${d.dct}\n`;
    for (const r of extractReports({ title: d.title, text, publishedAt: d.dct }, v)) out += `  ${r.kind}/${r.status} ${r.date.edtf ?? '-'} ${r.amount ? `${r.amount.value}${r.amount.currency}` : ''} ${r.confidence} «${r.evidence.text}» | ${r.entities.filter((e) => e.role !== 'mention').map((e) => `${e.name}:${e.role}:${e.type}`).join(', ')} [${r.why.kindRule}: ${r.why.words.join(',')}]\n`;
  }
  process.stdout.write(out);
});
