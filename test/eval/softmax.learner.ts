/** An observation: how much of each trait, and how much each class is right (adding up to 1). */
export interface Example {
  readonly traits: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
}

/** By trait, the weight for each class in the order given. */
export type Weights = ReadonlyMap<string, Float64Array>;

/** Half the strength of the pull of each weight to zero, in examples. */
const PENALTY = 0.3;
const ROUNDS = 80;
const STEP = 0.1;
/** The steps shrink to a tenth. */
const SHRINKING = 0.9;
const [MEAN_DECAY, SQUARE_DECAY] = [0.9, 0.999];

/** Multinomial logistic regression with an L2 penalty, by Adam on all examples at once from weights of zero: the same for the same examples in the same order. */
export function learn(examples: readonly Example[], classes: readonly string[]): Weights {
  const places = new Map<string, number>();
  const rows = examples.map(({ traits, right }) => ({
    traits: [...traits].map(([trait, value]) => {
      const place = places.get(trait) ?? places.size;
      places.set(trait, place);
      return { at: place * classes.length, value };
    }),
    right: classes.map((name) => right.get(name) ?? 0),
  }));
  const size = places.size * classes.length;
  const [weights, gradient, mean, square] = [0, 1, 2, 3].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (let at = 0; at < size; at += 1) gradient[at] = PENALTY * (weights[at] ?? 0);
    for (const { traits, right } of rows) {
      const scores = classes.map((_, order) =>
        traits.reduce((sum, { at, value }) => sum + (weights[at + order] ?? 0) * value, 0),
      );
      const shares = softmax(scores);
      for (const { at, value } of traits)
        shares.forEach((share, order) => {
          gradient[at + order] = (gradient[at + order] ?? 0) + (share - (right[order] ?? 0)) * value;
        });
    }
    const step = STEP * (1 - (SHRINKING * round) / ROUNDS);
    for (let at = 0; at < size; at += 1) {
      const slope = gradient[at] ?? 0;
      const average = MEAN_DECAY * (mean[at] ?? 0) + (1 - MEAN_DECAY) * slope;
      const spread = SQUARE_DECAY * (square[at] ?? 0) + (1 - SQUARE_DECAY) * slope * slope;
      mean[at] = average;
      square[at] = spread;
      weights[at] =
        (weights[at] ?? 0) -
        (step * (average / (1 - MEAN_DECAY ** round))) / (Math.sqrt(spread / (1 - SQUARE_DECAY ** round)) + 1e-8);
    }
  }
  return new Map(
    [...places].map(([trait, place]) => [trait, weights.slice(place * classes.length, (place + 1) * classes.length)]),
  );
}

/** Without traits that fewer than `least` sources have: what one text alone says is no rule. */
export function withoutRare<T extends Example & { readonly source: string }>(
  examples: readonly T[],
  least: number,
): T[] {
  const sources = new Map<string, Set<string>>();
  for (const { traits, source } of examples)
    for (const trait of traits.keys()) sources.set(trait, (sources.get(trait) ?? new Set()).add(source));
  return examples.map((example) => ({
    ...example,
    traits: new Map([...example.traits].filter(([trait]) => (sources.get(trait)?.size ?? 0) >= least)),
  }));
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
