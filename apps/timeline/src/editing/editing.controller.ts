import { Body, Controller, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Identity, timelineEvent } from '@themeline/contracts';
import { Answer, badRequest, Caller, Example, ProblemError, Scopes, zodBody } from '@themeline/http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { etagOf, revisionOf } from '../events/entity.tags';
import {
  correctionIn,
  type CorrectionIn,
  mergeIn,
  type MergeIn,
  retractIn,
  splitIn,
  type SplitIn,
  undoIn,
  type UndoIn,
} from './edit.input';
import { EditingService } from './editing.service';

const splitOut = z.object({ event: timelineEvent, splitOff: timelineEvent });

@ApiTags('timeline')
@Controller('v1/events/:id')
@Scopes('edit')
@ApiHeader({ name: 'If-Match', required: true, description: 'the ETag of the event as it was seen' })
export class EditingController {
  constructor(private readonly editing: EditingService) {}

  @Patch()
  @ApiOperation({ summary: 'Correct fields: they outrank what sources claim, now and later, until the edit is undone' })
  @Answer(200, timelineEvent)
  @Example({
    headers: { 'if-match': '"1"' },
    body: { date: '2024-09-06', importance: 80, reason: 'The ministry’s own notice.' },
  })
  async correct(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(zodBody(correctionIn)) input: CorrectionIn,
    @Caller() caller: Identity,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const event = await this.editing.correct({ id, seen: seenBy(ifMatch), reason: input.reason, caller }, input);
    await reply.header('etag', etagOf(event.revision)).send(event);
  }

  @Post('retract')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an event off the timeline; `If-Match` names the revision that was seen' })
  @Answer(200, timelineEvent)
  @Example({ headers: { 'if-match': '"1"' }, body: { reason: 'Both papers have withdrawn it.' } })
  async retract(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(zodBody(retractIn)) { reason }: z.infer<typeof retractIn>,
    @Caller() caller: Identity,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const event = await this.editing.retract({ id, seen: seenBy(ifMatch), reason, caller });
    await reply.header('etag', etagOf(event.revision)).send(event);
  }

  @Post('merge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Merge another event into this one: its reports stay together, its id redirects here' })
  @Answer(200, timelineEvent)
  @Example({ headers: { 'if-match': '"1"' }, body: { with: 'evt_1hqxv3k9', reason: 'Two names of one rule.' } })
  async merge(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(zodBody(mergeIn)) input: MergeIn,
    @Caller() caller: Identity,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const event = await this.editing.merge({ id, seen: seenBy(ifMatch), reason: input.reason, caller }, input);
    await reply.header('etag', etagOf(event.revision)).send(event);
  }

  @Post('split')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take reports out to an event of their own; the two stay apart' })
  @Answer(200, splitOut, 'both events; the ETag is that of the one that was split')
  @Example({
    headers: { 'if-match': '"2"' },
    body: { reports: ['rep_7c2mwd51'], reason: 'It tells of the rule of a year before.' },
  })
  async split(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(zodBody(splitIn)) input: SplitIn,
    @Caller() caller: Identity,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const both = await this.editing.split({ id, seen: seenBy(ifMatch), reason: input.reason, caller }, input);
    await reply.header('etag', etagOf(both.event.revision)).send(both);
  }

  @Post('undo')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Undo what a revision did: a correction, retraction, merge (by editor or by score), split, or an undo',
  })
  @Answer(200, timelineEvent)
  @Example({ headers: { 'if-match': '"3"' }, body: { revision: 3, reason: 'The notice was about another machine.' } })
  async undo(
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(zodBody(undoIn)) input: UndoIn,
    @Caller() caller: Identity,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const event = await this.editing.undo({ id, seen: seenBy(ifMatch), reason: input.reason, caller }, input);
    await reply.header('etag', etagOf(event.revision)).send(event);
  }
}

/** The revision that `If-Match` names. Without one nothing is edited: what an editor has not seen may say something else. */
function seenBy(ifMatch: string | undefined): number {
  if (ifMatch === undefined) {
    throw new ProblemError(428, 'Precondition Required', 'If-Match is required: the ETag of the event as it was seen');
  }
  const revision = revisionOf(ifMatch);
  if (revision === null) throw badRequest(`If-Match is not an ETag of an event: '${ifMatch}'`);
  return revision;
}
