import { IANAZone } from 'luxon';

/** Hours east of Greenwich. Where a name means several zones, the one that feeds mean most. */
const NAMED: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 1,
  bst: 1,
  met: 1,
  mez: 1,
  mest: 2,
  mesz: 2,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  msd: 4,
  ist: 5.5,
  npt: 5.75,
  ict: 7,
  wib: 7,
  sgt: 8,
  hkt: 8,
  awst: 8,
  jst: 9,
  kst: 9,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
  nst: -3.5,
  ndt: -2.5,
  ast: -4,
  adt: -3,
  brt: -3,
  art: -3,
  clt: -4,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  at: -4,
  et: -5,
  ct: -6,
  mt: -7,
  pt: -8,
};
const MOST_MINUTES = 15 * 60;

/** Minutes east of Greenwich, or null: `+0530`, `-01:01`, `EST`, `GMT+2`, `Etc/GMT`, `Europe/Paris` (as of `instantMs`). */
export function zoneMinutes(zone: string, instantMs: number): number | null {
  const [, name = '', sign, hours, minutes = '0'] = /^([A-Za-z]*?)(?:([+-])(\d{1,2}):?(\d{2})?)?$/.exec(zone) ?? [];
  if (sign !== undefined && (name === '' || NAMED[name.toLowerCase()] === 0)) {
    const offset = Number(hours) * 60 + Number(minutes);
    return Number(minutes) < 60 && offset <= MOST_MINUTES ? (sign === '-' ? -offset : offset) : null;
  }
  const named = sign === undefined ? NAMED[name.toLowerCase()] : undefined;
  if (named !== undefined) return named * 60;
  if (/^etc\/(?:gmt|utc|uct)$/i.test(zone)) return 0;
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z\d]+)+$/.test(zone) || !IANAZone.isValidZone(zone)) return null;
  return IANAZone.create(zone).offset(instantMs);
}
