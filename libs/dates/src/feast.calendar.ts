import { dayText, daysInMonth, monthText, numberOf, weekdayOf, dayOfNumber } from './day.math';

/** Years that the tables of lunar feasts cover, first and last. */
const LUNAR_YEARS = [1990, 2050] as const;

const table = (days: string): readonly string[] => days.trim().split(/\s+/);

/** MMDD of each year from 1990: first day of the Chinese calendar's first month, Unicode CLDR's Chinese calendar (ICU). */
const LUNAR_NEW_YEAR = table(`
0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205
0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202
0123`);
/** Fifth day of the fifth month, same source. */
const DRAGON_BOAT = table(`
0528 0616 0605 0624 0613 0602 0620 0609 0530 0618 0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 0530 0618 0607
0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610 0530 0618 0607 0527 0614 0603 0622 0611 0531 0619 0608 0529 0615 0604
0623`);
/** Fifteenth day of the eighth month, same source. */
const MID_AUTUMN = table(`
1003 0922 0911 0930 0920 0909 0927 0916 1005 0924 0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 1004 0924 0913
1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 0920 0910 0928 0917 1005 0925 0915 1004 0922 0911
0930`);
/** YYYYMMDD of the first of Ramadan by the Umm al-Qura calendar (ICU); sighting of the moon can move a feast by a day. */
const RAMADAN = table(`
19900328 19910318 19920306 19930223 19940212 19950201 19960122 19970110 19971231 19981220 19991209 20001127 20011116 20021106 20031026 20041015 20051004
20060924 20070913 20080901 20090822 20100811 20110801 20120720 20130709 20140628 20150618 20160606 20170527 20180516 20190506 20200424 20210413 20220402
20230323 20240311 20250301 20260218 20270208 20280128 20290116 20300105 20301226 20311216 20321204 20331123 20341112 20351101 20361021 20371010 20380930
20390919 20400908 20410828 20420817 20430806 20440726 20450716 20460705 20470625 20480613 20490602 20500522`);
/** First of Shawwal, same source. */
const EID_AL_FITR = table(`
19900426 19910416 19920405 19930325 19940314 19950303 19960220 19970209 19980129 19990119 20000108 20001227 20011216 20021205 20031125 20041114 20051103
20061023 20071013 20081001 20090920 20100910 20110830 20120819 20130808 20140728 20150717 20160706 20170625 20180615 20190604 20200524 20210513 20220502
20230421 20240410 20250330 20260320 20270309 20280226 20290214 20300204 20310124 20320114 20330103 20331223 20341212 20351201 20361119 20371109 20381029
20391019 20401007 20410927 20420916 20430905 20440824 20450814 20460804 20470724 20480713 20490702 20500621`);
/** Tenth of Dhu al-Hijja, same source. */
const EID_AL_ADHA = table(`
19900703 19910623 19920611 19930601 19940521 19950510 19960428 19970418 19980407 19990328 20000316 20010305 20020222 20030211 20040201 20050121 20060110
20061231 20071220 20081208 20091127 20101116 20111106 20121026 20131015 20141004 20150923 20160911 20170901 20180821 20190811 20200731 20210720 20220709
20230628 20240616 20250606 20260527 20270516 20280505 20290424 20300413 20310402 20320322 20330312 20340301 20350219 20360208 20370127 20380116 20390105
20391226 20401215 20411204 20421123 20431112 20441101 20451021 20461011 20470930 20480919 20490908 20500828`);
/** YYYYMMDD of Lakshmi Puja, the new moon of Kartika as observed in India; to be extended when the holidays of later years are published. */
const DIWALI = table(`
20151111 20161030 20171019 20181107 20191027 20201114 20211104 20221024 20231112 20241031 20251020 20261108 20271029 20281017 20291105 20301026`);

/** A feast in a year as EDTF, or null where the tables end. */
type InYear = (year: number) => string | null;

const fixed =
  (month: number, day: number): InYear =>
  (year) =>
    dayText(year, month, day);
const wholeMonth =
  (month: number): InYear =>
  (year) =>
    monthText(year, month);
const days =
  (month: number, first: number, last: number): InYear =>
  (year) =>
    `${dayText(year, month, first)}/${dayText(year, month, last)}`;
/** nth weekday of a month, -1 = the last */
const nth =
  (month: number, weekday: number, n: number): InYear =>
  (year) =>
    dayOfNumber(nthWeekday(year, month, weekday, n));
const fromEaster =
  (offset: number): InYear =>
  (year) =>
    dayOfNumber(easter(year) + offset);
const lunar =
  (rows: readonly string[], offset = 0): InYear =>
  (year) => {
    const row = rows[year - LUNAR_YEARS[0]];
    return row === undefined
      ? null
      : dayOfNumber(numberOf(year, Number(row.slice(0, 2)), Number(row.slice(2))) + offset);
  };
const listed =
  (rows: readonly string[]): InYear =>
  (year) => {
    const row = rows.find((day) => day.startsWith(String(year)));
    return row === undefined ? null : `${row.slice(0, 4)}-${row.slice(4, 6)}-${row.slice(6)}`;
  };
const offset =
  (base: InYear, count: number): InYear =>
  (year) => {
    const day = base(year);
    if (day === null) return null;
    return dayOfNumber(numberOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))) + count);
  };

function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n > 0) {
    const first = numberOf(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1);
  }
  const last = numberOf(year, month, daysInMonth(year, month));
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus/Jones/Butcher). */
export function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return numberOf(year, Math.floor(n / 31), (n % 31) + 1);
}

const THANKSGIVING = nth(11, 4, 4);
const NEW_YEAR = lunar(LUNAR_NEW_YEAR);

/** Feasts and yearly occasions by name; apostrophes are left out of the names. Occasions without a fixed day have their month. */
const ROWS: readonly (readonly [names: string, inYear: InYear])[] = [
  [
    'lunar new year|chinese new year|spring festival|chinese lunar new year|tet|seollal|lunar new years day|chinese new years day',
    NEW_YEAR,
  ],
  [
    'lunar new years eve|chinese new years eve|lunar new year eve|chinese new year eve|spring festival eve',
    lunar(LUNAR_NEW_YEAR, -1),
  ],
  ['lantern festival', lunar(LUNAR_NEW_YEAR, 14)],
  ['dragon boat festival', lunar(DRAGON_BOAT)],
  ['mid autumn festival|midautumn festival|moon festival|chuseok', lunar(MID_AUTUMN)],
  ['eid al fitr|eid ul fitr', listed(EID_AL_FITR)],
  ['eid al adha|eid ul adha|id ul adha', listed(EID_AL_ADHA)],
  ['start of ramadan|beginning of ramadan', listed(RAMADAN)],
  ['ramadan', ramadan],
  ['diwali|deepavali', listed(DIWALI)],
  ['new years day|new year day', fixed(1, 1)],
  ['new years eve|new year eve', fixed(12, 31)],
  ['epiphany', fixed(1, 6)],
  ['martin luther king day|martin luther king jr day|mlk day', nth(1, 1, 3)],
  ['valentines day|valentine day', fixed(2, 14)],
  ['presidents day', nth(2, 1, 3)],
  ['international womens day', fixed(3, 8)],
  ['st patricks day|saint patricks day', fixed(3, 17)],
  ['april fools day|april fool day', fixed(4, 1)],
  ['earth day', fixed(4, 22)],
  ['shrove tuesday|mardi gras', fromEaster(-47)],
  ['ash wednesday', fromEaster(-46)],
  ['palm sunday', fromEaster(-7)],
  ['maundy thursday', fromEaster(-3)],
  ['good friday', fromEaster(-2)],
  ['easter|easter sunday', fromEaster(0)],
  ['easter monday', fromEaster(1)],
  ['ascension day', fromEaster(39)],
  ['pentecost|whit sunday', fromEaster(49)],
  ['whit monday|pentecost monday', fromEaster(50)],
  ['may day|international workers day|international labour day|international labor day', fixed(5, 1)],
  ['star wars day', fixed(5, 4)],
  ['mothers day', nth(5, 7, 2)],
  ['memorial day', nth(5, 1, -1)],
  ['juneteenth', fixed(6, 19)],
  ['fathers day', nth(6, 7, 3)],
  ['canada day', fixed(7, 1)],
  ['independence day|fourth of july|4th of july', fixed(7, 4)],
  ['bastille day', fixed(7, 14)],
  ['labor day', nth(9, 1, 1)],
  ['columbus day|indigenous peoples day', nth(10, 1, 2)],
  ['german unity day', fixed(10, 3)],
  ['halloween', fixed(10, 31)],
  ['all saints day', fixed(11, 1)],
  ['guy fawkes night|bonfire night', fixed(11, 5)],
  ['veterans day|armistice day|remembrance day', fixed(11, 11)],
  ['singles day|double 11|double eleven', fixed(11, 11)],
  ['thanksgiving|thanksgiving day', THANKSGIVING],
  ['black friday', offset(THANKSGIVING, 1)],
  ['cyber monday', offset(THANKSGIVING, 4)],
  ['christmas eve', fixed(12, 24)],
  ['christmas|christmas day|xmas', fixed(12, 25)],
  ['boxing day', fixed(12, 26)],
  ['australia day', fixed(1, 26)],
  ['anzac day', fixed(4, 25)],
  ['tomb sweeping day|qingming festival', days(4, 4, 5)],
  ['national day golden week', days(10, 1, 7)],
  ['two sessions', wholeMonth(3)],
];

export const FEASTS: ReadonlyMap<string, InYear> = new Map(
  ROWS.flatMap(([names, inYear]) => names.split('|').map((name): [string, InYear] => [name, inYear])),
);

/** First word → longest name in words, so that a text is not compared with every feast. */
export const FEAST_STARTS: ReadonlyMap<string, number> = [...FEASTS.keys()].reduce((starts, name) => {
  const parts = name.split(' ');
  const first = parts[0] ?? '';
  return starts.set(first, Math.max(starts.get(first) ?? 0, parts.length));
}, new Map<string, number>());

/** The first day of Ramadan to the day before Eid, when the year has both. */
function ramadan(year: number): string | null {
  const first = listed(RAMADAN)(year);
  if (first === null) return null;
  const eid = EID_AL_FITR.map((day) =>
    numberOf(Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))),
  ).find((day) => day > numberOf(year, Number(first.slice(5, 7)), Number(first.slice(8))));
  return eid === undefined ? null : `${first}/${dayOfNumber(eid - 1)}`;
}
