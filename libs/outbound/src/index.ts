export { AddressRules, DENIED_PORTS } from './address.rules';
export {
  OutboundError,
  OutboundFailed,
  OutboundRefused,
  OutboundTimeout,
  OutboundTooManyRedirects,
  OutboundUnresolved,
} from './outbound.errors';
export {
  guardFromEnv,
  OutboundGuard,
  type OutboundGuardOptions,
  type OutboundRequest,
  type OutboundResponse,
} from './outbound.guard';
