import { entityType, slug, themeIn } from '@themeline/contracts';
import { z } from 'zod';

const term = z.string().min(1).max(80);
const terms = z.array(term);

export const kindRuleFile = z
  .strictObject({
    id: slug,
    verbs: terms.default([]),
    nouns: terms.default([]),
    object: terms.optional(),
    subject: terms.optional(),
    of: terms.optional(),
    complement: terms.optional(),
    not: terms.default([]),
    notSubject: terms.default([]),
    needs: terms.default([]),
    nounNeeds: terms.default([]),
    patient: z.enum(['patient', 'partner', 'mention']).default('patient'),
    commitment: z.boolean().default(false),
    planned: z.boolean().default(false),
    figures: z.boolean().default(false),
    state: z.boolean().default(false),
    base: z.number().min(0).max(1).default(0.7),
    priority: z.number().default(0),
  })
  .refine((rule) => rule.verbs.length + rule.nouns.length > 0, 'needs `verbs` or `nouns`');

export const kindFile = z.strictObject({
  id: slug,
  name: z.string().min(1),
  description: z.string().min(1),
  family: slug,
  importance: z.number().min(0).max(100),
  cues: terms.default([]),
  verbs: terms.default([]),
  rules: z.array(kindRuleFile).default([]),
});

export const lexiconFile = z.strictObject({
  verbGroups: z.record(z.string(), terms),
  irregular: z.record(z.string(), z.tuple([z.string(), z.string()])),
  nounClasses: z.record(z.string(), terms),
  commonVerbs: terms,
});

/** As `npm run train` writes it: by trait, kinds with hundredths. */
export const kindWeightsFile = z.strictObject({
  about: z.string(),
  weights: z.record(z.string().min(1), z.string().regex(/^[a-z-]+ -?\d+(?: [a-z-]+ -?\d+)*$/)),
});

export const givenNamesFile = z.strictObject({ givenNames: z.array(z.string().regex(/^[a-z]{2,20}$/)) });

export const themesFile = z.strictObject({ themes: z.array(themeIn) });

export const entitiesFile = z.strictObject({
  entities: z.array(
    z.strictObject({
      name: z.string().min(1),
      type: entityType,
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      owner: z.string().min(1).optional(),
      what: z.string().min(1).optional(),
      ambiguous: z.boolean().default(false),
      aliases: z.array(z.string().min(1)).default([]),
    }),
  ),
});

export const countriesFile = z.strictObject({
  countries: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z]{2}$/),
      name: z.string().min(1),
      demonyms: z.array(z.string().min(1)),
      capital: z.string().min(1).nullable(),
      aliases: z.array(z.string().min(1)).default([]),
    }),
  ),
});

export const currenciesFile = z.strictObject({
  currencies: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z]{3}$/),
      name: z.string().min(1),
      symbols: z.array(z.string().min(1)),
      words: z.array(z.string().min(1)),
      localSymbols: z.array(z.string().min(1)).default([]),
      localWords: z.array(z.string().min(1)).default([]),
      minorWords: z.array(z.string().min(1)).default([]),
      ambiguous: z.array(z.string().min(1)).default([]),
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
      perUsd: z.record(z.string().regex(/^\d{4}(?:-Q[1-4])?$/), z.number().positive()),
    }),
  ),
});
