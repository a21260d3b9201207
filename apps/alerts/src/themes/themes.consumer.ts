import { Controller, type OnModuleInit } from '@nestjs/common';
import { type BatchWork, Consume, type Incoming } from '@themeline/messaging';
import { Readiness } from '@themeline/observability';
import { ThemesRepository } from './themes.repository';

/** A timeline without any theme says nothing: after so long its silence is taken for an answer. */
const FIRST_THEMES_PATIENCE_S = 20;

@Controller()
export class ThemesConsumer implements OnModuleInit {
  constructor(
    private readonly themes: ThemesRepository,
    private readonly readiness: Readiness,
  ) {}

  /** Ready means, among others, that a subscription to a theme can be made. */
  onModuleInit(): void {
    this.readiness.add('themes', async () => {
      if (process.uptime() > FIRST_THEMES_PATIENCE_S || (await this.themes.any())) return;
      throw new Error('the first themes have not arrived from timeline');
    });
  }

  @Consume('alerts-themes')
  project(messages: Incoming<'theme.changed'>[]): Promise<BatchWork> {
    const changes = messages.map(({ payload }) => ({
      themeId: payload.themeId,
      version: payload.version,
      rule: payload.theme?.rule ?? null,
    }));
    return Promise.resolve({ commit: (session) => this.themes.apply(session, changes) });
  }
}
