import { dayNumber, dayOfNumber, dayText } from './day.math';
import {
  byCountry,
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
  orthodoxEaster,
  remembered,
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
const FIRST_OF_SHAWWAL = foreign('islamic-umalqura', '10/1');
const TENTH_OF_DHU_AL_HIJJA = foreign('islamic-umalqura', '12/10');
const FIRST_OF_RAMADAN = foreign('islamic-umalqura', '9/1');
const PASSOVER = foreign('hebrew', '15 Nisan');
const DUSSEHRA = indian(INDIAN_MONTHS.ashvina, 10, { hour: 14.25 });

/** The month of fasting, as often as it begins in the year. */
const RAMADAN: Feast = (year, country) =>
  FIRST_OF_RAMADAN(year, country).map((first) => {
    const feasts = [...FIRST_OF_SHAWWAL(year, country), ...FIRST_OF_SHAWWAL(year + 1, country)];
    const end = feasts.find((day) => day > first) ?? first;
    return `${first}/${dayOfNumber(dayNumber(end) - 1)}`;
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
  ['shrove tuesday|mardi gras', fromEaster(-47)],
  ['ash wednesday', fromEaster(-46)],
  ['palm sunday', fromEaster(-7)],
  ['holy week', (year) => [`${dayOfNumber(easter(year) - 7)}/${dayOfNumber(easter(year) - 1)}`]],
  ['maundy thursday', fromEaster(-3)],
  ['good friday', fromEaster(-2)],
  ['easter|easter sunday', fromEaster(0)],
  ['orthodox easter', (year) => singleDay(orthodoxEaster(year))],
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
  ['eid', (year, country) => [...FIRST_OF_SHAWWAL(year, country), ...TENTH_OF_DHU_AL_HIJJA(year, country)].sort()],
  ['start of ramadan|beginning of ramadan', FIRST_OF_RAMADAN],
  ['ramadan|ramzan', RAMADAN],
  ['islamic new year|hijri new year', foreign('islamic-umalqura', '1/1')],
  ['ashura', foreign('islamic-umalqura', '1/10')],
  ['mawlid|eid milad un nabi|milad un nabi|prophets birthday', foreign('islamic-umalqura', '3/12')],
  ['rosh hashanah', foreign('hebrew', '1 Tishri')],
  ['yom kippur', foreign('hebrew', '10 Tishri')],
  ['sukkot', foreign('hebrew', '15 Tishri')],
  ['hanukkah|chanukah', foreign('hebrew', '25 Kislev')],
  ['purim', daysAfter(PASSOVER, -30)],
  ['passover|pesach', PASSOVER],
  ['shavuot', daysAfter(PASSOVER, 50)],
  ['nowruz|norooz|persian new year', foreign('persian', '1/1')],
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
  ['buddhas birthday', chinese(4, 8)],
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
  ['golden week', byCountry({ china: yearlySpan([10, 1], [10, 7]) }, yearlySpan([4, 29], [5, 5]))],
  ['coming of age day', monday(1, 2)],
  ['emperors birthday', (year) => [year < 2019 ? dayText(year, 12, 23) : dayText(year, 2, 23)]],
  ['vernal equinox day', solar(0, 3, ZONES.japan)],
  ['showa day', fixed(4, 29)],
  ['constitution memorial day', fixed(5, 3)],
  ['greenery day', fixed(5, 4)],
  ['marine day', monday(7, 3)],
  ['mountain day', fixed(8, 11)],
  ['obon', yearlySpan([8, 13], [8, 16])],
  ['respect for the aged day', monday(9, 3)],
  ['autumnal equinox day', solar(180, 9, ZONES.japan)],
  ['sports day', byCountry({ japan: monday(10, 2) })],
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
  ['ugadi|gudi padwa', indian(INDIAN_MONTHS.chaitra, 1, AT_SUNRISE)],
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
  ['guru nanak jayanti|gurpurab', indian(INDIAN_MONTHS.kartika, 15, AT_SUNRISE)],
  ['gandhi jayanti', fixed(10, 2)],
];

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
  [
    'labor day|labour day',
    byCountry(
      {
        us: monday(9, 1),
        canada: monday(9, 1),
        china: MAY_DAY,
        germany: MAY_DAY,
        france: MAY_DAY,
        singapore: MAY_DAY,
        india: MAY_DAY,
        korea: MAY_DAY,
        italy: MAY_DAY,
        spain: MAY_DAY,
        hongkong: MAY_DAY,
        vietnam: MAY_DAY,
      },
      monday(9, 1),
    ),
  ],
  ['early may bank holiday|may day bank holiday', monday(5, 1)],
  ['spring bank holiday', monday(5, -1)],
  ['summer bank holiday|august bank holiday', monday(8, -1)],
  ['mothering sunday', fromEaster(-21)],
  ['guy fawkes night|bonfire night', fixed(11, 5)],
  ['boxing day', fixed(12, 26)],
  ['canada day', fixed(7, 1)],
  ['bastille day', fixed(7, 14)],
  ['victory in europe day|ve day', fixed(5, 8)],
  ['german unity day|day of german unity', fixed(10, 3)],
  ['australia day', fixed(1, 26)],
  ['anzac day', fixed(4, 25)],
  ['melbourne cup day', nthDay(11, TUESDAY, 1)],
  ['republic day', byCountry({ italy: fixed(6, 2), turkey: fixed(10, 29) }, fixed(1, 26))],
  [
    'independence day',
    byCountry(
      {
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
    byCountry({
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
  ['national foundation day', byCountry({ korea: fixed(10, 3) }, fixed(2, 11))],
  ['liberation day', byCountry({ korea: fixed(8, 15), italy: fixed(4, 25) })],
  ['childrens day', byCountry({ japan: fixed(5, 5), korea: fixed(5, 5), china: fixed(6, 1), india: fixed(11, 14) })],
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
  return starts.set(first, Math.max(starts.get(first) ?? 0, parts.length));
}, new Map<string, number>());
