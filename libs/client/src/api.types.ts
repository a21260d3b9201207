// Made by npm run client from the served OpenAPI document.

export interface paths {
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
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
    /**
     * Take an article down, with every report that was read from it
     * @description Text and evidence go here at once, and from events, their history and alerts within seconds; the event follows what other sources say. What was taken down does not come back when it is sent again. Needs the scope `ingest`.
     */
    delete: operations['Takedown_removeArticle'];
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
  '/v1/entities/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One entity, by its id or that of one that was merged into it
     * @description Needs the scope `read`.
     */
    get: operations['Entities_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{id}/co-occurring': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who is in its events too, the most frequent 50 first
     * @description Needs the scope `read`.
     */
    get: operations['Entities_beside'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{id}/merge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Two entities are one: the other becomes an alias of this one, and its events follow in the background
     * @description Needs the scope `edit`.
     */
    post: operations['Entities_merge'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/entities/{id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Its events by date, the newest first
     * @description Needs the scope `read`.
     */
    get: operations['Entities_timeline'];
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
  '/v1/export.atom': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An Atom feed (RFC 4287); feed readers will want a limit
     * @description Needs the scope `read`.
     */
    get: operations['Exports_atom'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/export.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * CSV (RFC 4180): an event to a row, with its sources, their addresses and their words
     * @description Needs the scope `read`.
     */
    get: operations['Exports_csv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/export.ics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A calendar to subscribe to (RFC 5545): imprecise dates take up all their days
     * @description Needs the scope `read`.
     */
    get: operations['Exports_icalendar'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/export.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A JSON Feed (1.1) with the whole events in it; feed readers will want a limit
     * @description Needs the scope `read`.
     */
    get: operations['Exports_jsonFeed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/export.ndjson': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * NDJSON: an event as the API has it to a line
     * @description Needs the scope `read`.
     */
    get: operations['Exports_ndjson'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/export/timelinejs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What TimelineJS draws
     * @description Needs the scope `read`.
     */
    get: operations['Exports_timelinejs'];
    put?: never;
    post?: never;
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
     * What would be read from an article, and on demand why; nothing is stored
     * @description Needs the scope `ingest`.
     */
    post: operations['Articles_extract'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/facets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many events by the most frequent values of facets
     * @description Needs the scope `read`.
     */
    get: operations['Facets_count'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/feeds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your feeds, in the order in which they were added
     * @description Needs the scope `ingest`.
     */
    get: operations['Feeds_list'];
    put?: never;
    /**
     * Follow a feed
     * @description The address of a feed, or of a page that names one. What the first poll finds is history unless `firstPoll` is `live`. Needs the scope `ingest`.
     */
    post: operations['Feeds_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/feeds/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How your feeds are doing, and which of them want looking after
     * @description Needs the scope `ingest`.
     */
    get: operations['Feeds_health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/feeds/opml': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Your feeds as OPML
     * @description Needs the scope `ingest`.
     */
    get: operations['Opml_write'];
    put?: never;
    /**
     * Follow every feed of an OPML document
     * @description Those that are followed already stay as they are. Each address that is refused is named with the reason. Needs the scope `ingest`.
     */
    post: operations['Opml_take'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/feeds/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One feed: its state, its last and next poll, its last error, its counts
     * @description Needs the scope `ingest`.
     */
    get: operations['Feeds_read'];
    put?: never;
    post?: never;
    /**
     * Follow a feed no longer; its articles and reports stay
     * @description Needs the scope `ingest`.
     */
    delete: operations['Feeds_remove'];
    options?: never;
    head?: never;
    /**
     * Change a feed, pause or resume it
     * @description Needs the scope `ingest`.
     */
    patch: operations['Feeds_change'];
    trace?: never;
  };
  '/v1/feeds/{id}/poll': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Poll a feed now, and say what came of it
     * @description Needs the scope `ingest`.
     */
    post: operations['Feeds_poll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/histogram': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many events by day, week, month, quarter or year, and by the values of one facet
     * @description Needs the scope `read`.
     */
    get: operations['Histogram_count'];
    put?: never;
    post?: never;
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
  '/v1/open/feeds/{channelId}/{secret}/feed.atom': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same for feed readers, which send no key */
    get: operations['Fetched_openFeed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/open/streams/{channelId}/{secret}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same for EventSource, which sends no key */
    get: operations['Fetched_openStream'];
    put?: never;
    post?: never;
    delete?: never;
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
    /**
     * Take a report down
     * @description Text and evidence go here at once, and from events, their history and alerts within seconds; the event follows what other sources say. What was taken down does not come back when it is sent again. Needs the scope `ingest`.
     */
    delete: operations['Takedown_removeReport'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sources': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The sources of your reports, by name
     * @description Needs the scope `ingest`.
     */
    get: operations['Sources_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sources/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A source
     * @description Needs the scope `ingest`.
     */
    get: operations['Sources_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Trust a source more or less, mute it, or let it be heard again
     * @description Trust counts for reports that come from now on. Reports of a muted source are taken in and kept, but neither the timeline nor alerts hear of them; those that it told before stay. When it is unmuted they are told as history, which alerts nobody. Needs the scope `ingest`.
     */
    patch: operations['Sources_change'];
    trace?: never;
  };
  '/v1/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Developments as they come, as server-sent events; with Last-Event-ID from where the reader was
     * @description Needs the scope `read`.
     */
    get: operations['Stream_stream'];
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
  '/v1/subscriptions/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What a subscription would have sent over the past days
     * @description By the matcher and the rules of live alerts, over what the timeline told in the past 90 days at most. Needs the scope `subscribe`.
     */
    post: operations['Preview_preview'];
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
  '/v1/subscriptions/{id}/channels/{channelId}/confirmation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask an e-mail address again whether it agrees
     * @description Needs the scope `subscribe`.
     */
    post: operations['Channels_confirm'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/subscriptions/{id}/channels/{channelId}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a channel a new secret, shown in this answer only
     * @description A webhook is signed with the new and the old secret for 24 hours, then with the new one alone. The address of a feed or stream is another at once. Needs the scope `subscribe`.
     */
    post: operations['Channels_rotate'];
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
  '/v1/subscriptions/{id}/feed.atom': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The newest alerts as an Atom feed
     * @description Needs the scope `subscribe`.
     */
    get: operations['Fetched_feed'];
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
  '/v1/subscriptions/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Deliver again what was made in a span of time, under the same message ids
     * @description Deliveries that still wait, and those to channels that are disabled or gone, are left alone. Needs the scope `subscribe`.
     */
    post: operations['SubscriptionDeliveries_replay'];
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
  '/v1/subscriptions/{id}/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Alerts as Server-Sent Events; goes on after `Last-Event-ID`, for 90 days
     * @description Needs the scope `subscribe`.
     */
    get: operations['Fetched_stream'];
    put?: never;
    post?: never;
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
  '/v1/themes/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * How many events a rule would take in, and some of them; nothing is stored
     * @description Needs the scope `read`.
     */
    post: operations['Themes_preview'];
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
  '/v1/themes/{id}/progress': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far the newest rules have been applied to the past
     * @description Needs the scope `read`.
     */
    get: operations['Themes_progress'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/themes/{id}/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a theme’s page shows: counts, this week against the usual, the latest, what is to come, what is overdue
     * @description Needs the scope `read`.
     */
    get: operations['Themes_summary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The tokens of the caller’s owner
     * @description Needs the scope `read`.
     */
    get: operations['Tokens_list'];
    put?: never;
    /**
     * A token for the address of an export or of the stream (`?token=…`), for what cannot send a header
     * @description Needs the scope `read`.
     */
    post: operations['Tokens_make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke a token: the addresses that have it are closed
     * @description Needs the scope `read`.
     */
    delete: operations['Tokens_revoke'];
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
    TokenIn: {
      name: string;
      expiresAt?: string | undefined;
    };
    TokenOut: {
      id: string;
      name: string;
      owner: string;
      /** Format: date-time */
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
      token?: string | undefined;
    };
    Amount: {
      value: number;
      currency: string;
      usd: number | null;
    };
    AmountIn: {
      value: number;
      currency: string;
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
      state: 'queued' | 'read' | 'unsupported-language' | 'failed' | 'removed';
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
        state: 'accepted' | 'assigned' | 'withdrawn' | 'muted' | 'removed';
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
    ExtractOut: {
      /** @enum {string} */
      state: 'read' | 'unsupported-language';
      reports: {
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
        amount: components['schemas']['ExtractedAmount'] | null;
        themes: string[];
        evidence: {
          text: string;
          start: number;
          end: number;
        };
        mentions: components['schemas']['Evidence'][];
        importance: number;
        confidence: number;
        why?:
          | {
              kindRule: string;
              words: string[];
              dateRule: string | null;
            }
          | undefined;
      }[];
    };
    ExtractedAmount: {
      value: number;
      currency: string;
      usd: number | null;
      low: number | null;
      high: number | null;
      approximate: boolean;
    };
    FeedHealthOut: {
      counts: {
        [key: string]: number;
      };
      overdue: number;
      longestOverdueSeconds: number;
      ailing: components['schemas']['FeedOut'][];
    };
    FeedIn: {
      url: string;
      name?: string | undefined;
      pollMinutes?: (number | null) | undefined;
      /** @enum {string} */
      fullText?: ('auto' | 'always' | 'never') | undefined;
      /** @enum {string} */
      firstPoll?: ('history' | 'live') | undefined;
    };
    FeedOut: {
      id: string;
      url: string;
      givenUrl: string;
      name: string | null;
      title: string | null;
      siteUrl: string | null;
      format: string | null;
      flaws: string[];
      /** @enum {string} */
      state: 'active' | 'paused' | 'ended';
      /** @enum {string} */
      health: 'new' | 'well' | 'failing' | 'dead' | 'silent' | 'paused' | 'ended';
      /** @enum {string} */
      fullText: 'auto' | 'always' | 'never';
      pollMinutes: number | null;
      /** @enum {string} */
      firstPoll: 'history' | 'live';
      intervalSeconds: number;
      lastPollAt: string | null;
      lastSuccessAt: string | null;
      nextPollAt: string | null;
      lastStatus: number | null;
      lastError: string | null;
      failures: number;
      lastItemAt: string | null;
      counts: {
        polls: number;
        items: number;
        changes: number;
      };
      /** Format: date-time */
      createdAt: string;
    };
    FeedPatch: {
      name?: string | undefined;
      pollMinutes?: (number | null) | undefined;
      /** @enum {string} */
      fullText?: ('auto' | 'always' | 'never') | undefined;
      url?: string | undefined;
      paused?: boolean | undefined;
    };
    FeedPolled: {
      feed: components['schemas']['FeedOut'];
      /** @enum {string} */
      outcome: 'items' | 'unchanged' | 'failed' | 'ended' | 'busy';
      items: number;
      fresh: number;
      changed: number;
    };
    ImportDryRun: {
      columns: {
        [key: string]: string;
      };
      ignoredColumns: string[];
      /** @constant */
      dryRun: true;
      format: components['schemas']['ImportFormat'];
      rows: number;
      valid: number;
      rejected: number;
      errors: components['schemas']['ImportError'][];
      sample: components['schemas']['ReportInOutput'][];
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
    OpmlTaken: {
      added: number;
      known: number;
      refused: {
        url: string;
        message: string;
      }[];
    };
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
      amount?: (components['schemas']['AmountIn'] | null) | undefined;
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
    ReportInOutput: {
      kind: string;
      /** @default occurred */
      status: components['schemas']['Status'];
      headline: string;
      summary?: string | undefined;
      date?:
        | (
            | (
                | string
                | {
                    phrase: string;
                    reference: unknown;
                  }
              )
            | null
          )
        | undefined;
      /** @default [] */
      entities: (
        | string
        | {
            name: string;
            type?: components['schemas']['EntityType'] | undefined;
            role?: components['schemas']['EntityRole'] | undefined;
          }
      )[];
      /** @default [] */
      countries: string[];
      amount?: (components['schemas']['AmountIn'] | null) | undefined;
      /** @default [] */
      themes: string[];
      source: {
        name: string;
        url?: string | undefined;
      };
      url?: string | undefined;
      publishedAt?: unknown | undefined;
      evidence?: string | undefined;
      externalId?: string | undefined;
      confidence?: number | undefined;
      backfill?: boolean | undefined;
    };
    ReportOut: {
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
      /** @enum {string} */
      state: 'accepted' | 'assigned' | 'withdrawn' | 'muted' | 'removed';
      eventId: string | null;
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
    SourceOut: {
      id: string;
      name: string;
      url: string | null;
      trust: number;
      muted: boolean;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    SourcePatch: {
      trust?: number | undefined;
      muted?: boolean | undefined;
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
    EntityMergeIn: {
      with: string;
    };
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
    ThemePreview: {
      events: number;
      exact: boolean;
      samples: components['schemas']['TimelineEvent'][];
    };
    ThemePreviewIn: {
      rule: components['schemas']['ThemeRuleInput'];
    };
    ThemeProgress: {
      theme: string;
      events: number;
      behind: number;
      finished: boolean;
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
    ThemeSummary: {
      theme: components['schemas']['ThemeOut'];
      events: number;
      counts: {
        [key: string]: {
          value: string;
          count: number;
        }[];
      };
      momentum: {
        thisWeek: number;
        usual: number;
        z: number;
        /** @enum {string} */
        trend: 'rising' | 'steady' | 'falling';
      };
      latest: components['schemas']['TimelineEvent'][];
      upcoming: components['schemas']['TimelineEvent'][];
      overdue: components['schemas']['TimelineEvent'][];
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
      development: components['schemas']['Alerted'];
      revision: number;
      why: {
        field: string;
        values: string[];
      }[];
      event: components['schemas']['TimelineEvent'];
      /** Format: date-time */
      at: string;
    };
    /** @enum {string} */
    Alerted:
      | 'recorded'
      | 'corroborated'
      | 'date_narrowed'
      | 'amount_changed'
      | 'status_changed'
      | 'disputed'
      | 'corrected'
      | 'retracted'
      | 'merged'
      | 'split'
      | 'approaching'
      | 'overdue'
      | 'quiet'
      | 'momentum';
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
    PreviewOut: {
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      revisions: number;
      complete: boolean;
      alerts: number;
      perDay: {
        /** Format: date */
        day: string;
        count: number;
      }[];
      perDevelopment: {
        development: components['schemas']['Development'];
        count: number;
      }[];
      samples: {
        development: components['schemas']['Development'];
        why: {
          field: string;
          values: string[];
        }[];
        /** Format: date-time */
        at: string;
        revision: number;
        event: {
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
      }[];
      channels: {
        index: number;
        type: string;
        messages: number;
        perDay: number;
      }[];
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
    ReplayIn: {
      from: string;
      to?: string | undefined;
      channelId?: string | undefined;
      /**
       * @default [
       *       "delivered",
       *       "dead",
       *       "cancelled"
       *     ]
       */
      state?: ('delivered' | 'dead' | 'cancelled')[] | undefined;
    };
    ReplayOut: {
      deliveries: number;
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
      onBackfill: 'none' | 'summary' | 'all';
      maxAlertsPerHour: number | null;
      /** @enum {string} */
      history: 'none' | 'summary' | 'all';
      watch: components['schemas']['Watch'];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
    };
    Watch: {
      /** @default null */
      silenceDays: number | null;
      /** @default [] */
      approaching: number[];
      /** @default false */
      overdue: boolean;
      /** @default false */
      momentum: boolean;
      /** @default false */
      feeds: boolean;
    };
    WatchInput: {
      /** @default null */
      silenceDays?: (number | null) | undefined;
      /** @default [] */
      approaching?: number[] | undefined;
      /** @default false */
      overdue?: boolean | undefined;
      /** @default false */
      momentum?: boolean | undefined;
      /** @default false */
      feeds?: boolean | undefined;
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
        /**
         * @example {
         *       "title": "Nordlit raises 40 million euros to recycle batteries",
         *       "text": "Nordlit, a battery recycler based in Aarhus, raised 40 million euros in a Series B round on 12 March 2025. The company will open a plant in Esbjerg in 2027.",
         *       "publishedAt": "2025-03-13T08:00:00Z",
         *       "source": {
         *         "name": "Fjord Business Daily"
         *       }
         *     }
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Takedown_removeArticle: {
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
  Articles_dates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "text": "The plant opens by mid-2027, a year later than planned.",
         *       "reference": "2025-03-13T08:00:00Z"
         *     }
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
        /** @example 10 */
        limit?: string;
        cursor?: string;
        /** @example nord */
        q?: string;
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Entities_read: {
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
            id: string;
            name: string;
            type: components['schemas']['EntityType'];
            events: number;
            aliases: string[];
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Entities_beside: {
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
            items: {
              id: string;
              name: string;
              type: components['schemas']['EntityType'];
              events: number;
              together: number;
            }[];
            nextCursor: string | null;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Entities_merge: {
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
        /**
         * @example {
         *       "with": "government-of-the-netherlands"
         *     }
         */
        'application/json': components['schemas']['EntityMergeIn'];
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
            id: string;
            name: string;
            type: components['schemas']['EntityType'];
            events: number;
            aliases: string[];
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
  Entities_timeline: {
    parameters: {
      query?: {
        /** @example 20 */
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
            items: components['schemas']['TimelineEvent'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Events_list: {
    parameters: {
      query?: {
        /**
         * @example [
         *       "export-control",
         *       "ban"
         *     ]
         */
        kind?: string[];
        theme?: string[];
        entity?: string[];
        country?: string[];
        status?: components['schemas']['Status'][];
        development?: components['schemas']['Development'][];
        /** @example 2024-01-01 */
        from?: string;
        /** @example 2025-12-31 */
        to?: string;
        /** @example certain */
        dateMatch?: 'possible' | 'certain';
        undated?: 'include' | 'exclude';
        /** @example lithograph* -rumour */
        q?: string;
        minImportance?: string;
        minSources?: string;
        minAmountUsd?: string;
        recordedSince?: string;
        asOf?: string;
        /** @example -date */
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        /** @example 20 */
        limit?: string;
        cursor?: string;
        /** @example kind,country */
        facets?: string;
        interval?: 'day' | 'week' | 'month' | 'quarter' | 'year';
        imprecise?: 'spread' | 'apart';
        by?: 'kind' | 'theme' | 'entity' | 'country' | 'status' | 'development';
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
            total?: number | undefined;
            capped?: boolean | undefined;
            histogram?:
              | {
                  total: number;
                  buckets: {
                    /** Format: date */
                    start: string;
                    count: number;
                  }[];
                  apart: {
                    undated: number;
                    open: number;
                    imprecise: number;
                    outside: number;
                  };
                  /** @enum {string} */
                  interval: 'day' | 'week' | 'month' | 'quarter' | 'year';
                  capped: boolean;
                  series?:
                    | {
                        total: number;
                        buckets: {
                          /** Format: date */
                          start: string;
                          count: number;
                        }[];
                        apart: {
                          undated: number;
                          open: number;
                          imprecise: number;
                          outside: number;
                        };
                        value: string;
                      }[]
                    | undefined;
                }
              | undefined;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Events_read: {
    parameters: {
      query?: {
        asOf?: string;
      };
      header?: {
        /** @description an ETag: 304 while it is the newest */
        'If-None-Match'?: string;
      };
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Editing_correct: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description the ETag of the event as it was seen
         * @example "1"
         */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "date": "2024-09-06",
         *       "importance": 80,
         *       "reason": "The ministry’s own notice."
         *     }
         */
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
          amount?: (components['schemas']['AmountIn'] | null) | undefined;
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Editing_merge: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description the ETag of the event as it was seen
         * @example "1"
         */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "with": "evt_1hqxv3k9",
         *       "reason": "Two names of one rule."
         *     }
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Editing_retract: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description the ETag of the event as it was seen
         * @example "1"
         */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "Both papers have withdrawn it."
         *     }
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Editing_split: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description the ETag of the event as it was seen
         * @example "2"
         */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reports": [
         *         "rep_7c2mwd51"
         *       ],
         *       "reason": "It tells of the rule of a year before."
         *     }
         */
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
      header: {
        /**
         * @description the ETag of the event as it was seen
         * @example "3"
         */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "revision": 3,
         *       "reason": "The notice was about another machine."
         *     }
         */
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
  Exports_atom: {
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
        /** @example -recorded */
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        /** @example 50 */
        limit?: string;
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
          'application/atom+xml': string;
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Exports_csv: {
    parameters: {
      query?: {
        /**
         * @example [
         *       "export-control"
         *     ]
         */
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
        /** @example date */
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        /** @example 1000 */
        limit?: string;
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
          'text/csv': string;
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Exports_icalendar: {
    parameters: {
      query?: {
        kind?: string[];
        theme?: string[];
        entity?: string[];
        country?: string[];
        /**
         * @example [
         *       "planned"
         *     ]
         */
        status?: components['schemas']['Status'][];
        development?: components['schemas']['Development'][];
        /** @example 2025-01-01 */
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
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        limit?: string;
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
          'text/calendar': string;
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Exports_jsonFeed: {
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
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        limit?: string;
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
          'application/feed+json': {
            version: string;
            items: unknown[];
          } & {
            [key: string]: unknown;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Exports_ndjson: {
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
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        limit?: string;
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
          'application/x-ndjson': string;
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Exports_timelinejs: {
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
        sort?: '-recorded' | 'recorded' | '-date' | 'date' | 'importance' | 'relevance';
        limit?: string;
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
            events: unknown[];
          } & {
            [key: string]: unknown;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Articles_extract: {
    parameters: {
      query?: {
        /** @example true */
        explain?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "title": "Nordlit raises 40 million euros to recycle batteries",
         *       "text": "Nordlit, a battery recycler based in Aarhus, raised 40 million euros in a Series B round on 12 March 2025. The company will open a plant in Esbjerg in 2027.",
         *       "publishedAt": "2025-03-13T08:00:00Z",
         *       "source": {
         *         "name": "Fjord Business Daily"
         *       }
         *     }
         */
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
          'application/json': components['schemas']['ExtractOut'];
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
  Facets_count: {
    parameters: {
      query: {
        kind?: string[];
        theme?: string[];
        entity?: string[];
        /** @example NL */
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
        /** @example kind,entity */
        facets: string;
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
            facets: {
              [key: string]: {
                value: string;
                count: number;
              }[];
            };
            total: number;
            capped: boolean;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Feeds_list: {
    parameters: {
      query?: {
        /** @example 20 */
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
            items: components['schemas']['FeedOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Feeds_add: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://gazette.example.org/feed.xml",
         *       "firstPoll": "history"
         *     }
         */
        'application/json': components['schemas']['FeedIn'];
      };
    };
    responses: {
      /** @description done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FeedOut'];
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
  Feeds_health: {
    parameters: {
      query?: never;
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
          'application/json': components['schemas']['FeedHealthOut'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Opml_write: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Opml_take: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /** @example <opml version="2.0"><body><outline text="Delta Wire" type="rss" xmlUrl="https://delta.example.org/rss"/></body></opml> */
        'text/x-opml': string;
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpmlTaken'];
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
  Feeds_read: {
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
          'application/json': components['schemas']['FeedOut'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Feeds_remove: {
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
  Feeds_change: {
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
        /**
         * @example {
         *       "paused": true
         *     }
         */
        'application/json': components['schemas']['FeedPatch'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FeedOut'];
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
  Feeds_poll: {
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
          'application/json': components['schemas']['FeedPolled'];
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
  Histogram_count: {
    parameters: {
      query: {
        kind?: string[];
        theme?: string[];
        entity?: string[];
        country?: string[];
        status?: components['schemas']['Status'][];
        development?: components['schemas']['Development'][];
        /** @example 2024-01-01 */
        from?: string;
        /** @example 2025-12-31 */
        to?: string;
        dateMatch?: 'possible' | 'certain';
        undated?: 'include' | 'exclude';
        q?: string;
        minImportance?: string;
        minSources?: string;
        minAmountUsd?: string;
        recordedSince?: string;
        asOf?: string;
        /** @example month */
        interval: 'day' | 'week' | 'month' | 'quarter' | 'year';
        /** @example spread */
        imprecise?: 'spread' | 'apart';
        /** @example kind */
        by?: 'kind' | 'theme' | 'entity' | 'country' | 'status' | 'development';
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
            total: number;
            buckets: {
              /** Format: date */
              start: string;
              count: number;
            }[];
            apart: {
              undated: number;
              open: number;
              imprecise: number;
              outside: number;
            };
            /** @enum {string} */
            interval: 'day' | 'week' | 'month' | 'quarter' | 'year';
            capped: boolean;
            series?:
              | {
                  total: number;
                  buckets: {
                    /** Format: date */
                    start: string;
                    count: number;
                  }[];
                  apart: {
                    undated: number;
                    open: number;
                    imprecise: number;
                    outside: number;
                  };
                  value: string;
                }[]
              | undefined;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Imports_list: {
    parameters: {
      query?: {
        /** @example 20 */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Imports_submit: {
    parameters: {
      query?: {
        /**
         * @example [
         *       "headline:Title",
         *       "date:When"
         *     ]
         */
        map?: string[];
        /** @example Archive of the desk */
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
        /**
         * @example Title,When,kind
         *     Nordlit opens its first plant,2023-05-04,other
         */
        'text/csv': string;
        'application/x-ndjson': string;
        'application/json': {
          events: unknown[];
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description a dry run: nothing is stored */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportDryRun'];
        };
      };
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Keys_list: {
    parameters: {
      query?: {
        /** @example 20 */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Keys_make: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Desk reader",
         *       "owner": "newsroom",
         *       "scopes": [
         *         "read",
         *         "subscribe"
         *       ]
         *     }
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Fetched_openFeed: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        channelId: string;
        secret: string;
      };
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Fetched_openStream: {
    parameters: {
      query?: never;
      header?: {
        /** @description the last id that was seen */
        'Last-Event-ID'?: string;
      };
      path: {
        channelId: string;
        secret: string;
      };
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
        /**
         * @example [
         *       {
         *         "kind": "export-control",
         *         "headline": "Netherlands widens licence rule for lithography machines",
         *         "date": "2024-09-06",
         *         "entities": [
         *           "ASML",
         *           {
         *             "name": "Government of the Netherlands",
         *             "type": "authority",
         *             "role": "agent"
         *           }
         *         ],
         *         "countries": [
         *           "NL"
         *         ],
         *         "source": {
         *           "name": "Harbour Gazette"
         *         },
         *         "url": "https://gazette.example.org/licences",
         *         "publishedAt": "2024-09-06T15:00:00Z"
         *       },
         *       {
         *         "kind": "export-control",
         *         "headline": "Dutch government extends lithography licence rule to older machines",
         *         "date": {
         *           "phrase": "on Friday",
         *           "reference": "2024-09-07T09:00:00Z"
         *         },
         *         "entities": [
         *           "ASML",
         *           {
         *             "name": "Government of the Netherlands",
         *             "type": "authority",
         *             "role": "agent"
         *           }
         *         ],
         *         "countries": [
         *           "NL"
         *         ],
         *         "source": {
         *           "name": "Delta Wire"
         *         },
         *         "publishedAt": "2024-09-07T09:00:00Z"
         *       },
         *       {
         *         "kind": "funding-round",
         *         "headline": "Nordlit raises a Series B of 40 million euros",
         *         "date": "2025-03-12",
         *         "entities": [
         *           "Nordlit"
         *         ],
         *         "amount": {
         *           "value": 40000000,
         *           "currency": "EUR"
         *         },
         *         "source": {
         *           "name": "Fjord Business Daily"
         *         },
         *         "publishedAt": "2025-03-13T08:00:00Z"
         *       }
         *     ]
         */
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
          'application/json': components['schemas']['ReportOut'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Takedown_removeReport: {
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
  Sources_list: {
    parameters: {
      query?: {
        /** @example 20 */
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
            items: components['schemas']['SourceOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Sources_read: {
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
          'application/json': components['schemas']['SourceOut'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Sources_change: {
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
        /**
         * @example {
         *       "trust": 0.9
         *     }
         */
        'application/json': components['schemas']['SourcePatch'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SourceOut'];
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
  Stream_stream: {
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
        lastEventId?: string;
      };
      header?: {
        /** @description the last id that was seen */
        'Last-Event-ID'?: string;
      };
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
          'text/event-stream': string;
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
        /** @example 20 */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Subscriptions_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description the first answer, with its secrets, is the answer to all, for 24 h */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Chip controls",
         *       "match": {
         *         "kinds": [
         *           "export-control",
         *           "ban"
         *         ],
         *         "keywords": {
         *           "any": [
         *             "chips",
         *             "lithography"
         *           ]
         *         },
         *         "minImportance": 20
         *       },
         *       "channels": [
         *         {
         *           "type": "feed"
         *         },
         *         {
         *           "type": "webhook",
         *           "url": "https://hooks.example.org/themeline"
         *         }
         *       ]
         *     }
         */
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
          history?: ('none' | 'summary' | 'all') | undefined;
          /**
           * @default none
           * @enum {string}
           */
          onBackfill?: ('none' | 'summary' | 'all') | undefined;
          /** @default null */
          maxAlertsPerHour?: (number | null) | undefined;
          /** @default {} */
          watch?: components['schemas']['WatchInput'] | undefined;
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
  Preview_preview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "match": {
         *         "kinds": [
         *           "export-control"
         *         ],
         *         "countries": [
         *           "NL"
         *         ]
         *       },
         *       "days": 30
         *     }
         */
        'application/json': {
          name?: string | undefined;
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
              )[]
            | undefined;
          /**
           * @default none
           * @enum {string}
           */
          history?: ('none' | 'summary' | 'all') | undefined;
          /**
           * @default none
           * @enum {string}
           */
          onBackfill?: ('none' | 'summary' | 'all') | undefined;
          /** @default null */
          maxAlertsPerHour?: (number | null) | undefined;
          /** @default {} */
          watch?: components['schemas']['WatchInput'] | undefined;
          /** @default 30 */
          days?: number | undefined;
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
          'application/json': components['schemas']['PreviewOut'];
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
        /**
         * @example {
         *       "developments": [
         *         "recorded",
         *         "disputed",
         *         "retracted"
         *       ],
         *       "maxAlertsPerHour": 60
         *     }
         */
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
          onBackfill?: ('none' | 'summary' | 'all') | undefined;
          maxAlertsPerHour?: (number | null) | undefined;
          watch?: components['schemas']['WatchInput'] | undefined;
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Channels_confirm: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        channelId: string;
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
          'application/json':
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
  Channels_rotate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        channelId: string;
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
          'application/json':
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
        /**
         * @example [
         *       "pending",
         *       "dead"
         *     ]
         */
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Fetched_feed: {
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
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  SubscriptionDeliveries_replay: {
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
        /**
         * @example {
         *       "from": "2025-01-01T00:00:00Z",
         *       "to": "2025-02-01T00:00:00Z",
         *       "state": [
         *         "delivered"
         *       ]
         *     }
         */
        'application/json': components['schemas']['ReplayIn'];
      };
    };
    responses: {
      /** @description done */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayOut'];
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
  Fetched_stream: {
    parameters: {
      query?: never;
      header?: {
        /** @description the last id that was seen */
        'Last-Event-ID'?: string;
      };
      path: {
        id: string;
      };
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Themes_add: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "id": "chip-tools",
         *       "name": "Tools to make chips",
         *       "rule": {
         *         "kinds": [
         *           "export-control",
         *           "ban"
         *         ],
         *         "phrases": [
         *           "lithography",
         *           "wafer"
         *         ]
         *       }
         *     }
         */
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
  Themes_preview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "rule": {
         *         "kinds": [
         *           "export-control",
         *           "ban"
         *         ],
         *         "phrases": [
         *           "lithography",
         *           "wafer"
         *         ]
         *       }
         *     }
         */
        'application/json': components['schemas']['ThemePreviewIn'];
      };
    };
    responses: {
      /** @description done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThemePreview'];
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
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
        /**
         * @example {
         *       "id": "chip-tools",
         *       "name": "Tools to make chips",
         *       "rule": {
         *         "kinds": [
         *           "export-control",
         *           "ban"
         *         ],
         *         "phrases": [
         *           "lithography",
         *           "wafer"
         *         ],
         *         "exclude": [
         *           "seminar"
         *         ]
         *       }
         *     }
         */
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
  Themes_progress: {
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
          'application/json': components['schemas']['ThemeProgress'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Themes_summary: {
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
          'application/json': components['schemas']['ThemeSummary'];
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Tokens_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description newest first, all on one page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            items: components['schemas']['TokenOut'][];
            nextCursor: string | null;
          };
        };
      };
      /** @description it is as it was when the ETag in `If-None-Match` was given */
      304: {
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
  Tokens_make: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Calendar of the newsroom",
         *       "expiresAt": "2199-12-31T00:00:00Z"
         *     }
         */
        'application/json': components['schemas']['TokenIn'];
      };
    };
    responses: {
      /** @description the token, which is shown this once */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenOut'];
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
  Tokens_revoke: {
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
