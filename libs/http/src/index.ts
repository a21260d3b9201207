export { BodyLimit, MAX_JSON_BYTES, RawBody } from './body.parsers';
export { type Authenticate, Caller, IdentityGuard, Open, requireScopes, Scopes } from './identity.guard';
export { IDENTITY_HEADER, IDENTITY_TTL_MS, signIdentity, verifyIdentity } from './identity.header';
export { decodeCursor, encodeCursor } from './list.cursor';
export { Answer, type OpenApiDocument } from './open.api';
export {
  badRequest,
  conflict,
  type FieldError,
  notFound,
  ProblemError,
  tooLarge,
  toProblem,
  unavailable,
} from './problem.error';
export { createServiceApp, runService, type ServiceOptions } from './service.runner';
export { isLoopback, SettingsError } from './service.settings';
export { formatPath, parseStrictJson, StrictJsonError } from './strict.json';
export { issuesToErrors, zodBody, zodQuery } from './zod.pipes';
