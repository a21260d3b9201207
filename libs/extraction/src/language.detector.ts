const ENGLISH = new Set(
  'the of and to in a is that for it on with as was by at from has are have its an this be will which said their not been were more but or who they'.split(
    ' ',
  ),
);
const OTHERS = new Set(
  `der die das und ist nicht von mit den ein eine auf fur im zu dem les des est dans une pour que qui sur pas au du et la le el los las por una con del para como
  il che di e non per sono della een het van voor niet op och att som av en den det til og ja on se ei ve bir bu icin nao uma os dos em mais wie sich auch wird`.split(
    /\s+/,
  ),
);

/** By the share of function words in the first 20,000 characters; `unknown` below eight Latin words. */
export function detectLanguage(text: string): 'en' | 'other' | 'unknown' {
  const sample = text.slice(0, 20_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters >= 20 && latin < letters / 2) return 'other';
  const words = (
    sample
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, 2_000);
  if (words.length < 8) return 'unknown';
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const other = words.filter((word) => OTHERS.has(word) && !ENGLISH.has(word)).length;
  if (english > other && english / words.length > 0.12) return 'en';
  if (other / words.length > 0.1) return 'other';
  // A fifth and more of English prose are these words: a text almost without them is in a language that is not listed.
  if (words.length >= 60 && english / words.length < 0.03) return 'other';
  return english > other && english > 0 ? 'en' : 'unknown';
}
