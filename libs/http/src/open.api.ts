import { type INestApplication, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problem, type Scope } from '@themeline/contracts';
import { z } from 'zod';
import { OPEN_PATHS, scopesOf } from './identity.guard';
import { type Schema, SchemaComponents } from './schema.components';
import { ZodPipe } from './zod.pipes';

export type OpenApiDocument = OpenAPIObject;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

const ANSWER_KEY = 'themeline:answer';
const READS_KEY = 'themeline:reads';
const EXAMPLE_KEY = 'themeline:example';
/** See `addManners`. */
const NOT_MODIFIED = { description: 'it is as it was when the ETag in `If-None-Match` was given' };
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface AnswerSpec {
  status: number;
  schema: z.ZodType;
  description: string;
  /** JSON where it is left out. */
  type?: string;
}

/** Documents what a handler answers with, each time that it is used: `@Answer(200, themeOut)` */
export const Answer = (status: number, schema: z.ZodType, description = 'done') =>
  addAnswer({ status, schema, description });

/** Documents an answer that is not JSON, or of another type: `@Sends('text/csv; charset=utf-8')` */
export const Sends = (type: string, schema: z.ZodType = z.string(), description = 'done') =>
  addAnswer({ status: 200, schema, description, type });

const addAnswer =
  (answer: AnswerSpec): MethodDecorator =>
  (_target, _name, { value }) => {
    const handler = value as object;
    const others = (Reflect.getMetadata(ANSWER_KEY, handler) ?? []) as AnswerSpec[];
    Reflect.defineMetadata(ANSWER_KEY, [answer, ...others], handler);
  };

/** Documents what a handler that reads its body itself takes, by type: `@Reads({ 'application/json': reportIn })` */
export const Reads = (content: Readonly<Record<string, z.ZodType>>) => SetMetadata(READS_KEY, content);

/** A call that works once there are a few events; ids in it stand for those that there are. */
export interface CallExample {
  query?: Readonly<Record<string, string | readonly string[]>>;
  headers?: Readonly<Record<string, string>>;
  /** As JSON, or as text of the first type of `@Reads` that is text where it is one. */
  body?: unknown;
}

/** Documents a call by example, which a test makes: `@Example({ query: { kind: 'ban' } })` */
export const Example = (example: CallExample) => SetMetadata(EXAMPLE_KEY, example);

/** The handler behind an operation, and what it asks for. */
interface Handler {
  scopes: Scope[] | null;
  pipes: ZodPipe<z.ZodType>[];
  answers: readonly AnswerSpec[];
  reads: Readonly<Record<string, z.ZodType>> | undefined;
  example: CallExample | undefined;
}

/**
 * OpenAPI 3.1 of all routes. Parameters and bodies are read off the schemas of `zodBody` and `zodQuery`, scopes off `@Scopes`,
 * so that the document says what the code does.
 */
export function describeApi(app: INestApplication, service: string): OpenApiDocument {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Themeline ${service}`)
    .setDescription(
      'Errors are problem details (RFC 9457). Lists are pages with `nextCursor`. Times are RFC 3339 in UTC.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'a key: tl_…' }, 'key')
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
  const handlers = findHandlers(app);
  const components = new SchemaComponents();
  const failure = components.describe(problem, 'output');
  for (const [name, path] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      const handler = operation === undefined ? undefined : handlers.get(operation.operationId ?? '');
      if (operation !== undefined && handler !== undefined) {
        complete(operation, OPEN_PATHS.test(name) ? { ...handler, scopes: null } : handler, components, failure);
        if (method === 'get' && !handler.answers.some(isStream)) operation.responses['304'] = NOT_MODIFIED;
      }
    }
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...components.schemas },
  };
  return document;
}

const operationId = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}_${method}`;

function findHandlers(app: INestApplication): Map<string, Handler> {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const found = new Map<string, Handler>();
  for (const { metatype, instance } of app.get(DiscoveryService).getControllers()) {
    if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (handler === undefined) continue;
      const parameters = Object.values(
        (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, name) ?? {}) as Record<string, { pipes?: unknown[] }>,
      );
      found.set(operationId(metatype.name, name), {
        scopes: scopesOf(reflector, handler, metatype),
        pipes: parameters.flatMap(({ pipes }) => pipes ?? []).filter((pipe) => pipe instanceof ZodPipe),
        answers: reflector.get<AnswerSpec[] | undefined>(ANSWER_KEY, handler) ?? [],
        reads: reflector.get<Handler['reads']>(READS_KEY, handler),
        example: reflector.get<CallExample | undefined>(EXAMPLE_KEY, handler),
      });
    }
  }
  return found;
}

function complete(
  operation: Operation,
  { scopes, pipes, answers, reads, example }: Handler,
  components: SchemaComponents,
  failure: Schema,
): void {
  for (const { place, schema } of pipes) {
    if (place === 'body') {
      const content = { 'application/json': { schema: components.describe(schema, 'input') } };
      operation.requestBody = { required: true, content };
    } else {
      const { properties, required } = components.inline(schema, 'input') as {
        properties?: Record<string, Schema>;
        required?: string[];
      };
      operation.parameters = [
        ...(operation.parameters ?? []).filter((parameter) => !('in' in parameter) || parameter.in !== 'query'),
        ...Object.entries(properties ?? {}).map(([name, property]) => ({
          name,
          in: 'query' as const,
          required: required?.includes(name) ?? false,
          schema: property,
        })),
      ];
    }
  }
  operation.parameters = describeHeaders(operation.parameters ?? []);
  if (reads !== undefined) {
    const content = Object.entries(reads).map(
      ([type, schema]) => [type, { schema: components.describe(schema, 'input') }] as const,
    );
    operation.requestBody = { required: true, content: Object.fromEntries(content) };
  }
  if (example !== undefined) exemplify(operation, example);
  if (answers.length > 0) {
    operation.responses = Object.fromEntries(
      answers.map(({ status, description, type = 'application/json', schema }) => {
        const media = { schema: components.describe(schema, 'output') };
        return [String(status), { description, content: { [type.split(';', 1)[0] ?? '']: media } }];
      }),
    );
  }
  operation.responses['default'] = {
    description: 'what went wrong',
    content: { 'application/problem+json': { schema: failure } },
  };
  if (scopes === null) {
    operation.security = [];
    return;
  }
  operation.security = [{ key: [] }];
  const needs = `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(' and ')}.`;
  operation.description = [operation.description, needs].filter((text) => text !== undefined && text !== '').join(' ');
}

const isStream = ({ type }: AnswerSpec): boolean => type?.startsWith('text/event-stream') === true;

function exemplify(operation: Operation, { query, headers, body }: CallExample): void {
  const values: Readonly<Record<string, unknown>> = { ...query, ...headers };
  operation.parameters = (operation.parameters ?? []).map((parameter) => {
    const name = headerOf(parameter) ?? ('in' in parameter ? parameter.name : '');
    return Object.hasOwn(values, name) ? { ...parameter, example: values[name] } : parameter;
  });
  if (body === undefined) return;
  const { requestBody } = operation;
  const content = requestBody !== undefined && 'content' in requestBody ? requestBody.content : {};
  const isText = typeof body === 'string';
  const type = Object.keys(content).find((name) => (name === 'application/json') !== isText);
  const media = type === undefined ? undefined : content[type];
  if (media === undefined) throw new Error(`${operation.operationId ?? ''} takes no body as its example has it`);
  media.example = body;
}

/** Headers that a handler reads are optional, and those that `@ApiHeader` describes are listed once. */
function describeHeaders(parameters: readonly Parameter[]): Parameter[] {
  const isDescribed = (parameter: Parameter): boolean => 'description' in parameter;
  const described = new Set(parameters.filter(isDescribed).map(headerOf));
  return parameters
    .filter((parameter) => isDescribed(parameter) || !described.has(headerOf(parameter) ?? ''))
    .map((parameter) =>
      isDescribed(parameter) || headerOf(parameter) === null ? parameter : { ...parameter, required: false },
    );
}

/** The name of a header, which is told apart without regard to case. */
const headerOf = (parameter: Parameter): string | null =>
  'in' in parameter && parameter.in === 'header' ? parameter.name.toLowerCase() : null;
