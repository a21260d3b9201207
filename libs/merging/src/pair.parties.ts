import type { EntityType } from '@themeline/contracts';
import { type ClaimFeatures, type Party, saidBy } from './claim.features';
import { countryNamed } from './country.names';
import { type Part, Veto } from './pair.veto';

/** What one shared party says: many things happen to a country, few to one product. The second counts half, the third a quarter. */
export const PARTY_WEIGHT: Record<EntityType, number> = {
  product: 0.45,
  person: 0.35,
  company: 0.35,
  organisation: 0.35,
  other: 0.35,
  authority: 0.25,
  place: 0.15,
};
const MOST_BY_PARTIES = 0.6;
/** A party that one side merely mentions says less, and less again where both do. */
const MENTIONED_BY_ONE = 0.7;
const MENTIONED_BY_BOTH = 0.4;
/** A party that the other side's evidence names, and a name in the evidence of both; more where that side was read without anybody. */
const SAID_BY_ONE = 0.7;
const SAID_BY_BOTH = 0.4;
const SAID_BY_NAMELESS = 0.9;
const SAID_BY_TWO_NAMELESS = 0.8;
/** A country or authority that acts in both: it does less than happens to it. */
const ACTS_IN_BOTH = 1.3;
/** Two of whom take part in both, told of two countries: one of them is where a party comes from. */
const OTHER_COUNTRY = -0.1;
const SAME_COUNTRY = 0.05;
/** A party that stands in the headline of a side that names nobody. */
const IN_HEADLINE = 0.8;

/** Kinds that are defined by who is in them: another party is another happening. */
const PARTIES_ARE_THE_THING = new Set(['partnership', 'acquisition', 'legal', 'personnel']);
/** Kinds that are defined by what is brought out: another thing is another happening. */
const OBJECT_IS_THE_THING = new Set(['model-release', 'product-launch', 'price-change']);
/** Kinds that are defined by where they are. */
const SITE_IS_THE_THING = new Set(['investment-pledge']);
/** Behind a product's name: another member of its family. */
const VARIANTS = new Set('mini nano micro lite light plus pro max ultra turbo flash air se xl xs prime'.split(' '));

/** Whoever is no place and no authority: few things happen to it. */
export const isSpecific = ({ type }: { type: EntityType }): boolean => type !== 'place' && type !== 'authority';

export interface Shared {
  /** Heaviest first. */
  parties: { id: string; type: EntityType; weight: number }[];
  /** How many of them are neither places nor authorities. */
  specific: number;
  /** How many of those are named by both reports or their evidence, not by a headline alone. */
  known: number;
  /** No party, but both headlines write a word as a name. */
  named: boolean;
  part: Part | null;
}

/** Who is in both, and what that says. No part where nobody is and nothing stands in for it. */
export function sharedParties(a: ClaimFeatures, b: ClaimFeatures): Shared {
  const common = commonOf(a, b);
  const parties = common.length > 0 ? common : inHeadline(a, b);
  const specific = parties.filter(isSpecific).length;
  const known = common.length > 0 ? specific : 0;
  if (parties.length === 0) {
    const name = nameInBoth(a, b);
    if (name === null) return { parties, specific, known, named: false, part: looseLink(a, b) };
    const note = `named in both headlines: ${name}`;
    return {
      parties,
      specific,
      known,
      named: true,
      part: { name: 'parties', value: IN_HEADLINE * PARTY_WEIGHT.other, note },
    };
  }
  const sum = parties.reduce((total, party, index) => total + party.weight / 2 ** index, 0);
  const names = parties.map((party) => party.id).join(', ');
  return {
    parties,
    specific,
    known,
    named: false,
    part: {
      name: 'parties',
      value: Math.min(MOST_BY_PARTIES, sum),
      note: common.length > 0 ? `both: ${names}` : `named in the headline: ${names}`,
    },
  };
}

function commonOf(a: ClaimFeatures, b: ClaimFeatures): Shared['parties'] {
  const found = new Map<string, Shared['parties'][number]>();
  const note = (party: { id: string; type: EntityType }, factor: number): void => {
    if (!found.has(party.id)) {
      found.set(party.id, { id: party.id, type: party.type, weight: factor * PARTY_WEIGHT[party.type] });
    }
  };
  for (const party of a.parties) {
    const twin = b.parties.find((other) => sameParty(party, other));
    if (twin !== undefined) note(party, !isSpecific(party) && party.agent && twin.agent ? ACTS_IN_BOTH : 1);
    else if (isSpecific(party) && b.mentions.some((other) => sameParty(party, other))) note(party, MENTIONED_BY_ONE);
  }
  for (const mention of a.mentions.filter(isSpecific)) {
    if (b.parties.some((other) => sameParty(mention, other))) note(mention, MENTIONED_BY_ONE);
    else if (b.mentions.some((other) => sameParty(mention, other))) note(mention, MENTIONED_BY_BOTH);
  }
  for (const [side, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!speaksOf(other, side)) continue;
    for (const party of [...side.parties, ...side.mentions]) {
      if (isSpecific(party) && saidBy(other).includes(party.id)) {
        note(party, isNameless(other) ? SAID_BY_NAMELESS : SAID_BY_ONE);
      }
    }
  }
  if (speaksOf(a, b) && speaksOf(b, a)) {
    const factor = isNameless(a) && isNameless(b) ? SAID_BY_TWO_NAMELESS : SAID_BY_BOTH;
    for (const id of saidBy(a)) if (saidBy(b).includes(id)) note({ id, type: 'other' }, factor);
  }
  // Much happens in one town: where it is says more of those who are in both.
  if (found.size > 0) {
    for (const id of placesOf(a)) if (placesOf(b).includes(id)) note({ id, type: 'place' }, MENTIONED_BY_ONE);
  }
  return heaviestFirst([...found.values()]);
}

/** Read without anybody but places and authorities. */
export const isNameless = ({ parties }: ClaimFeatures): boolean => !parties.some(isSpecific);

/** Towns and provinces that a side names in whatever part. */
const placesOf = (side: ClaimFeatures): string[] =>
  [...side.parties, ...side.mentions].flatMap(({ id, type }) =>
    type === 'place' && countryNamed(id) === null ? [id] : [],
  );

/**
 * Is whom a side's evidence names part of what it tells? Not where it tells of somebody whom the other side does not know: "Hunan launched a
 * fund, as Guangxi had done".
 */
function speaksOf(side: ClaimFeatures, other: ClaimFeatures): boolean {
  return side.parties.every((party) => !isSpecific(party) || saidBy(other).includes(party.id) || knows(other, party));
}

const sameParty = (a: { id: string }, b: { id: string }): boolean => a.id === b.id;

function heaviestFirst(parties: Shared['parties']): Shared['parties'] {
  return parties.sort((x, y) => y.weight - x.weight || (x.id < y.id ? -1 : 1));
}

/** Where one side was given without parties: those of the other that its headline names. */
function inHeadline(a: ClaimFeatures, b: ClaimFeatures): Shared['parties'] {
  const named = [
    ...a.parties.filter((party) => isSpecific(party) && b.named.includes(party.id)),
    ...b.parties.filter((party) => isSpecific(party) && a.named.includes(party.id)),
  ];
  return heaviestFirst(named.map(({ id, type }) => ({ id, type, weight: IN_HEADLINE * PARTY_WEIGHT[type] })));
}

function nameInBoth(a: ClaimFeatures, b: ClaimFeatures): string | null {
  if (a.firm || b.firm) return null;
  return a.proper.find((word) => b.proper.includes(word)) ?? null;
}

/** What can stand in for a shared party where neither side names any but places. */
function looseLink(a: ClaimFeatures, b: ClaimFeatures): Part | null {
  if (a.firm || b.firm) return null;
  if (sharesCountry(a, b)) return { name: 'parties', value: PARTY_WEIGHT.place, note: 'the same country' };
  if (a.named.some((name) => b.named.includes(name))) {
    return { name: 'parties', value: 0, note: 'neither names a party' };
  }
  return null;
}

export function sharesCountry(a: ClaimFeatures, b: ClaimFeatures): boolean {
  return a.countries.some((country) => b.countries.includes(country));
}

/** Throws a Veto where they are about other places, doers, things or partners. What is merely unlike comes back as a part. */
export function checkParties(a: ClaimFeatures, b: ClaimFeatures, specific: number): Part | null {
  const abroad = checkPlaces(a, b, specific);
  checkSites(a, b);
  checkAgents(a, b);
  checkProducts(a, b);
  checkPersons(a, b);
  const strangers = bothLack(a, b);
  if (strangers === null) return abroad;
  if (PARTIES_ARE_THE_THING.has(a.kind) && PARTIES_ARE_THE_THING.has(b.kind)) throw new Veto('parties', strangers);
  return { name: 'parties', value: -0.15, note: strangers };
}

const covers = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((item) => b.includes(item)) || b.every((item) => a.includes(item));

const idsOf = (features: ClaimFeatures, type: EntityType): string[] =>
  features.parties.filter((party) => party.type === type).map((party) => party.id);

/** South Korea's ban is not Australia's; a deal between firms of two countries may be told as either's. */
function checkPlaces(a: ClaimFeatures, b: ClaimFeatures, specific: number): Part | null {
  let part: Part | null = null;
  if (sharesCountry(a, b)) {
    if (specific > 0) part = { name: 'countries', value: SAME_COUNTRY, note: 'the same country' };
  } else if (a.countries.length > 0 && b.countries.length > 0) {
    const note = `${a.countries.join(', ')} against ${b.countries.join(', ')}`;
    if (specific < 2) throw new Veto('countries', note);
    part = { name: 'countries', value: OTHER_COUNTRY, note };
  }
  const left = idsOf(a, 'place');
  const right = idsOf(b, 'place');
  if (left.length === 0 || right.length === 0 || left.some((id) => right.includes(id))) return part;
  if (part === null && !oneCountry(a, b)) throw new Veto('countries', `${left.join(', ')} against ${right.join(', ')}`);
  return part;
}

/** Two plants of one firm for the same sum stand in two towns. */
function checkSites(a: ClaimFeatures, b: ClaimFeatures): void {
  if (!SITE_IS_THE_THING.has(a.kind) || !SITE_IS_THE_THING.has(b.kind)) return;
  const says = (side: ClaimFeatures, id: string): boolean =>
    side.places.includes(id) ||
    saidBy(side).includes(id) ||
    [...side.parties, ...side.mentions].some((named) => named.id === id);
  if (a.places.length === 0 || b.places.length === 0) return;
  if (a.places.some((id) => says(b, id)) || b.places.some((id) => says(a, id))) return;
  // A town on one side and its country on the other are no two places.
  if (
    [...a.places, ...b.places].some((id) => countryNamed(id) !== null) &&
    !(a.places.length > 1 && b.places.length > 1)
  ) {
    return;
  }
  throw new Veto('places', `${a.places.join(', ')} against ${b.places.join(', ')}`);
}

const oneCountry = (a: ClaimFeatures, b: ClaimFeatures): boolean =>
  a.countries.length > 0 && b.countries.length > 0 && covers(a.countries, b.countries);

function checkAgents(a: ClaimFeatures, b: ClaimFeatures): void {
  const agentsOf = (features: ClaimFeatures): Party[] => features.parties.filter((party) => party.agent);
  const left = agentsOf(a);
  const right = agentsOf(b);
  if (left.length === 0 || right.length === 0) return;
  if (left.some((party) => knows(b, party)) || right.some((party) => knows(a, party))) return;
  const official = [...left, ...right].every((party) => !isSpecific(party));
  if (official && actAsOne(a, b, left, right)) return;
  // One is told as who gives, the other as who gets.
  const meant = (side: ClaimFeatures, agents: readonly Party[]): boolean =>
    agents.every((party) => !isSpecific(party) || saidBy(side).includes(party.id) || knows(side, party));
  if (!official && meant(b, left) && meant(a, right)) return;
  throw new Veto('agents', `done by ${left.map((p) => p.id).join(', ')} against ${right.map((p) => p.id).join(', ')}`);
}

/** A country and its ministry act as one, so do a country and its capital; two provinces or two countries do not. */
function actAsOne(a: ClaimFeatures, b: ClaimFeatures, left: readonly Party[], right: readonly Party[]): boolean {
  const places = [left, right].map((side) => side.every((party) => party.type === 'place'));
  if (places[0] === true && places[1] === true) {
    return oneCountry(a, b) && [...left, ...right].some((party) => countryNamed(party.id) !== null);
  }
  // An authority whose country nobody gave may be that of the other side.
  const unplaced = a.countries.length === 0 || b.countries.length === 0;
  return oneCountry(a, b) || (unplaced && (places[0] === true || places[1] === true));
}

/** Does a side name it at all, be it under a longer or shorter name? `besides`: whom both name by the same name is not meant by another. */
function knows(features: ClaimFeatures, party: { id: string }, besides: ReadonlySet<string> = new Set()): boolean {
  const meant = ({ id }: { id: string }): boolean => id === party.id || (!besides.has(id) && isKin(id, party.id));
  return features.mentions.some(meant) || features.parties.some(meant) || features.named.includes(party.id);
}

const namedByBoth = (a: ClaimFeatures, b: ClaimFeatures): Set<string> =>
  new Set(a.parties.filter((party) => b.parties.some(({ id }) => id === party.id)).map(({ id }) => id));

/** One name begins or ends with all of the other: `acme` and `acme-robotics`. */
function isKin(x: string, y: string): boolean {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  return short === long || long.startsWith(`${short}-`) || long.endsWith(`-${short}`);
}

/** As {@link isKin}, but `lynx-3` is neither `lynx-3-mini` nor `lynx-3-2`. */
function isKinProduct(x: string, y: string): boolean {
  if (!isKin(x, y)) return false;
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  const beyond = long.startsWith(`${short}-`) ? long.slice(short.length + 1).split('-') : [];
  const variant = beyond.some((word) => VARIANTS.has(word));
  const next = /\d$/.test(short) && beyond.some((word) => /^\d/.test(word));
  return !variant && !next;
}

function checkProducts(a: ClaimFeatures, b: ClaimFeatures): void {
  const left = idsOf(a, 'product');
  const right = idsOf(b, 'product');
  if (left.length > 0 && right.length > 0 && !left.some((x) => right.some((y) => isKinProduct(x, y)))) {
    throw new Veto('products', `${left.join(', ')} against ${right.join(', ')}`);
  }
  if (!OBJECT_IS_THE_THING.has(a.kind) || !OBJECT_IS_THE_THING.has(b.kind)) return;
  const objects = [a, b].map((side) => side.parties.filter((party) => !party.agent && isSpecific(party)));
  const [mine = [], yours = []] = objects;
  if (mine.length === 0 || yours.length === 0) return;
  const both = namedByBoth(a, b);
  if (mine.some((x) => knows(b, x, both) && !variantsOnly(x, yours))) return;
  if (yours.some((y) => knows(a, y, both) && !variantsOnly(y, mine))) return;
  throw new Veto('products', `${mine.map(({ id }) => id).join(', ')} against ${yours.map(({ id }) => id).join(', ')}`);
}

const variantsOnly = (party: Party, others: readonly Party[]): boolean =>
  others.every(({ id }) => id !== party.id && isKin(id, party.id) && !isKinProduct(id, party.id));

function checkPersons(a: ClaimFeatures, b: ClaimFeatures): void {
  if (a.kind !== 'personnel') return;
  const left = idsOf(a, 'person');
  const right = idsOf(b, 'person');
  if (left.length > 0 && right.length > 0 && !left.some((id) => right.includes(id))) {
    throw new Veto('parties', `${left.join(', ')} against ${right.join(', ')}`);
  }
}

/** Each side has a company, product or person that the other does not name at all. */
function bothLack(a: ClaimFeatures, b: ClaimFeatures): string | null {
  const both = namedByBoth(a, b);
  const lacking = (from: ClaimFeatures, to: ClaimFeatures): string[] =>
    from.parties.filter((party) => isSpecific(party) && !knows(to, party, both)).map((party) => party.id);
  const left = lacking(a, b);
  const right = lacking(b, a);
  return left.length > 0 && right.length > 0 ? `${left.join(', ')} against ${right.join(', ')}` : null;
}
