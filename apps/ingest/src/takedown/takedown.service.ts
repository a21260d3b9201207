import { Injectable } from '@nestjs/common';
import { Identity } from '@themeline/contracts';
import { notFound, ProblemError } from '@themeline/http';
import { StaleBatch } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { ArticlesRepository } from '../articles.repository';
import { ReportsRepository } from '../reports.repository';
import { TakedownRepository } from './takedown.repository';

const MAX_RERUNS = 20;

/** Takes down what an owner has sent: its text goes, here at once and from timeline and alerts as soon as they hear of it. */
@Injectable()
export class TakedownService {
  constructor(
    private readonly articles: ArticlesRepository,
    private readonly reports: ReportsRepository,
    private readonly takedowns: TakedownRepository,
    private readonly database: Database,
  ) {}

  /** An article and every report that was read from it. Doing it again changes nothing. */
  removeArticle(caller: Identity, id: string): Promise<void> {
    return this.settled(async () => {
      const article = await this.articles.find(id);
      if (article === null) throw notFound(`no such article: '${id}'`);
      requireOwner(caller, article.owner, `article '${id}'`);
      if (article.state === 'removed') return;
      const reports = (await this.reports.findByArticle(id)).filter((row) => row.state !== 'removed');
      await this.database.transaction(async (session) => {
        await this.takedowns.removeArticle(session, article);
        await this.takedowns.removeReports(session, reports);
      });
    });
  }

  removeReport(caller: Identity, id: string): Promise<void> {
    return this.settled(async () => {
      const row = (await this.reports.findMany([id])).get(id);
      if (row === undefined) throw notFound(`no such report: '${id}'`);
      requireOwner(caller, row.owner, `report '${id}'`);
      if (row.state === 'removed') return;
      await this.database.transaction((session) => this.takedowns.removeReports(session, [row]));
    });
  }

  /** Again from the start where something was changed in between. */
  private async settled(work: () => Promise<void>): Promise<void> {
    for (let run = 0; ; run++) {
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof StaleBatch) || run >= MAX_RERUNS) throw error;
      }
    }
  }
}

/** Everyone may read it, so that saying whose it is not tells nothing. */
function requireOwner(caller: Identity, owner: string, what: string): void {
  if (caller.owner === owner || caller.scopes.includes('admin')) return;
  throw new ProblemError(403, 'Forbidden', `${what} belongs to another owner: they or an admin can take it down`);
}
