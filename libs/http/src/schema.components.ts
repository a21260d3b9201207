import type { OpenAPIObject } from '@nestjs/swagger';
import * as contracts from '@themeline/contracts';
import { z } from 'zod';

export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
/** What may be sent, or what is answered: defaults and transformations make them differ. */
export type Direction = 'input' | 'output';

const PLACE = '#/components/schemas/';

/** The contracts' objects and enumerations under the names of their exports: `timelineEvent` → `TimelineEvent`. */
const named = z.registry<{ id: string }>();
for (const [name, schema] of Object.entries(contracts)) {
  if (schema instanceof z.ZodObject || schema instanceof z.ZodEnum) {
    named.add(schema, { id: name.charAt(0).toUpperCase() + name.slice(1) });
  }
}

/**
 * Turns zod schemas into those of an OpenAPI document. What the contracts name becomes a component, written once and referred to;
 * the rest stays where it is used.
 */
export class SchemaComponents {
  private readonly known: Record<Direction, Record<string, Schema>> = {
    output: describeNamed('output'),
    input: describeNamed('input'),
  };
  private readonly differing = differingNames(this.known);
  private readonly used = new Map<string, Schema>();

  describe(schema: z.ZodType, direction: Direction): Schema {
    const name = named.get(schema)?.id;
    return name === undefined ? this.inline(schema, direction) : this.refer(name, direction);
  }

  /** Written out where it is used, whatever its name: `{ properties: … }` */
  inline(schema: z.ZodType, direction: Direction): Schema {
    const known = this.known[direction][named.get(schema)?.id ?? ''];
    if (known !== undefined) return this.point(known, direction);
    const { $schema: _dialect, $defs: _named, ...described } = z.toJSONSchema(schema, options(direction));
    return this.point(described as Schema, direction);
  }

  /** The components that were referred to, and those that they refer to. */
  get schemas(): Record<string, Schema> {
    return Object.fromEntries([...this.used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private refer(name: string, direction: Direction): Schema {
    const component = this.differing.has(name) ? componentOf(name, direction) : name;
    const schema = this.known[direction][name];
    if (!this.used.has(component) && schema !== undefined) {
      // Before its own references, which may lead back here.
      this.used.set(component, schema);
      this.used.set(component, this.point(schema, direction));
    }
    return { $ref: PLACE + component };
  }

  private point(schema: Schema, direction: Direction): Schema {
    return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
      const name = key === '$ref' ? nameOf(value) : null;
      return name === null ? value : (this.refer(name, direction) as { $ref: string }).$ref;
    }) as Schema;
  }
}

/** What is named for being sent keeps its name there, everything else where it is answered: `ReportIn`, `ThemeRule`, `ThemeRuleInput`. */
function componentOf(name: string, direction: Direction): string {
  if (name.endsWith('In')) return direction === 'input' ? name : `${name}Output`;
  return direction === 'output' ? name : `${name}Input`;
}

const options = (io: Direction) => ({ io, metadata: named, unrepresentable: 'any' as const });

function describeNamed(direction: Direction): Record<string, Schema> {
  const { schemas } = z.toJSONSchema(named, { ...options(direction), uri: (id) => `#/$defs/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema as Schema]),
  );
}

/** Names whose input is not what their output is, by themselves or by what they refer to. */
function differingNames({ input, output }: Record<Direction, Record<string, Schema>>): ReadonlySet<string> {
  const names = Object.keys(output);
  const differing = new Set(names.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name])));
  const refersToOne = (name: string): boolean => namesIn(input[name]).some((other) => differing.has(other));
  for (let before = -1; before !== differing.size;) {
    before = differing.size;
    for (const name of names) if (refersToOne(name)) differing.add(name);
  }
  return differing;
}

function namesIn(schema: Schema | undefined): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].flatMap(([, ref]) => nameOf(ref) ?? []);
}

function nameOf(ref: unknown): string | null {
  return typeof ref === 'string' ? (/^#\/\$defs\/(.+)$/.exec(ref)?.[1] ?? null) : null;
}
