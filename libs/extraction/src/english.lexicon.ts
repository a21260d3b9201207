const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Function words of English and the verbs that decide what becomes of the clause below them. No word here belongs to a field of news. */
export const DETERMINERS = words(
  'the a an this that these those its his her their our my your any some each every no another both all such several many most more few fewer much half certain other own what',
);
export const POSSESSIVES = words('its his her their our my your');
export const PRONOUNS = words(
  'it he she they we i you him them us himself itself themselves there someone everyone nobody one',
);
export const RELATIVES = words('which who whom whose that where');
export const PREPOSITIONS = words(
  `of in on at by for with from to into onto over under against about between among amid through during without within across behind beyond upon toward towards via per
  despite like unlike including regarding concerning alongside plus minus versus around near off out up down after before since until till than besides following ahead
  atop inside outside throughout because due worth based`,
);
export const SUBORDINATORS = words(
  'because although though while whereas when whenever if unless until once after before since as whether so lest wherever how why what',
);
/** A clause below one of these tells nothing that has happened. */
export const UNREAL = words('if unless whether lest until how why what');
export const COORDINATORS = words('and but or nor yet');
export const MODALS = words(
  "will would could should may might can must shall ll 'll won't wouldn't couldn't shouldn't can't cannot mustn't needn't",
);
export const AUXILIARIES = words(
  "be am is are was were been being 's 're have has had having do does did isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't 've get gets got getting",
);
export const NEGATIONS = words("not never n't neither nor hardly scarcely");
export const ADVERBS = words(
  `also already now recently just still then soon later earlier again even only ever never always often usually sometimes once twice further instead thus therefore however
  aside meanwhile moreover furthermore additionally officially formally together today yesterday tomorrow tonight reportedly allegedly previously subsequently ahead abroad almost
  nearly about approximately roughly around over well much far too very quite rather more most less least so yet not jointly overnight everywhere elsewhere up down back`,
);
export const ADJECTIVES = words(
  `new first second third latest next last major big large largest small own free former recent national global local public private domestic foreign strategic generative
  autonomous advanced open additional early late fresh full further multiple key main top senior joint final initial whole entire same similar different important
  potential possible proposed planned possible upcoming strict tough temporary permanent current existing future nuclear digital`,
);
export const NUMBERS = words(
  'one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands million millions billion billions trillion crore lakh',
);

/** "plans to launch": the clause below is planned. */
export const PLANNING = words(
  'plan aim intend expect schedule set prepare hope target slate project anticipate propose-to suppose strive seek-to want-to look forecast tip due plot design-to gear',
);
/** "agreed to buy": the decision has been made. */
export const COMMITTING = words('agree pledge commit promise vow decide opt undertake elect choose determine resolve');
/** "began to ship", "was forced to halt": it happened. */
export const IMPLYING = words(
  'begin start manage move force help continue proceed compel go come resume rush step oblige get be have',
);
/** "failed to raise": it did not. */
export const FAILING = words(
  'fail refuse decline deny avoid cease forget neglect stop hesitate struggle cancel abandon scrap shelve drop miss postpone rule',
);
/** "stopped making": unlike the other failing verbs, these tell of a change. */
export const GIVING_UP = words('stop cease abandon drop scrap shelve cancel');
/** "considers buying", "urged to ban": it may or may not come. */
export const WEIGHING = words(
  `consider mull weigh explore discuss threaten propose urge ask want seek pressure push wish allow enable require advise encourage invite demand call debate evaluate study
  need try attempt attract tempt persuade convince prompt request recommend hesitate warn advocate lobby press contemplate ponder negotiate bid oppose offer exist examine
  pursue license let permit like love prefer prepare-for empower motivate incentivise stand fight help-to struggle risk`,
);
/** "claims to have trained": told with a reserve. */
export const CLAIMING = words('claim appear seem report say believe allege purport profess');
/** What follows is stated as a fact by somebody. */
export const REPORTING = words(
  `say announce report confirm state reveal add tell disclose note declare claim write explain show indicate describe mention emphasise emphasize stress acknowledge admit
  highlight insist underline underscore find learn inform unveil comment publish post allege tweet signal cite`,
);
export const OPINING = words(
  `believe think suggest argue fear worry hope doubt suspect feel assume imagine speculate guess wonder warn caution predict expect forecast project estimate anticipate
  recommend urge propose demand ask wish suppose advocate contend reckon see imply mean bet question conclude threaten advise ensure require want`,
);
export const PREDICTING = words('predict expect forecast project estimate anticipate see reckon');
export const DENYING = words('deny dispute refute doubt reject dismiss question contradict rebut');
/** Nouns that carry a `to`-clause: "a plan to open", "a deal to buy". */
export const PLAN_NOUNS = words('plan intention schedule aim proposal-to roadmap blueprint target decision move');
export const DEAL_NOUNS = words('agreement deal commitment pledge contract order vow promise pact mou accord');
/** "is set to", "is due to" against "is likely to". */
export const AHEAD_ADJECTIVES = words('due ready slated scheduled set');

/** Verbs that only carry the noun after them: "announced the acquisition", "impose a ban". */
export const LIGHT = words(
  `announce complete close finalise finalize sign seal conclude agree make confirm unveil launch impose mark celebrate introduce strike reach enter form secure
  win report reveal disclose undergo perform carry undertake lead see order issue publish mean begin start`,
);
/** What these do to a happening undoes it or leaves it open. */
export const UNDOING = words(
  'reject block cancel abandon scrap oppose veto deny fear avoid prevent prohibit postpone delay shelve drop withdraw stop halt overturn lift demand propose rule threaten discourage seek evade circumvent bypass violate',
);
export const AWAITING = words('await expect plan schedule anticipate delay postpone approach prepare');
export const HABITUAL = words(
  'often usually always regularly typically generally sometimes frequently traditionally normally commonly increasingly continuously constantly mostly',
);
/** Intransitive uses: without an object they are active, not shortened passives. */
export const INTRANSITIVE = words(
  `rise fall grow drop climb jump surge slump plunge soar shrink double triple quadruple decline increase decrease dip slip tumble rebound go come happen occur emerge
  resign step retire crash explode partner team collaborate merge pivot shift switch total amount stand reach arrive appear remain work cooperate expand contract invest
  plummet lag lead depart file compete bid wait act serve plead register live operate participate respond comply object focus specialise specialize rely escape apply focus return speak belong continue begin start end close open quit join debut vote settle apply land dock sink slide halve advance gain collapse ally shift transition transitioned gain average come fail malfunction misfire burst vanish disappear erupt expire lapse derail capsize stall fold overheat
  disintegrate topple tumble veer premiere testify abstain account`,
);
/** Verbs of being, having, thinking and relating: they tell how things are, not what happened. */
export const STATIVE = words(
  `be have do remain mean include need own belong base cover contain represent depend live work  know consist comprise involve concern relate matter resemble seem appear look
  stay lack deserve exist last differ equal owe  serve found incorporate headquarter locate situate grow rise fall total amount stand account range rank believe think want like hope
  wish prefer love hate fear expect regard consider see view call describe refer accord compare  reflect underline illustrate make help let allow enable require lie sit boast employ
  speak talk chat interview comment decline respond reply answer date stem hail linger attribute ascribe blame trace spend change evolve improve worsen vary matter feel sound understand remember recall worry aim seek try intend plan focus rely      say      `,
);
/** "has run the unit since 2019": going on since then, not begun and done. */
export const DURATIVE = words(
  'run lead head chair serve work hold operate make produce use sell offer teach live play collaborate cooperate partner supply oversee manage own fund support compete drive test develop',
);
/** "is due in May", "has been in force since 2022", "was out of service": with a date, these states tell a change. */
export const CHANGED_STATES = words(
  `due live free under operational available ready offline online inaccessible complete completed finished closed open back up down out underway effective excluded barred in on off over ripe
  bound unavailable`,
);
export const TITLES = words(
  'mr mrs ms dr prof professor sir dame president minister chancellor senator governor judge justice commissioner chairman chairwoman ceo founder co-founder cto cfo coo',
);
/** Nouns for people and parts of an organisation: "Alibaba executives said" is Alibaba acting. */
export const PEOPLE_OF = words(
  `ceo chief executive founder co-founder chairman chairwoman chair president director head boss spokesman spokeswoman spokesperson official officer executive team unit division
  subsidiary arm researcher scientist engineer lawyer management board group researcher department office researchers lab laboratory affiliate government regulator parliament ministry
  authority minister lawmaker court army police cfo cto coo analyst partner leader governor bureau agency secretary branch business company firm`,
);
export const COMPANY_NOUNS = words(
  `company startup start-up firm giant maker chipmaker carmaker automaker developer group corporation retailer lender bank manufacturer unicorn conglomerate provider business
  operator insurer lab studio publisher drugmaker biotech e-retailer foundry owner parent rival supplier toolmaker subsidiary platform broker airline utility fund unit spinout spin-off spin-out specialist
  newcomer marketplace challenger planemaker outfit enterprise joint-venture partnership vendor scaleup scale-up designer`,
);
export const AUTHORITY_NOUNS = words(
  `government ministry regulator authority commission agency parliament administration watchdog court council department bureau committee cabinet senate congress minister tribunal judge legislature
  body office lawmakers bloc country state nation institute`,
);
export const PLACE_NOUNS = words(
  'city town province prefecture state region village port district capital island county',
);
export const ORGANISATION_NOUNS = words(
  'university institute laboratory college association foundation academy society consortium hospital centre center school observatory',
);
export const COMPANY_SUFFIXES = words(
  `inc inc. ltd ltd. corp corp. corporation co co. llc plc gmbh ag sa s.a. nv n.v. bv b.v. ab oy asa spa kk k.k. pte pty limited holdings holding group technologies technology
  labs ai robotics therapeutics semiconductor semiconductors systems motors pharma pharmaceuticals bio biosciences capital ventures partners energy software networks aerospace dynamics
  electronics industries materials quantum space health medical games entertainment media cloud bank photonics analytics interactive computer computers corps motor electric solutions microsystems biotech biologics genomics air
  airlines power instruments devices mobility automotive computing studios innovations`,
);
export const PERSON_NOUNS = words(
  'founder co-founder ceo analyst director professor chief president researcher economist minister secretary spokesperson spokesman spokeswoman chairman partner head lawyer scientist engineer investor capitalist',
);
/** "a series of models": the model is what matters. */
export const TRANSPARENT = words(
  'version series generation iteration family suite lineup edition variant range number group set pair couple dozen part portion majority batch line collection array host handful use sale export update first some one two three any all member amount total piece fleet type form class kind wave round sort sales exports thousands hundreds development rest copy preview beta',
);
/** Sentences that open with these after an abbreviation are new sentences. */
export const OPENERS = words(
  'The It In But He She They This That These Those A An On At We However And As While If When For After Its Their His Her There Meanwhile Since Last Under With By',
);
export const ABBREVIATIONS = words(
  'mr mrs ms dr prof sr jr st vs etc inc ltd corp co pte pvt pty plc llc jan feb mar apr jun jul aug sep sept oct nov dec no nos gov sen rep gen lt col rs approx est dept univ u.s u.k e.u i.e e.g a.m p.m fig vol cf u.n ph.d d.c bros al messrs mt ft',
);
