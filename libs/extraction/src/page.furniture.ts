/** Lines of a page or a press release that are not its text. Each pattern must match the whole line. */
const FURNITURE: readonly RegExp[] = [
  // Buttons and menus
  /^(?:back(?: to top)?|top|home|menu|search|share|tweet|print|save|bookmark|copy link|e-?mail|comments?|\d+ comments?|loading\.*|next(?: article)?|previous(?: article)?|log ?in|register|skip to (?:main )?content|(?:load|show|view|see|read|learn|find out) more|advertisements?|ad|newsletters?|trending|listen|watch live|view comments|leave a (?:comment|reply)|ends?|###|-30-|more)$/i,
  /^(?:share (?:this|on|via)|follow (?:us|on)|join (?:us|our)|download (?:our|the) app|click (?:here|to)|tap (?:here|to)|swipe|listen to (?:this|our|the)|get (?:the|our) .{0,60}(?:newsletter|app|alerts?)|sign (?:up|in)|subscribe|already a (?:subscriber|member)|to continue reading|continue reading|story continues|article continues|this content is (?:for|only)|most (?:read|popular|viewed)|editor['’]?s['’]? (?:picks?|choice)|got a tip|got a news tip|view (?:original|source)|read (?:more|also|next|the full|our|:|\|)|also read|see also|you (?:may|might) also|more (?:from|on this|stories)|up next|don['’]t miss)\b.{0,160}$/i,
  /^sponsored(?: (?:content|posts?|links?|by .{0,60}))?$/i,
  /^related(?:\s*[:|].*|(?: (?:articles?|stor(?:y|ies)|news|content|posts?|links?|topics?|coverage|reading|videos?)\b[^.!?]{0,120})?)$/i,
  // Credits
  /^(?:tags?|topics?|categor(?:y|ies)|keywords?|filed under|source|via|credits?|disclaimer|disclosure|editor['’]?s note|note to (?:readers|editors)|watch|contact|media contact|press contact|our standards|tel|phone|fax|mobile|website|web)\s*:.*$/i,
  /^(?:(?:file |stock |representative |representational )?(?:photo|image|picture|illustration|graphic|video)s?(?: (?:credits?|sources?|courtesy(?: of)?))?\s*[:|/].*|(?:photo|image|picture|illustration|graphic|video)s? (?:by|courtesy of) .{0,80}|file (?:photo|image|picture).{0,120}|.{0,60}(?:getty images|shutterstock|\/ ?unsplash)\)?)$/i,
  /^(?:By|BY|by) \p{Lu}[\p{L}.'’-]+ (?:\p{Lu}\. )?\p{Lu}[\p{L}.'’-]+(?:(?:,| and| &| \|) [^.!?]{0,60})?$/u,
  /^\(?(?:additional )?reporting by .*$/i,
  /^(?:writing|editing|compiled) by .{0,160}$/i,
  /^\(?with (?:agency |additional )?(?:inputs?|reporting)(?: from| by)? ?.{0,80}\)?$/i,
  /^\(?(?:last )?(?:updated|published|posted|modified|first published)(?: on| at)?:? (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.? )?\d.{0,50}$/i,
  /^\d+ min(?:ute)?s?(?: read)?$/i,
  /^\(?this (?:article|story|post|piece|content) (?:was|is|has been|first|originally)\b.*$/i,
  /^\(?this report (?:was|is|has been) (?:auto|edited|translated|syndicated|first|originally)\b.*$/i,
  // Law
  /^(?:©|\(c\) ?\d{4}|copyright\b\s*(?:©|\(c\)|\d{4}|by\b|:)).*$/i,
  /^.{0,120}\ball rights reserved\b.{0,80}$/i,
  /^(?:(?:we|this (?:web)?site|our (?:web)?site|this page)(?: and our partners)? (?:may )?use[sd]? cookies\b.*|by (?:clicking|continuing|using|signing|browsing)\b.{0,160}\b(?:cookies|terms|privacy|agree|consent)\b.*|(?:accept|reject|allow|manage)(?: all| my)?(?: cookies| preferences| consent)?|(?:privacy|cookie) (?:policy|settings|notice|preferences)|terms (?:of|and) (?:use|service|conditions))$/i,
  /^reprints?(?: .{0,80})?$/i,
  // Addresses and releases
  /^(?:\S+\.(?:webp|jpe?g|png|gif)|(?:https?:\/\/)?\S+\.(?:com|org|net|io|ai|eu|gov)\/?\S*|\S+@\S+\.\S+|https?:\/\/\S+|[+()\d .-]{7,})$/i,
  /^(?:for (?:more|further|additional) (?:information|details)|(?:please )?visit (?:www\.|https?:|us)|learn more at|logo -|e-?mail:).*$/i,
  /^SOURCE:? .{0,80}$/,
  // Rules of tables and lines of marks
  /^[^\p{L}\p{N}]+$/u,
];

type Section = 'profile' | 'statement' | 'addresses' | 'links';

/** A title of the parts that stand below the text: what follows is a company's usual words about itself, addresses, or links. */
const SECTIONS: readonly (readonly [Section, RegExp])[] = [
  ['profile', /^(?:About|ABOUT)(?: (?:the|THE))? (?:\p{Lu}|author|company|us\b)[^.!?]{0,60}$/u],
  [
    'statement',
    /^(?:cautionary (?:note|statements?)|safe harbou?r(?: statements?)?|(?:note (?:on|regarding) )?forward[- ]looking (?:statements?|information)|disclaimer|disclosures?|notes? (?:to|for) (?:the )?editors?|legal notice|important (?:information|notice))(?: (?:on|regarding|about|concerning|for|under|disclaimer|statements?|notice)\b[^.!?]{0,60})?$/iu,
  ],
  [
    'addresses',
    /^(?:(?:media|press|news|investors?|company|corporate|public|general|pr|ir)(?: (?:relations|and|&|\/|media|press|investors?|contacts?|inquiries|enquiries)){0,4} )?(?:contacts?|enquiries|inquiries)(?: (?:us|information|details|persons?|for media))?$/iu,
  ],
  ['addresses', /^(?:media|press|investor|public) relations$/iu],
  [
    'links',
    /^(?:related (?:articles?|stories|news|content|posts?|links?|topics?|coverage|reading)|most (?:read|popular|viewed)|read (?:more|next)|recommended(?: (?:for you|stories))?|you (?:may|might) also (?:like|be interested in).{0,20}|more (?:from|stories)\b.{0,40}|more on this.{0,20}|trending(?: now| stories)?|latest (?:news|stories)|up next|editor['’]?s['’]? picks?)$/iu,
  ],
];

/** "About Acme: Acme makes …" in one line. */
const ABOUT_LINE = /^(?:About|ABOUT)(?: (?:the|THE))? \p{Lu}[^.!?:–—]{0,50}?(?::|\s[–—-])\s+\p{Lu}/u;

const FOUNDING =
  /\b(?:founded|established|incorporated|formed|created|started|since|headquartered|listed|public|operating)\b[^.;]{0,40}\b(?:19|20)\d\d\b/gi;

/** What a company usually says of itself holds no news, but may date something beside its founding: "In May 2024 it raised …". */
const isDated = (line: string): boolean => /\b(?:19|20)\d\d\b/.test(line.replace(FOUNDING, ''));

const MARKS = /^(?:#{1,6}\s+|[*_>]{1,3}\s*)+|[*_]{1,3}:?\s*$|:\s*$/g;
const HEADING_WORDS = 12;
const SENTENCE_WORDS = 12;

/** A line that titles what follows: short, begins with a capital or a digit, and does not end like a sentence. */
function isHeading(line: string): boolean {
  const plain = line.replace(MARKS, '');
  return (
    /^[\p{Lu}\d"“‘]/u.test(plain) &&
    !/[.!?,;…]["”’)]*$/.test(plain) &&
    plain.split(/\s+/, HEADING_WORDS + 1).length <= HEADING_WORDS
  );
}

const isSentence = (line: string): boolean =>
  /[.!?…]["”’)]*$/.test(line) && line.split(/\s+/, SENTENCE_WORDS).length >= SENTENCE_WORDS;

/**
 * Tells, line by line in order, what is not the text of an article: menus, credits, notices, and the parts of a press release below a heading such
 * as "About Acme" (up to the next heading; what is dated there is text), "Media contact" and "Related articles" (up to the next full sentence).
 */
export class FurnitureFilter {
  private section: Section | null = null;
  private lines = 0;

  /** `line` is trimmed and not empty. */
  isFurniture(line: string): boolean {
    const plain = line.length < 200 ? line.replace(MARKS, '').trim() : line;
    const opened = this.lines > 1 && line.length < 200 ? SECTIONS.find(([, title]) => title.test(plain)) : undefined;
    if (opened) {
      this.section = opened[0];
      return true;
    }
    if (FURNITURE.some((pattern) => pattern.test(plain))) return true;
    if (this.lines > 1 && ABOUT_LINE.test(plain.slice(0, 90))) return !isDated(line);
    if (this.section !== null && !this.isOver(line)) return this.section !== 'profile' || !isDated(line);
    this.section = null;
    this.lines += 1;
    return false;
  }

  private isOver(line: string): boolean {
    if (this.section === 'profile' || this.section === 'statement') return !/^[•*-]/.test(line) && isHeading(line);
    return isSentence(line) || /^#{1,6}\s/.test(line);
  }
}
