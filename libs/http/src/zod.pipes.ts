import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { badRequest, type FieldError } from './problem.error';
import { formatPath } from './strict.json';

type Issue = z.core.$ZodIssue;

/**
 * Every fault of a value, each with its path. `prefix` goes before each path: `issuesToErrors(error, '[3]')` →
 * `[{ path: '[3].date.phrase', message: 'is required' }]`.
 */
export function issuesToErrors(error: z.core.$ZodError, prefix = ''): FieldError[] {
  return error.issues
    .flatMap((issue) => describe(issue, []))
    .map(({ path, message }) => ({
      path: join(prefix, formatPath(path)),
      message,
    }));
}

function join(prefix: string, path: string): string {
  if (prefix === '' || path === '') return prefix + path;
  return path.startsWith('[') ? prefix + path : `${prefix}.${path}`;
}

function describe(issue: Issue, parent: readonly PropertyKey[]): { path: PropertyKey[]; message: string }[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known field' }));
    case 'invalid_union': {
      const branch = likeliestBranch(issue.errors);
      return branch === undefined
        ? [{ path, message: wording(issue.message) }]
        : branch.flatMap((inner) => describe(inner, path));
    }
    default:
      return [{ path, message: wording(issue.message) }];
  }
}

/** Of a union's branches the one that the sender probably meant: its type was right, and the fewest things were wrong. */
function likeliestBranch(branches: readonly Issue[][]): Issue[] | undefined {
  const ofTheRightType = branches.filter(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  return ofTheRightType.toSorted((a, b) => a.length - b.length)[0];
}

function wording(message: string): string {
  if (/received undefined$/.test(message)) return 'is required';
  return message.replace(/^(Invalid input: |Too (big|small): )/, '');
}

/** A pipe that the OpenAPI document can read the schema off. */
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(
    readonly place: 'body' | 'query',
    readonly schema: S,
  ) {}

  transform(value: unknown): z.output<S> {
    const input = this.place === 'query' ? readQuery(value, this.schema) : value;
    const result = this.schema.safeParse(input);
    if (result.success) return result.data;
    const errors = issuesToErrors(result.error);
    const [first] = errors;
    const what = this.place === 'body' ? 'the body is not as it must be' : 'the query is not as it must be';
    throw badRequest(
      first === undefined ? what : `${what}: ${first.path === '' ? 'it' : first.path} ${first.message}`,
      errors,
    );
  }
}

/** `@Body(zodBody(themeIn)) theme: ThemeIn`: decoded and with defaults, or a 400 that names each field at fault. */
export function zodBody<S extends z.ZodType>(schema: S): ZodPipe<S> {
  return new ZodPipe('body', schema);
}

/**
 * `@Query(zodQuery(listQuery)) query: ListQuery`. The schema is an object whose values start as strings (`z.coerce.number()`);
 * a field that is an array takes its parameter once or many times. An unknown parameter is a 400 that names it.
 */
export function zodQuery<S extends z.ZodType>(schema: S): ZodPipe<S> {
  return new ZodPipe('query', schema);
}

function readQuery(value: unknown, schema: z.ZodType): unknown {
  const shape = shapeOf(schema);
  if (shape === undefined || typeof value !== 'object' || value === null) return value;
  const errors: FieldError[] = [];
  const query: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined) {
      errors.push({ path: name, message: `is not a known parameter; known: ${Object.keys(shape).join(', ')}` });
    } else if (unwrap(field)._zod.def.type === 'array') query[name] = Array.isArray(given) ? given : [given];
    else if (Array.isArray(given) && isScalar(field)) errors.push({ path: name, message: 'is given more than once' });
    else query[name] = given;
  }
  const [first] = errors;
  if (first !== undefined) throw badRequest(`the query parameter '${first.path}' ${first.message}`, errors);
  return query;
}

/** The fields of an object schema, also behind a refinement or a transformation. */
function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const inner = unwrap(schema);
  return inner._zod.def.type === 'object' ? (inner._zod.def as z.core.$ZodObjectDef).shape : undefined;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as z.core.$ZodTypeDef & { innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  if (def.innerType !== undefined) return unwrap(def.innerType);
  // `z.preprocess` is a pipe too, one that starts with a transformation: what goes in is then unknown.
  if (def.type === 'pipe' && def.in !== undefined && def.in._zod.def.type !== 'transform') return unwrap(def.in);
  return schema;
}

const SCALARS = new Set(['string', 'number', 'int', 'boolean', 'enum', 'literal', 'date', 'bigint']);
const isScalar = (schema: z.core.$ZodType): boolean => SCALARS.has(unwrap(schema)._zod.def.type);
