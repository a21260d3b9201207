/** Where sun and moon stand, for feasts that follow them. Times are days since 1970-01-01T00:00 UT, with a fraction; angles are degrees. */

const J1900 = 2_415_020 - 2_440_587.5;
const J2000 = 2_451_545 - 2_440_587.5;
const DAYS_PER_CENTURY = 36_525;
/** Mean motion against the sun, degrees per day. */
const MOON_PER_DAY = 360 / 29.530588861;
const SUN_PER_DAY = 360 / 365.2422;

/**
 * Periodic terms of the moon's longitude, in millionths of a degree, with the multiples of its mean elongation, the sun's anomaly, its own
 * anomaly and its argument of latitude. Source: J. Meeus, Astronomical Algorithms, 2nd ed., table 47.A, terms above 0.001°.
 */
const MOON_TERMS: readonly (readonly [d: number, m: number, n: number, f: number, size: number])[] = [
  [0, 0, 1, 0, 6_288_774],
  [2, 0, -1, 0, 1_274_027],
  [2, 0, 0, 0, 658_314],
  [0, 0, 2, 0, 213_618],
  [0, 1, 0, 0, -185_116],
  [0, 0, 0, 2, -114_332],
  [2, 0, -2, 0, 58_793],
  [2, -1, -1, 0, 57_066],
  [2, 0, 1, 0, 53_322],
  [2, -1, 0, 0, 45_758],
  [0, 1, -1, 0, -40_923],
  [1, 0, 0, 0, -34_720],
  [0, 1, 1, 0, -30_383],
  [2, 0, 0, -2, 15_327],
  [0, 0, 1, 2, -12_528],
  [0, 0, 1, -2, 10_980],
  [4, 0, -1, 0, 10_675],
  [0, 0, 3, 0, 10_034],
  [4, 0, -2, 0, 8_548],
  [2, 1, -1, 0, -7_888],
  [2, 1, 0, 0, -6_766],
  [1, 0, -1, 0, -5_163],
  [1, 1, 0, 0, 4_987],
  [2, -1, 1, 0, 4_036],
  [2, 0, 2, 0, 3_994],
  [4, 0, 0, 0, 3_861],
  [2, 0, -3, 0, 3_665],
  [0, 1, -2, 0, -2_689],
  [2, 0, -1, 2, -2_602],
  [2, -1, -2, 0, 2_390],
  [1, 0, 1, 0, -2_348],
  [2, -2, 0, 0, 2_236],
  [0, 1, 2, 0, -2_120],
  [0, 2, 0, 0, -2_069],
  [2, -2, -1, 0, 2_048],
  [2, 0, 1, -2, -1_773],
  [2, 0, 0, 2, -1_595],
  [4, -1, -1, 0, 1_215],
  [0, 0, 2, 2, -1_110],
];

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
/** 0 ≤ result < 360 */
const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;
/** The same angle from −180 to 180. */
const nearZero = (degrees: number): number => turn(degrees + 180) - 180;

/** Apparent longitude of the sun, to about 0.002°. Source: J. Meeus, Astronomical Formulae for Calculators, chapter 18. */
export function sunLongitude(t: number): number {
  const c = (dynamical(t) - J1900) / DAYS_PER_CENTURY;
  const mean = 279.69668 + 36_000.76892 * c + 0.0003025 * c * c;
  const anomaly = 358.47583 + 35_999.04975 * c - 0.00015 * c * c;
  const centre =
    (1.91946 - 0.004789 * c - 0.000014 * c * c) * sin(anomaly) +
    (0.020094 - 0.0001 * c) * sin(2 * anomaly) +
    0.000293 * sin(3 * anomaly);
  const planets =
    0.00134 * cos(153.23 + 22_518.7541 * c) +
    0.00154 * cos(216.57 + 45_037.5082 * c) +
    0.002 * cos(312.69 + 32_964.3577 * c) +
    0.00179 * sin(350.74 + 445_267.1142 * c) +
    0.00178 * sin(231.19 + 20.2 * c);
  return turn(mean + centre + planets - 0.00569 + nutation(t));
}

/** Apparent longitude of the moon, to about 0.005°. */
function moonLongitude(t: number): number {
  const c = (dynamical(t) - J2000) / DAYS_PER_CENTURY;
  const mean = 218.3164477 + 481_267.88123421 * c - 0.0015786 * c * c;
  const elongation = 297.8501921 + 445_267.1114034 * c - 0.0018819 * c * c;
  const sunAnomaly = 357.5291092 + 35_999.0502909 * c - 0.0001536 * c * c;
  const moonAnomaly = 134.9633964 + 477_198.8675055 * c + 0.0087414 * c * c;
  const latitude = 93.272095 + 483_202.0175233 * c - 0.0036539 * c * c;
  const eccentricity = 1 - 0.002516 * c - 0.0000074 * c * c;
  let sum = 3_958 * sin(119.75 + 131.849 * c) + 1_962 * sin(mean - latitude) + 318 * sin(53.09 + 479_264.29 * c);
  for (const [d, m, n, f, size] of MOON_TERMS) {
    const angle = d * elongation + m * sunAnomaly + n * moonAnomaly + f * latitude;
    sum += size * eccentricity ** Math.abs(m) * sin(angle);
  }
  return turn(mean + sum / 1e6 + nutation(t));
}

const nutation = (t: number): number => -0.00478 * sin(125.04 - (1_934.136 * (t - J2000)) / DAYS_PER_CENTURY);

/** Universal time as the uniform time of the formulas; long-term parabola of the earth's rotation, good to a minute for 1900–2100. */
function dynamical(t: number): number {
  const centuries = (t / 365.2425 + 1970 - 1820) / 100;
  return t + (32 * centuries * centuries - 20) / 86_400;
}

/** The moment nearest to `t` at which the moon is `degrees` ahead of the sun: 0 = new moon, 180 = full moon. */
export function whenMoonAhead(degrees: number, t: number): number {
  let moment = t;
  for (let step = 0; step < 6; step += 1) {
    const rest = nearZero(degrees - (moonLongitude(moment) - sunLongitude(moment)));
    moment += rest / MOON_PER_DAY;
    if (Math.abs(rest) < 0.0005) break;
  }
  return moment;
}

/** The moment nearest to `t` at which the sun stands at `degrees`: 0 = March equinox, 270 = December solstice. */
export function whenSunAt(degrees: number, t: number): number {
  let moment = t;
  for (let step = 0; step < 6; step += 1) {
    const rest = nearZero(degrees - sunLongitude(moment));
    moment += rest / SUN_PER_DAY;
    if (Math.abs(rest) < 0.0001) break;
  }
  return moment;
}

/** The last new moon at or before `t`. */
export function newMoonBefore(t: number): number {
  const age = turn(moonLongitude(t) - sunLongitude(t)) / MOON_PER_DAY;
  const moment = whenMoonAhead(0, t - age);
  return moment <= t ? moment : whenMoonAhead(0, moment - 29.53);
}

/** The calendar day of a moment in a time zone, as a number of days since 1970-01-01. */
export const localDay = (moment: number, hoursEast: number): number => Math.floor(moment + hoursEast / 24);
