export { type ApiClient, ApiError, answerOf, createApiClient, itemsOf, type Schemas } from './api.client';
export type { components, operations, paths } from './api.types';
