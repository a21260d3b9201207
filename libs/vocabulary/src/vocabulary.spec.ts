import { loadVocabulary } from './index';
test('loads', () => { const v = loadVocabulary(); expect(v.kinds.length).toBe(19); expect(v.resolveEntity('hon hai')?.name).toBe('Foxconn'); expect(v.countryOf('Dutch')).toBe('NL'); console.log(v.toUsd({value:60e9,currency:'CNY'},'2025-01-20'), v.verbForms.size, v.entities.length); });
