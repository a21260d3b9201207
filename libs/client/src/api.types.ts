// Made by npm run client from the served OpenAPI document.

export interface paths {
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['Health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['Health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['Health_metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/articles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send an article; it is read in the background
     * @description Needs the scope `ingest`.
     */
    post: operations['Articles_submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/articles/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What became of an article: its state, its reports, the events that they went into
     * @description Needs the scope `read`.
     */
    get: operations['Articles_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/dates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The date phrases of a text, resolved
     * @description Needs the scope `ingest`.
     */
    post: operations['Articles_dates'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['DeadLetters_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/dead-letters/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['DeadLetters_read'];
    put?: never;
    post?: never;
    /** @description Needs the scope `admin`. */
    delete: operations['DeadLetters_discard'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/dead-letters/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Needs the scope `admin`. */
    post: operations['DeadLetters_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One delivery with its attempts
     * @description Needs the scope `subscribe`.
     */
    get: operations['Deliveries_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/deliveries/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deliver again now, under the same message id
     * @description Needs the scope `subscribe`.
     */
    post: operations['Deliveries_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Companies, products, authorities, persons and places by name or alias, with the number of their events
     * @description Needs the scope `read`.
     */
    get: operations['Entities_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Events by any combination of filters; a walk by cursor stays at the state in which it began
     * @description Needs the scope `read`.
     */
    get: operations['Events_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One event with its earliest 50 reports; 308 to its heir when it was merged away
     * @description Needs the scope `read`.
     */
    get: operations['Events_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Correct fields: they outrank what sources claim, now and later, until the edit is undone
     * @description Needs the scope `edit`.
     */
    patch: operations['Editing_correct'];
    trace?: never;
  };
  '/v1/events/{id}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Why each of its reports is in it: the scores by which it was merged
     * @description Needs the scope `read`.
     */
    get: operations['Events_explain'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/merge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Merge another event into this one: its reports stay together, its id redirects here
     * @description Needs the scope `edit`.
     */
    post: operations['Editing_merge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All its reports side by side, by publication
     * @description Needs the scope `read`.
     */
    get: operations['Events_reports'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/retract': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take an event off the timeline; `If-Match` names the revision that was seen
     * @description Needs the scope `edit`.
     */
    post: operations['Editing_retract'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/revisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Its history, the newest first: what changed, and why
     * @description Needs the scope `read`.
     */
    get: operations['Events_revisions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/split': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take reports out to an event of their own; the two stay apart
     * @description Needs the scope `edit`.
     */
    post: operations['Editing_split'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/undo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Undo what a revision did: a correction, retraction, merge (by editor or by score), split, or an undo
     * @description Needs the scope `edit`.
     */
    post: operations['Editing_undo'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/extract': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What would be read from an article; nothing is stored
     * @description Needs the scope `ingest`.
     */
    post: operations['Articles_extract'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Imports, the newest first
     * @description Needs the scope `ingest`.
     */
    get: operations['Imports_list'];
    put?: never;
    /**
     * Load a file of reports: CSV with a header, NDJSON, or TimelineJS JSON
     * @description The file is the body. 202 once it is stored whole: it is then read in the background, whatever happens to the service, and `GET /v1/imports/:id` tells how far it is. Bad rows are listed by line and cost nothing else; the same file again changes nothing. Columns are guessed by their headers or named by `map=field:Column`. `dryRun=true` reads everything, stores nothing, and answers 200 with the first errors and rows. Needs the scope `ingest`.
     */
    post: operations['Imports_submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far an import is
     * @description Needs the scope `ingest`.
     */
    get: operations['Imports_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End an import where it is; what it stored stays
     * @description Needs the scope `ingest`.
     */
    post: operations['Imports_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The rows that were refused, by line (the first 100,000)
     * @description Needs the scope `ingest`.
     */
    get: operations['Imports_errors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['Keys_list'];
    put?: never;
    /** @description Needs the scope `admin`. */
    post: operations['Keys_make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Needs the scope `admin`. */
    get: operations['Keys_read'];
    put?: never;
    post?: never;
    /** @description Needs the scope `admin`. */
    delete: operations['Keys_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send one report, an array of up to 1,000, or NDJSON of any length
     * @description 202 with what was accepted, what was known already and what was refused. When nothing was accepted and something refused: 400 with the fields. Needs the scope `ingest`.
     */
    post: operations['Reports_submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A report, its state and the event that it went into
     * @description Needs the scope `read`.
     */
    get: operations['Reports_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your subscriptions, the newest first
     * @description Needs the scope `subscribe`.
     */
    get: operations['Subscriptions_list'];
    put?: never;
    /**
     * Subscribe. The answer shows each channel with its signing secret, once
     * @description Needs the scope `subscribe`.
     */
    post: operations['Subscriptions_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One subscription
     * @description Needs the scope `subscribe`.
     */
    get: operations['Subscriptions_read'];
    put?: never;
    post?: never;
    /**
     * Unsubscribe; deliveries that are pending are cancelled
     * @description Needs the scope `subscribe`.
     */
    delete: operations['Subscriptions_remove'];
    options?: never;
    head?: never;
    /**
     * Change a subscription
     * @description Fields that are given replace the old ones as a whole. A channel given with its id keeps its secret; one without an id is new and shows its secret in this answer. Needs the scope `subscribe`.
     */
    patch: operations['Subscriptions_change'];
    trace?: never;
  };
  '/v1/subscriptions/{id}/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was told, the newest first, with why
     * @description Needs the scope `subscribe`.
     */
    get: operations['Ledger_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Deliveries with their attempts, the newest first
     * @description Needs the scope `subscribe`.
     */
    get: operations['SubscriptionDeliveries_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * No more alerts until resumed; pending deliveries wait
     * @description Needs the scope `subscribe`.
     */
    post: operations['Subscriptions_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Alerts again; channels that were disabled are tried again
     * @description Needs the scope `subscribe`.
     */
    post: operations['Subscriptions_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a signed test message through each channel and say what came of it
     * @description Needs the scope `subscribe`.
     */
    post: operations['SubscriptionDeliveries_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/themes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All themes with their rules
     * @description Needs the scope `read`.
     */
    get: operations['Themes_list'];
    put?: never;
    /**
     * Add a theme; its rule is applied to the past too, without alerts
     * @description Needs the scope `edit`.
     */
    post: operations['Themes_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/themes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One theme
     * @description Needs the scope `read`.
     */
    get: operations['Themes_read'];
    /**
     * Change a theme; its rule is applied to the past too, without alerts
     * @description Needs the scope `edit`.
     */
    put: operations['Themes_change'];
    post?: never;
    /**
     * Remove a theme; events lose it in the background
     * @description Needs the scope `edit`.
     */
    delete: operations['Themes_remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    DeadLetterOut: {
      id: string;
      service: string;
      durable: string;
      subject: string;
      messageId: string;
      reason: string;
      attempts: number;
      payload: unknown;
      correlationId: string | null;
      deadAt: string;
    };
    KeyIn: {
      name: string;
      owner: string;
      scopes: components['schemas']['Scope'][];
      expiresAt?: string | undefined;
    };
    KeyOut: {
      id: string;
      name: string;
      owner: string;
      scopes: components['schemas']['Scope'][];
      prefix: string;
      /** Format: date-time */
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
      secret?: string | undefined;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      instance?: string | undefined;
      errors?:
        | {
            path: string;
            message: string;
          }[]
        | undefined;
    };
    /** @enum {string} */
    Scope: 'read' | 'ingest' | 'edit' | 'subscribe' | 'admin';
    Amount: {
      value: number;
      currency: string;
      usd: number | null;
    };
    ArticleAccepted: {
      articleId: string;
      duplicate: boolean;
      version: number;
    };
    ArticleIn: {
      text?: string | undefined;
      html?: string | undefined;
      url?: string | undefined;
      title?: string | undefined;
      publishedAt?: string | undefined;
      source?:
        | {
            name: string;
            url?: string | undefined;
          }
        | undefined;
      language?: string | undefined;
      backfill?: boolean | undefined;
    };
    ArticleOut: {
      articleId: string;
      version: number;
      /** @enum {string} */
      state: 'queued' | 'read' | 'unsupported-language' | 'failed';
      reason: string | null;
      title: string | null;
      url: string | null;
      source: {
        id: string;
        name: string;
        url: string | null;
      };
      /** Format: date-time */
      publishedAt: string;
      /** Format: date-time */
      receivedAt: string;
      reports: {
        reportId: string;
        kind: string;
        headline: string;
        evidence: components['schemas']['Evidence'] | null;
        /** @enum {string} */
        state: 'accepted' | 'assigned' | 'withdrawn';
        eventId: string | null;
      }[];
    };
    DatesIn: {
      text: string;
      reference: string;
      locale?: string | undefined;
    };
    EntityRef: {
      id: string;
      name: string;
      type: components['schemas']['EntityType'];
      role: components['schemas']['EntityRole'];
    };
    /** @enum {string} */
    EntityRole: 'agent' | 'patient' | 'partner' | 'mention';
    /** @enum {string} */
    EntityType: 'company' | 'product' | 'authority' | 'person' | 'place' | 'organisation' | 'other';
    EventDate: {
      edtf: string | null;
      lower: string | null;
      upper: string | null;
      precision: components['schemas']['Precision'];
      approximate: boolean;
    };
    Evidence: {
      text: string;
      start: number | null;
      end: number | null;
    };
    ExtractedReport: {
      kind: string;
      status: components['schemas']['Status'];
      headline: string;
      summary: string | null;
      date: {
        edtf: string | null;
        lower: string | null;
        upper: string | null;
        precision: components['schemas']['Precision'];
        approximate: boolean;
        phrase: string | null;
      };
      entities: components['schemas']['EntityRef'][];
      countries: string[];
      amount: components['schemas']['Amount'] | null;
      themes: string[];
      evidence: {
        text: string;
        start: number;
        end: number;
      };
      mentions: components['schemas']['Evidence'][];
      importance: number;
      confidence: number;
      why: {
        kindRule: string;
        words: string[];
        dateRule: string | null;
      };
    };
    ImportError: {
      row: number;
      line: number | null;
      errors: {
        path: string;
        column?: string | undefined;
        message: string;
      }[];
    };
    /** @enum {string} */
    ImportField:
      | 'headline'
      | 'summary'
      | 'date'
      | 'endDate'
      | 'year'
      | 'month'
      | 'day'
      | 'endYear'
      | 'endMonth'
      | 'endDay'
      | 'kind'
      | 'status'
      | 'entities'
      | 'countries'
      | 'amount'
      | 'currency'
      | 'themes'
      | 'source'
      | 'sourceUrl'
      | 'url'
      | 'publishedAt'
      | 'evidence'
      | 'externalId'
      | 'confidence';
    /** @enum {string} */
    ImportFormat: 'csv' | 'ndjson' | 'timelinejs';
    ImportOut: {
      columns: {
        [key: string]: string;
      };
      ignoredColumns: string[];
      id: string;
      name: string | null;
      format: components['schemas']['ImportFormat'];
      state: components['schemas']['ImportState'];
      reason: string | null;
      backfill: boolean;
      bytes: number;
      bytesRead: number;
      rows: number;
      accepted: number;
      duplicates: number;
      rejected: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      finishedAt: string | null;
    };
    /** @enum {string} */
    ImportState: 'receiving' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    /** @enum {string} */
    Precision: 'day' | 'month' | 'season' | 'quarter' | 'half' | 'year' | 'decade' | 'range' | 'none';
    Rejection: {
      index: number;
      errors: {
        path: string;
        message: string;
      }[];
    };
    ReportIn: {
      kind: string;
      /** @default occurred */
      status?: components['schemas']['Status'] | undefined;
      headline: string;
      summary?: string | undefined;
      date?:
        | (
            | (
                | string
                | {
                    phrase: string;
                    reference: string;
                  }
              )
            | null
          )
        | undefined;
      /** @default [] */
      entities?:
        | (
            | string
            | {
                name: string;
                type?: components['schemas']['EntityType'] | undefined;
                role?: components['schemas']['EntityRole'] | undefined;
              }
          )[]
        | undefined;
      /** @default [] */
      countries?: string[] | undefined;
      amount?:
        | ({
            value: number;
            currency: string;
          } | null)
        | undefined;
      /** @default [] */
      themes?: string[] | undefined;
      source: {
        name: string;
        url?: string | undefined;
      };
      url?: string | undefined;
      publishedAt?: string | undefined;
      evidence?: string | undefined;
      externalId?: string | undefined;
      confidence?: number | undefined;
      backfill?: boolean | undefined;
    };
    ReportsAccepted: {
      accepted: number;
      duplicates: number;
      rejected: components['schemas']['Rejection'][];
      rejectedTotal?: number | undefined;
      items?:
        | {
            index: number;
            reportId: string;
            duplicate: boolean;
            version: number;
          }[]
        | undefined;
    };
    SourceRef: {
      id: string;
      name: string;
      url: string | null;
    };
    /** @enum {string} */
    Status: 'occurred' | 'planned' | 'forecast';
    /** @enum {string} */
    Development:
      | 'recorded'
      | 'corroborated'
      | 'date_narrowed'
      | 'amount_changed'
      | 'status_changed'
      | 'disputed'
      | 'corrected'
      | 'retracted'
      | 'merged'
      | 'split';
    EventReport: {
      reportId: string;
      source: components['schemas']['SourceRef'];
      url: string | null;
      /** Format: date-time */
      publishedAt: string;
      evidence: components['schemas']['Evidence'] | null;
      claims: {
        kind: string;
        status: components['schemas']['Status'];
        headline: string;
        date: components['schemas']['EventDate'];
        amount: components['schemas']['Amount'] | null;
      };
    };
    EventRevision: {
      eventId: string;
      revision: number;
      seq: number | null;
      developments: components['schemas']['Development'][];
      cause: {
        /** @enum {string} */
        type: 'report' | 'withdrawal' | 'edit' | 'theme';
        reportIds: string[];
        author: string | null;
        reason: string | null;
        /** @enum {string} */
        edit?: ('correct' | 'retract' | 'restore' | 'merge' | 'split' | 'merged-away' | 'split-off') | undefined;
        other?: string | undefined;
        undoes?: number | undefined;
      };
      changes: {
        field: string;
        before: unknown;
        after: unknown;
      }[];
      /** Format: date-time */
      at: string;
    };
    ThemeIn: {
      id: string;
      name: string;
      description?: string | undefined;
      rule: components['schemas']['ThemeRuleInput'];
    };
    ThemeOut: {
      id: string;
      name: string;
      description: string | null;
      rule: components['schemas']['ThemeRule'];
      version: number;
      /** Format: date-time */
      updatedAt: string;
    };
    ThemeRule: {
      /** @default [] */
      phrases: string[];
      /** @default [] */
      entities: string[];
      /** @default [] */
      kinds: string[];
      /** @default [] */
      exclude: string[];
    };
    ThemeRuleInput: {
      /** @default [] */
      phrases?: string[] | undefined;
      /** @default [] */
      entities?: string[] | undefined;
      /** @default [] */
      kinds?: string[] | undefined;
      /** @default [] */
      exclude?: string[] | undefined;
    };
    TimelineEvent: {
      id: string;
      kind: string;
      status: components['schemas']['Status'];
      headline: string;
      summary: string | null;
      date: {
        edtf: string | null;
        lower: string | null;
        upper: string | null;
        precision: components['schemas']['Precision'];
        approximate: boolean;
        display: string;
      };
      entities: components['schemas']['EntityRef'][];
      countries: string[];
      amount: components['schemas']['Amount'] | null;
      themes: string[];
      importance: number;
      confidence: number;
      sourceCount: number;
      reports: components['schemas']['EventReport'][];
      disputes: {
        field: string;
        values: string[];
      }[];
      retracted: boolean;
      revision: number;
      /** Format: date-time */
      recordedAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    AlertOut: {
      id: string;
      subscriptionId: string;
      eventId: string;
      development: components['schemas']['Development'];
      revision: number;
      why: {
        field: string;
        values: string[];
      }[];
      event: components['schemas']['TimelineEvent'];
      /** Format: date-time */
      at: string;
    };
    DeliveryOut: {
      id: string;
      subscriptionId: string;
      channelId: string;
      /** @enum {string} */
      purpose: 'alerts' | 'confirmation' | 'notice';
      alertIds: string[];
      messageId: string;
      /** @enum {string} */
      state: 'pending' | 'delivered' | 'dead' | 'cancelled';
      attempts: {
        /** Format: date-time */
        at: string;
        status: number | null;
        error: string | null;
        latencyMs: number;
        responseExcerpt: string | null;
      }[];
      nextAttemptAt: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    Match: {
      /** @default [] */
      themes: string[];
      /** @default [] */
      kinds: string[];
      /** @default [] */
      entities: string[];
      /** @default [] */
      countries: string[];
      /** @default [] */
      statuses: components['schemas']['Status'][];
      /**
       * @default {
       *       "all": [],
       *       "any": [],
       *       "none": []
       *     }
       */
      keywords: {
        /** @default [] */
        all: string[];
        /** @default [] */
        any: string[];
        /** @default [] */
        none: string[];
      };
      q?: string | undefined;
      /** @default [] */
      events: string[];
      minImportance?: number | undefined;
      minSources?: number | undefined;
      minAmountUsd?: number | undefined;
    };
    QuietHours: {
      from: string;
      to: string;
      /** @default UTC */
      timeZone: string;
    };
    QuietHoursInput: {
      from: string;
      to: string;
      /** @default UTC */
      timeZone?: string | undefined;
    };
    SubscriptionOut: {
      id: string;
      name: string;
      /** @enum {string} */
      state: 'active' | 'paused';
      match: components['schemas']['Match'];
      developments: components['schemas']['Development'][];
      channels: (
        | {
            /** @constant */
            type: 'webhook';
            url: string;
            headers: string[];
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
            cadence:
              | {
                  /** @constant */
                  mode: 'immediate';
                }
              | {
                  /** @constant */
                  mode: 'hourly';
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'daily';
                  /** @default 08:00 */
                  at: string;
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'weekly';
                  /** @default 08:00 */
                  at: string;
                  /**
                   * @default monday
                   * @enum {string}
                   */
                  weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
                  /** @default UTC */
                  timeZone: string;
                };
            quietHours: components['schemas']['QuietHours'] | null;
          }
        | {
            /** @constant */
            type: 'email';
            address: string | null;
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
            cadence:
              | {
                  /** @constant */
                  mode: 'immediate';
                }
              | {
                  /** @constant */
                  mode: 'hourly';
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'daily';
                  /** @default 08:00 */
                  at: string;
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'weekly';
                  /** @default 08:00 */
                  at: string;
                  /**
                   * @default monday
                   * @enum {string}
                   */
                  weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
                  /** @default UTC */
                  timeZone: string;
                };
            quietHours: components['schemas']['QuietHours'] | null;
          }
        | {
            /** @constant */
            type: 'slack';
            url: string;
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
            cadence:
              | {
                  /** @constant */
                  mode: 'immediate';
                }
              | {
                  /** @constant */
                  mode: 'hourly';
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'daily';
                  /** @default 08:00 */
                  at: string;
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'weekly';
                  /** @default 08:00 */
                  at: string;
                  /**
                   * @default monday
                   * @enum {string}
                   */
                  weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
                  /** @default UTC */
                  timeZone: string;
                };
            quietHours: components['schemas']['QuietHours'] | null;
          }
        | {
            /** @constant */
            type: 'discord';
            url: string;
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
            cadence:
              | {
                  /** @constant */
                  mode: 'immediate';
                }
              | {
                  /** @constant */
                  mode: 'hourly';
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'daily';
                  /** @default 08:00 */
                  at: string;
                  /** @default UTC */
                  timeZone: string;
                }
              | {
                  /** @constant */
                  mode: 'weekly';
                  /** @default 08:00 */
                  at: string;
                  /**
                   * @default monday
                   * @enum {string}
                   */
                  weekday: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
                  /** @default UTC */
                  timeZone: string;
                };
            quietHours: components['schemas']['QuietHours'] | null;
          }
        | {
            /** @constant */
            type: 'feed';
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
          }
        | {
            /** @constant */
            type: 'stream';
            id: string;
            /** @enum {string} */
            state: 'active' | 'unconfirmed' | 'disabled' | 'unsubscribed';
            disabledReason: string | null;
            secret?: string | undefined;
          }
      )[];
      /** @enum {string} */
      onBackfill: 'none' | 'all';
      maxAlertsPerHour: number | null;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Health_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Health_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Health_metrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Articles_submit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ArticleIn'];
      };
    };
    responses: {
      /** @description stored and queued, or known already */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArticleAccepted'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Articles_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArticleOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Articles_dates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DatesIn'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            dates: {
              phrase: string;
              start: number;
              end: number;
              edtf: string;
              lower: string | null;
              upper: string | null;
              precision: string;
              rule: string;
            }[];
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DeadLetters_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['DeadLetterOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DeadLetters_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetterOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DeadLetters_discard: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DeadLetters_replay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @constant */
            state: 'replayed';
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Deliveries_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Deliveries_retry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Entities_list: {
    parameters: {
      query?: {
        q?: string;
        limit?: string;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              id: string;
              name: string;
              type: components['schemas']['EntityType'];
              events: number;
            }[];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Events_list: {
    parameters: {
      query?: {
        kind?: string[];
        theme?: string[];
        entity?: string[];
        country?: string[];
        status?: components['schemas']['Status'][];
        development?: components['schemas']['Development'][];
        from?: string;
        to?: string;
        dateMatch?: 'possible' | 'certain';
        undated?: 'include' | 'exclude';
        q?: string;
        minImportance?: string;
        minSources?: string;
        minAmountUsd?: string;
        recordedSince?: string;
        asOf?: string;
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance';
        limit?: string;
        cursor?: string;
        facets?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['TimelineEvent'][];
            nextCursor: string | null;
            facets?:
              | {
                  [key: string]: {
                    value: string;
                    count: number;
                  }[];
                }
              | undefined;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Events_read: {
    parameters: {
      query?: {
        asOf?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the event; its ETag is its revision */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEvent'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Editing_correct: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          kind?: string | undefined;
          status?: components['schemas']['Status'] | undefined;
          headline?: string | undefined;
          summary?: (string | null) | undefined;
          date?: (string | null) | undefined;
          entities?:
            | (
                | string
                | {
                    name: string;
                    type?: components['schemas']['EntityType'] | undefined;
                    role?: components['schemas']['EntityRole'] | undefined;
                  }
              )[]
            | undefined;
          countries?: string[] | undefined;
          amount?:
            | ({
                value: number;
                currency: string;
              } | null)
            | undefined;
          themes?: string[] | undefined;
          importance?: number | undefined;
          reason: string;
        };
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEvent'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Events_explain: {
    parameters: {
      query?: {
        asOf?: string;
        limit?: string;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: {
              reportId: string;
              source: string;
              headline: string;
              merge: {
                /** @enum {string} */
                decision: 'created' | 'merged' | 'updated' | 'revived' | 'edited';
                score: number | null;
                closest: string | null;
                parts: {
                  name: string;
                  value: number;
                  note: string;
                }[];
              };
            }[];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Editing_merge: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          with: string;
          withRevision?: number | undefined;
          reason: string;
        };
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEvent'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Events_reports: {
    parameters: {
      query?: {
        asOf?: string;
        limit?: string;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['EventReport'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Editing_retract: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEvent'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Events_revisions: {
    parameters: {
      query?: {
        asOf?: string;
        limit?: string;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['EventRevision'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Editing_split: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          reports: string[];
          reason: string;
        };
      };
    };
    responses: {
      /** @description both events; the ETag is that of the one that was split */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            event: components['schemas']['TimelineEvent'];
            splitOff: components['schemas']['TimelineEvent'];
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Editing_undo: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          revision: number;
          reason: string;
        };
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEvent'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Articles_extract: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ArticleIn'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            state: string;
            reports: components['schemas']['ExtractedReport'][];
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ImportOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_submit: {
    parameters: {
      query?: {
        map?: string[];
        source?: string;
        sourceUrl?: string;
        kind?: string;
        status?: components['schemas']['Status'];
        currency?: string;
        locale?: string;
        delimiter?: ',' | ';' | '|' | 'tab';
        backfill?: 'true' | 'false';
        dryRun?: 'true' | 'false';
        name?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'text/csv': string;
        'application/x-ndjson': string;
        'application/json': string;
      };
    };
    responses: {
      /** @description stored; it is read in the background */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_errors: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ImportError'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Keys_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['KeyOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Keys_make: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['KeyIn'];
      };
    };
    responses: {
      /** @description the key, with its secret, which is shown this once */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Keys_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description the key */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Keys_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reports_submit: {
    parameters: {
      query?: never;
      header?: {
        /** @description the first answer is the answer to all, for 24 h */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReportIn'] | components['schemas']['ReportIn'][];
        'application/x-ndjson': string;
      };
    };
    responses: {
      /** @description what was accepted, what was known already, what was refused */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportsAccepted'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reports_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            reportId: string;
            version: number;
            owner: string;
            articleId: string | null;
            kind: string;
            status: components['schemas']['Status'];
            headline: string;
            summary: string | null;
            date: components['schemas']['EventDate'];
            datePhrase: string | null;
            entities: components['schemas']['EntityRef'][];
            countries: string[];
            amount: components['schemas']['Amount'] | null;
            themes: string[];
            source: components['schemas']['SourceRef'];
            url: string | null;
            /** Format: date-time */
            publishedAt: string;
            /** Format: date-time */
            receivedAt: string;
            evidence: components['schemas']['Evidence'] | null;
            mentions: components['schemas']['Evidence'][];
            importance: number;
            confidence: number;
            backfill: boolean;
            state: string;
            eventId: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['SubscriptionOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name: string;
          /** @default {} */
          match?:
            | {
                /** @default [] */
                themes?: string[] | undefined;
                /** @default [] */
                kinds?: string[] | undefined;
                /** @default [] */
                entities?: string[] | undefined;
                /** @default [] */
                countries?: string[] | undefined;
                /** @default [] */
                statuses?: components['schemas']['Status'][] | undefined;
                /**
                 * @default {
                 *       "all": [],
                 *       "any": [],
                 *       "none": []
                 *     }
                 */
                keywords?:
                  | {
                      /** @default [] */
                      all?: string[] | undefined;
                      /** @default [] */
                      any?: string[] | undefined;
                      /** @default [] */
                      none?: string[] | undefined;
                    }
                  | undefined;
                q?: string | undefined;
                /** @default [] */
                events?: string[] | undefined;
                minImportance?: number | undefined;
                minSources?: number | undefined;
                minAmountUsd?: number | undefined;
              }
            | undefined;
          /**
           * @default [
           *       "recorded",
           *       "retracted"
           *     ]
           */
          developments?: components['schemas']['Development'][] | undefined;
          channels: (
            | {
                /** @constant */
                type: 'webhook';
                url: string;
                /** @default {} */
                headers?:
                  | {
                      [key: string]: string;
                    }
                  | undefined;
                /**
                 * @default {
                 *       "mode": "immediate"
                 *     }
                 */
                cadence?:
                  | (
                      | {
                          /** @constant */
                          mode: 'immediate';
                        }
                      | {
                          /** @constant */
                          mode: 'hourly';
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'daily';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'weekly';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /**
                           * @default monday
                           * @enum {string}
                           */
                          weekday?:
                            | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                            | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                    )
                  | undefined;
                /** @default null */
                quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
              }
            | {
                /** @constant */
                type: 'email';
                address: string;
                /**
                 * @default {
                 *       "mode": "immediate"
                 *     }
                 */
                cadence?:
                  | (
                      | {
                          /** @constant */
                          mode: 'immediate';
                        }
                      | {
                          /** @constant */
                          mode: 'hourly';
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'daily';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'weekly';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /**
                           * @default monday
                           * @enum {string}
                           */
                          weekday?:
                            | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                            | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                    )
                  | undefined;
                /** @default null */
                quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
              }
            | {
                /** @constant */
                type: 'slack';
                url: string;
                /**
                 * @default {
                 *       "mode": "immediate"
                 *     }
                 */
                cadence?:
                  | (
                      | {
                          /** @constant */
                          mode: 'immediate';
                        }
                      | {
                          /** @constant */
                          mode: 'hourly';
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'daily';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'weekly';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /**
                           * @default monday
                           * @enum {string}
                           */
                          weekday?:
                            | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                            | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                    )
                  | undefined;
                /** @default null */
                quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
              }
            | {
                /** @constant */
                type: 'discord';
                url: string;
                /**
                 * @default {
                 *       "mode": "immediate"
                 *     }
                 */
                cadence?:
                  | (
                      | {
                          /** @constant */
                          mode: 'immediate';
                        }
                      | {
                          /** @constant */
                          mode: 'hourly';
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'daily';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                      | {
                          /** @constant */
                          mode: 'weekly';
                          /** @default 08:00 */
                          at?: string | undefined;
                          /**
                           * @default monday
                           * @enum {string}
                           */
                          weekday?:
                            | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                            | undefined;
                          /** @default UTC */
                          timeZone?: string | undefined;
                        }
                    )
                  | undefined;
                /** @default null */
                quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
              }
            | {
                /** @constant */
                type: 'feed';
              }
            | {
                /** @constant */
                type: 'stream';
              }
          )[];
          /**
           * @default none
           * @enum {string}
           */
          onBackfill?: ('none' | 'all') | undefined;
          /** @default null */
          maxAlertsPerHour?: (number | null) | undefined;
        };
      };
    };
    responses: {
      /** @description done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          name?: string | undefined;
          match?:
            | {
                /** @default [] */
                themes?: string[] | undefined;
                /** @default [] */
                kinds?: string[] | undefined;
                /** @default [] */
                entities?: string[] | undefined;
                /** @default [] */
                countries?: string[] | undefined;
                /** @default [] */
                statuses?: components['schemas']['Status'][] | undefined;
                /**
                 * @default {
                 *       "all": [],
                 *       "any": [],
                 *       "none": []
                 *     }
                 */
                keywords?:
                  | {
                      /** @default [] */
                      all?: string[] | undefined;
                      /** @default [] */
                      any?: string[] | undefined;
                      /** @default [] */
                      none?: string[] | undefined;
                    }
                  | undefined;
                q?: string | undefined;
                /** @default [] */
                events?: string[] | undefined;
                minImportance?: number | undefined;
                minSources?: number | undefined;
                minAmountUsd?: number | undefined;
              }
            | undefined;
          developments?: components['schemas']['Development'][] | undefined;
          channels?:
            | (
                | {
                    /** @constant */
                    type: 'webhook';
                    url: string;
                    /** @default {} */
                    headers?:
                      | {
                          [key: string]: string;
                        }
                      | undefined;
                    /**
                     * @default {
                     *       "mode": "immediate"
                     *     }
                     */
                    cadence?:
                      | (
                          | {
                              /** @constant */
                              mode: 'immediate';
                            }
                          | {
                              /** @constant */
                              mode: 'hourly';
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'daily';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'weekly';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /**
                               * @default monday
                               * @enum {string}
                               */
                              weekday?:
                                | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                                | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                        )
                      | undefined;
                    /** @default null */
                    quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
                    id?: string | undefined;
                  }
                | {
                    /** @constant */
                    type: 'email';
                    address: string;
                    /**
                     * @default {
                     *       "mode": "immediate"
                     *     }
                     */
                    cadence?:
                      | (
                          | {
                              /** @constant */
                              mode: 'immediate';
                            }
                          | {
                              /** @constant */
                              mode: 'hourly';
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'daily';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'weekly';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /**
                               * @default monday
                               * @enum {string}
                               */
                              weekday?:
                                | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                                | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                        )
                      | undefined;
                    /** @default null */
                    quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
                    id?: string | undefined;
                  }
                | {
                    /** @constant */
                    type: 'slack';
                    url: string;
                    /**
                     * @default {
                     *       "mode": "immediate"
                     *     }
                     */
                    cadence?:
                      | (
                          | {
                              /** @constant */
                              mode: 'immediate';
                            }
                          | {
                              /** @constant */
                              mode: 'hourly';
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'daily';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'weekly';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /**
                               * @default monday
                               * @enum {string}
                               */
                              weekday?:
                                | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                                | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                        )
                      | undefined;
                    /** @default null */
                    quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
                    id?: string | undefined;
                  }
                | {
                    /** @constant */
                    type: 'discord';
                    url: string;
                    /**
                     * @default {
                     *       "mode": "immediate"
                     *     }
                     */
                    cadence?:
                      | (
                          | {
                              /** @constant */
                              mode: 'immediate';
                            }
                          | {
                              /** @constant */
                              mode: 'hourly';
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'daily';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                          | {
                              /** @constant */
                              mode: 'weekly';
                              /** @default 08:00 */
                              at?: string | undefined;
                              /**
                               * @default monday
                               * @enum {string}
                               */
                              weekday?:
                                | ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')
                                | undefined;
                              /** @default UTC */
                              timeZone?: string | undefined;
                            }
                        )
                      | undefined;
                    /** @default null */
                    quietHours?: (components['schemas']['QuietHoursInput'] | null) | undefined;
                    id?: string | undefined;
                  }
                | {
                    /** @constant */
                    type: 'feed';
                    id?: string | undefined;
                  }
                | {
                    /** @constant */
                    type: 'stream';
                    id?: string | undefined;
                  }
              )[]
            | undefined;
          /** @enum {string} */
          onBackfill?: ('none' | 'all') | undefined;
          maxAlertsPerHour?: (number | null) | undefined;
        };
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Ledger_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['AlertOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SubscriptionDeliveries_list: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        state?: ('pending' | 'delivered' | 'dead' | 'cancelled')[];
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['DeliveryOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_pause: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Subscriptions_resume: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SubscriptionOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SubscriptionDeliveries_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            channels: {
              channelId: string;
              delivered: boolean;
              status: number | null;
              error: string | null;
              latencyMs: number;
              responseExcerpt: string | null;
            }[];
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Themes_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description all of them, on one page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['ThemeOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Themes_add: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ThemeIn'];
      };
    };
    responses: {
      /** @description done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThemeOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Themes_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThemeOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Themes_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ThemeIn'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThemeOut'];
        };
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Themes_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description what went wrong */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
