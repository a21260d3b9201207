import type { Country } from './country.lexicon';
import { dayNumber, dayOfNumber, dayText } from './day.math';
import {
  byCountry,
  byMoonSighting,
  byYear,
  chinese,
  daysAfter,
  easter,
  type Feast,
  fixed,
  foreign,
  fromEaster,
  fromTo,
  indian,
  inMonth,
  nthDay,
  onlyIn,
  orthodoxEaster,
  remembered,
  since,
  singleDay,
  solar,
  yearlySpan,
} from './feast.reckoning';
import { INDIAN_MONTHS, indianSunDay, ZONES } from './lunar.calendars';

const MONDAY = 1;
const TUESDAY = 2;
const THURSDAY = 4;
const SUNDAY = 7;

const sunday = (month: number, n: number): Feast => nthDay(month, SUNDAY, n);
const monday = (month: number, n: number): Feast => nthDay(month, MONDAY, n);

const NEW_YEAR = byCountry({ korea: chinese(1, 1, ZONES.korea), vietnam: chinese(1, 1, ZONES.vietnam) }, chinese(1, 1));
const MID_AUTUMN = chinese(8, 15);
const THANKSGIVING = byCountry({ canada: monday(10, 2) }, nthDay(11, THURSDAY, 4));
const MAY_DAY = fixed(5, 1);
const islamic = (monthAndDay: string): Feast => byMoonSighting(foreign('islamic-umalqura', monthAndDay));
const FIRST_OF_SHAWWAL = islamic('10/1');
const TENTH_OF_DHU_AL_HIJJA = islamic('12/10');
const FIRST_OF_RAMADAN = islamic('9/1');
const PASSOVER = foreign('hebrew', '15 Nisan');
const DUSSEHRA = indian(INDIAN_MONTHS.ashvina, 10, { hour: 14.25 });

/** The month of fasting, as often as it begins in the year. */
const RAMADAN: Feast = (year, countries) =>
  FIRST_OF_RAMADAN(year, countries).map((first) => {
    const feasts = [...FIRST_OF_SHAWWAL(year, countries), ...FIRST_OF_SHAWWAL(year + 1, countries)];
    const end = feasts.find((day) => day > first) ?? first;
    return `${first}/${dayOfNumber(dayNumber(end) - 1)}${first.slice(10)}`;
  });

/** By name, in which apostrophes are left out. Occasions without a fixed day have their month. */
const WORLDWIDE: readonly (readonly [names: string, feast: Feast])[] = [
  ['new years day|new year day|new year', fixed(1, 1)],
  ['new years eve|new year eve', fixed(12, 31)],
  ['valentines day|valentine day', fixed(2, 14)],
  ['international womens day', fixed(3, 8)],
  ['april fools day|april fool day', fixed(4, 1)],
  ['earth day', fixed(4, 22)],
  ['may day|international workers day|international labour day|international labor day', MAY_DAY],
  ['star wars day', fixed(5, 4)],
  ['mothers day', byCountry({ uk: fromEaster(-21) }, sunday(5, 2))],
  ['fathers day', byCountry({ australia: sunday(9, 1) }, sunday(6, 3))],
  ['halloween', fixed(10, 31)],
  ['veterans day|armistice day|remembrance day', fixed(11, 11)],
  ['singles day|double 11|double eleven', fixed(11, 11)],
  ['black friday', daysAfter(nthDay(11, THURSDAY, 4), 1)],
  ['cyber monday', daysAfter(nthDay(11, THURSDAY, 4), 4)],
];

const CHRISTIAN: typeof WORLDWIDE = [
  ['epiphany', fixed(1, 6)],
  ['st patricks day|saint patricks day', fixed(3, 17)],
  ['shrove tuesday|mardi gras|pancake day', fromEaster(-47)],
  ['ash wednesday', fromEaster(-46)],
  ['palm sunday', fromEaster(-7)],
  ['holy week', (year) => [`${dayOfNumber(easter(year) - 7)}/${dayOfNumber(easter(year) - 1)}`]],
  ['maundy thursday', fromEaster(-3)],
  ['good friday', fromEaster(-2)],
  ['easter|easter sunday', fromEaster(0)],
  ['orthodox good friday', (year) => singleDay(orthodoxEaster(year) - 2)],
  ['orthodox easter', (year) => singleDay(orthodoxEaster(year))],
  ['orthodox easter monday', (year) => singleDay(orthodoxEaster(year) + 1)],
  ['trinity sunday', fromEaster(56)],
  ['easter monday', fromEaster(1)],
  ['ascension day|ascension thursday', fromEaster(39)],
  ['pentecost|whit sunday', fromEaster(49)],
  ['whit monday|pentecost monday', fromEaster(50)],
  ['corpus christi', fromEaster(60)],
  ['assumption day|feast of the assumption', fixed(8, 15)],
  ['reformation day', fixed(10, 31)],
  ['all saints day', fixed(11, 1)],
  ['st nicholas day|saint nicholas day', fixed(12, 6)],
  ['christmas eve', fixed(12, 24)],
  ['christmas|christmas day|xmas', fixed(12, 25)],
  ['orthodox christmas', fixed(1, 7)],
];

const ISLAMIC_JEWISH_PERSIAN: typeof WORLDWIDE = [
  ['eid al fitr|eid ul fitr|eid el fitr', FIRST_OF_SHAWWAL],
  ['eid al adha|eid ul adha|eid el adha|id ul adha|bakrid', TENTH_OF_DHU_AL_HIJJA],
  [
    'eid',
    (year, countries) => [...FIRST_OF_SHAWWAL(year, countries), ...TENTH_OF_DHU_AL_HIJJA(year, countries)].sort(),
  ],
  ['start of ramadan|beginning of ramadan', FIRST_OF_RAMADAN],
  ['ramadan|ramzan', RAMADAN],
  ['islamic new year|hijri new year', islamic('1/1')],
  ['ashura', islamic('1/10')],
  ['mawlid|eid milad un nabi|milad un nabi|prophets birthday', islamic('3/12')],
  ['laylat al qadr|night of power', islamic('9/27')],
  ['isra and miraj', islamic('7/27')],
  ['rosh hashanah|rosh hashana', foreign('hebrew', '1 Tishri')],
  ['yom kippur', foreign('hebrew', '10 Tishri')],
  ['sukkot', foreign('hebrew', '15 Tishri')],
  ['shemini atzeret', foreign('hebrew', '22 Tishri')],
  ['simchat torah', foreign('hebrew', '22 Tishri')],
  ['hanukkah|chanukah|hanukah', foreign('hebrew', '25 Kislev')],
  ['purim', daysAfter(PASSOVER, -30)],
  ['passover|pesach', PASSOVER],
  ['shavuot', daysAfter(PASSOVER, 50)],
  ['nowruz|norooz|navroz|persian new year', foreign('persian', '1/1')],
];

const EAST_ASIAN: typeof WORLDWIDE = [
  [
    'lunar new year|chinese new year|spring festival|chinese lunar new year|lunar new years day|chinese new years day',
    NEW_YEAR,
  ],
  ['seollal', chinese(1, 1, ZONES.korea)],
  ['tet', chinese(1, 1, ZONES.vietnam)],
  [
    'lunar new years eve|chinese new years eve|lunar new year eve|chinese new year eve|spring festival eve',
    daysAfter(NEW_YEAR, -1),
  ],
  ['lantern festival', chinese(1, 15)],
  ['buddhas birthday', byCountry({ korea: chinese(4, 8, ZONES.korea) }, chinese(4, 8))],
  ['dragon boat festival', chinese(5, 5)],
  ['qixi|qixi festival', chinese(7, 7)],
  ['hungry ghost festival', chinese(7, 15)],
  ['mid autumn festival|midautumn festival|moon festival', MID_AUTUMN],
  ['chuseok', chinese(8, 15, ZONES.korea)],
  ['double ninth festival|chongyang festival', chinese(9, 9)],
  ['laba festival', chinese(12, 8)],
  ['tomb sweeping day|tomb sweeping festival|qingming|qingming festival', solar(15, 4, ZONES.china)],
  ['two sessions', inMonth(3)],
  ['618 shopping festival', fixed(6, 18)],
  ['national day golden week', yearlySpan([10, 1], [10, 7])],
  [
    'golden week',
    onlyIn({ china: yearlySpan([10, 1], [10, 7]), japan: yearlySpan([4, 29], [5, 5]) }, yearlySpan([4, 29], [5, 5])),
  ],
  ['coming of age day', since(2000, monday(1, 2), fixed(1, 15))],
  ['emperors birthday', since(2019, fixed(2, 23), fixed(12, 23))],
  ['vernal equinox day', solar(0, 3, ZONES.japan)],
  ['showa day', fixed(4, 29)],
  ['constitution memorial day', fixed(5, 3)],
  ['greenery day', fixed(5, 4)],
  ['marine day', since(2003, byYear({ 2020: fixed(7, 23), 2021: fixed(7, 22) }, monday(7, 3)), fixed(7, 20))],
  ['mountain day', fixed(8, 11)],
  ['obon', yearlySpan([8, 13], [8, 16])],
  ['respect for the aged day', since(2003, monday(9, 3), fixed(9, 15))],
  ['autumnal equinox day', solar(180, 9, ZONES.japan)],
  ['sports day', onlyIn({ japan: monday(10, 2) })],
  ['culture day', fixed(11, 3)],
  ['labor thanksgiving day|labour thanksgiving day', fixed(11, 23)],
  ['hangul day', fixed(10, 9)],
];

const EVENING = { startsBefore: 20 };
const AT_SUNRISE = { hour: 6.5 };

const INDIAN: typeof WORLDWIDE = [
  ['makar sankranti|pongal', remembered((year) => singleDay(indianSunDay(year, 9)))],
  ['maha shivaratri|maha shivratri|mahashivratri', indian(INDIAN_MONTHS.magha, 29, { startsBefore: 24 })],
  ['holi', indian(INDIAN_MONTHS.phalguna, 15, { endsBefore: 17 })],
  ['lohri', remembered((year) => singleDay(indianSunDay(year, 9) - 1))],
  ['vaisakhi|baisakhi', remembered((year) => singleDay(indianSunDay(year, 0, 30)))],
  ['holika dahan', daysAfter(indian(INDIAN_MONTHS.phalguna, 15, { endsBefore: 17 }), -1)],
  ['mahavir jayanti', indian(INDIAN_MONTHS.chaitra, 13, AT_SUNRISE)],
  ['ugadi|yugadi|gudi padwa', indian(INDIAN_MONTHS.chaitra, 1, AT_SUNRISE)],
  ['ram navami|rama navami', indian(INDIAN_MONTHS.chaitra, 9, { hour: 12 })],
  ['akshaya tritiya', indian(INDIAN_MONTHS.vaishakha, 3, AT_SUNRISE)],
  ['buddha purnima|buddha jayanti|vesak|vesak day', indian(INDIAN_MONTHS.vaishakha, 15, AT_SUNRISE)],
  ['raksha bandhan', indian(INDIAN_MONTHS.shravana, 15, { hour: 13.5 })],
  ['janmashtami|krishna janmashtami', indian(INDIAN_MONTHS.shravana, 23, AT_SUNRISE)],
  ['ganesh chaturthi|vinayaka chaturthi', indian(INDIAN_MONTHS.bhadrapada, 4, { hour: 12.3 })],
  ['navratri|navaratri', fromTo(indian(INDIAN_MONTHS.ashvina, 1, AT_SUNRISE), daysAfter(DUSSEHRA, -1))],
  ['dussehra|vijayadashami|vijaya dashami', DUSSEHRA],
  ['dhanteras', indian(INDIAN_MONTHS.ashvina, 28, EVENING)],
  ['diwali|deepavali', indian(INDIAN_MONTHS.ashvina, 30, EVENING)],
  ['govardhan puja', indian(INDIAN_MONTHS.kartika, 1, AT_SUNRISE)],
  ['bhai dooj', indian(INDIAN_MONTHS.kartika, 2, { hour: 13 })],
  ['chhath|chhath puja', indian(INDIAN_MONTHS.kartika, 6, AT_SUNRISE)],
  ['guru nanak jayanti|gurpurab', indian(INDIAN_MONTHS.kartika, 15, AT_SUNRISE)],
  ['gandhi jayanti', fixed(10, 2)],
];

/** In September across the Atlantic and in October or March down under; elsewhere it is May Day, and the American spelling means the American one. */
const LABOR_DAY: Partial<Record<Country, Feast>> = {
  us: monday(9, 1),
  canada: monday(9, 1),
  australia: monday(10, 1),
  newzealand: monday(10, 4),
  ...Object.fromEntries(
    'china hongkong taiwan singapore malaysia india pakistan bangladesh srilanka korea vietnam thailand indonesia philippines germany france italy spain poland sweden turkey brazil mexico argentina chile colombia kenya nigeria southafrica egypt morocco russia ukraine'
      .split(' ')
      .map((country): [string, Feast] => [country, MAY_DAY]),
  ),
};

const NATIONAL: typeof WORLDWIDE = [
  ['martin luther king day|martin luther king jr day|mlk day', monday(1, 3)],
  ['inauguration day', (year) => (year % 4 === 1 && year >= 1937 ? [dayText(year, 1, 20)] : [])],
  ['groundhog day', fixed(2, 2)],
  ['presidents day', monday(2, 3)],
  ['tax day', fixed(4, 15)],
  ['memorial day', byCountry({ korea: fixed(6, 6) }, monday(5, -1))],
  ['juneteenth', fixed(6, 19)],
  ['fourth of july|4th of july', fixed(7, 4)],
  ['columbus day|indigenous peoples day', monday(10, 2)],
  ['thanksgiving|thanksgiving day', THANKSGIVING],
  ['labor day', onlyIn(LABOR_DAY, monday(9, 1))],
  ['labour day', onlyIn(LABOR_DAY, MAY_DAY)],
  ['early may bank holiday|may day bank holiday', monday(5, 1)],
  ['spring bank holiday', monday(5, -1)],
  ['summer bank holiday|august bank holiday', monday(8, -1)],
  ['mothering sunday', fromEaster(-21)],
  ['guy fawkes night|bonfire night', fixed(11, 5)],
  ['boxing day', fixed(12, 26)],
  ['canada day', fixed(7, 1)],
  ['bastille day', fixed(7, 14)],
  ['victory in europe day|ve day', fixed(5, 8)],
  ['kings day|koningsdag', (year) => [dayText(year, 4, new Date(Date.UTC(year, 3, 27)).getUTCDay() === 0 ? 26 : 27)]],
  ['german unity day|day of german unity', fixed(10, 3)],
  ['australia day', fixed(1, 26)],
  ['anzac day', fixed(4, 25)],
  ['melbourne cup day', nthDay(11, TUESDAY, 1)],
  ['republic day', onlyIn({ india: fixed(1, 26), italy: fixed(6, 2), turkey: fixed(10, 29) }, fixed(1, 26))],
  [
    'independence day',
    onlyIn(
      {
        us: fixed(7, 4),
        india: fixed(8, 15),
        pakistan: fixed(8, 14),
        indonesia: fixed(8, 17),
        ukraine: fixed(8, 24),
        brazil: fixed(9, 7),
        mexico: fixed(9, 16),
      },
      fixed(7, 4),
    ),
  ],
  [
    'national day',
    onlyIn({
      bahrain: fixed(12, 16),
      china: fixed(10, 1),
      france: fixed(7, 14),
      kuwait: fixed(2, 25),
      oman: fixed(11, 18),
      qatar: fixed(12, 18),
      saudi: fixed(9, 23),
      singapore: fixed(8, 9),
      taiwan: fixed(10, 10),
      uae: fixed(12, 2),
    }),
  ],
  ['national foundation day', onlyIn({ japan: fixed(2, 11), korea: fixed(10, 3) }, fixed(2, 11))],
  ['liberation day', onlyIn({ korea: fixed(8, 15), italy: fixed(4, 25) })],
  ['childrens day', onlyIn({ japan: fixed(5, 5), korea: fixed(5, 5), china: fixed(6, 1), india: fixed(11, 14) })],
];

/** Feasts and yearly occasions by name in lower case and without apostrophes. */
export const FEASTS: ReadonlyMap<string, Feast> = new Map(
  [...WORLDWIDE, ...CHRISTIAN, ...ISLAMIC_JEWISH_PERSIAN, ...EAST_ASIAN, ...INDIAN, ...NATIONAL].flatMap(
    ([names, feast]) => names.split('|').map((name): [string, Feast] => [name, feast]),
  ),
);

/** First word → longest name in words, so that a text is not compared with every feast. */
export const FEAST_STARTS: ReadonlyMap<string, number> = [...FEASTS.keys()].reduce((starts, name) => {
  const parts = name.split(' ');
  const first = parts[0] ?? '';
  // "King's Day" begins with the token "king".
  for (const word of first.endsWith('s') && first.length > 3 ? [first, first.slice(0, -1)] : [first])
    starts.set(word, Math.max(starts.get(word) ?? 0, parts.length));
  return starts;
}, new Map<string, number>());
