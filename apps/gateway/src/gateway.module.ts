import { Global, Module } from '@nestjs/common';
import type { ServiceOptions } from '@themeline/http';
import { PersistenceModule } from '@themeline/persistence';
import { AdminKey } from './admin.key';
import { ApiDocument } from './api.document';
import { DeadLettersController } from './dead-letters.controller';
import { DocsController } from './docs.controller';
import { GATEWAY_SETTINGS, readGatewaySettings } from './gateway.settings';
import { BY_KEY, KeyAuthenticator } from './key.authenticator';
import { KeysController } from './keys.controller';
import { keyCollections, KeysRepository } from './keys.repository';
import { KeysService } from './keys.service';
import { PROXY_ROUTES, ProxyController } from './proxy.controller';
import { ServiceHealth } from './service.health';
import { TokensController } from './tokens.controller';
import { tokenCollections, TokensRepository } from './tokens.repository';
import { TokensService } from './tokens.service';
import { Upstreams } from './upstream.pool';

@Global()
@Module({
  imports: [PersistenceModule.forRoot({ service: 'gateway', collections: [...keyCollections, ...tokenCollections] })],
  controllers: [KeysController, TokensController, DeadLettersController, DocsController, ProxyController],
  providers: [
    { provide: GATEWAY_SETTINGS, useFactory: () => readGatewaySettings(process.env) },
    Upstreams,
    ServiceHealth,
    KeysRepository,
    KeysService,
    TokensRepository,
    TokensService,
    AdminKey,
    KeyAuthenticator,
    { provide: BY_KEY, useFactory: (keys: KeyAuthenticator) => keys.authenticate, inject: [KeyAuthenticator] },
    ApiDocument,
  ],
  exports: [BY_KEY],
})
export class GatewayModule {}

/** The gateway as `runService` and `createServiceApp` take it. */
export const gatewayService: ServiceOptions = {
  name: 'gateway',
  module: GatewayModule,
  checkSettings: readGatewaySettings,
  authenticate: BY_KEY,
  browsers: true,
  openApi: (own, app) => app.get(ApiDocument).merged(own),
  configure: (app) => {
    // Nest passes no route configuration on to a route for all methods, so the proxy's bodies are marked unread here.
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', (route) => {
        if (PROXY_ROUTES.includes(route.url)) route.config = { ...route.config, rawBody: true };
      });
  },
};
