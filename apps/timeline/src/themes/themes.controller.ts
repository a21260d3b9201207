import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  page,
  type Page,
  themeIn,
  type ThemeIn,
  themeOut,
  type ThemeOut,
  themePreview,
  themePreviewIn,
  type ThemePreviewIn,
  themeProgress,
  themeSummary,
} from '@themeline/contracts';
import { Answer, Example, Scopes, zodBody } from '@themeline/http';
import { ThemeFiguresService, type ThemePreview, type ThemeProgress, type ThemeSummary } from './theme-figures.service';
import { ThemesService } from './themes.service';

const RULE = { kinds: ['export-control', 'ban'], phrases: ['lithography', 'wafer'] };

@ApiTags('timeline')
@Controller('v1/themes')
@Scopes('edit')
export class ThemesController {
  constructor(
    private readonly themes: ThemesService,
    private readonly figures: ThemeFiguresService,
  ) {}

  @Get()
  @Scopes('read')
  @ApiOperation({ summary: 'All themes with their rules' })
  @Answer(200, page(themeOut), 'all of them, on one page')
  async list(): Promise<Page<ThemeOut>> {
    return { items: await this.themes.list(), nextCursor: null };
  }

  @Get(':id')
  @Scopes('read')
  @ApiOperation({ summary: 'One theme' })
  @Answer(200, themeOut)
  read(@Param('id') id: string): Promise<ThemeOut> {
    return this.themes.read(id);
  }

  @Get(':id/summary')
  @Scopes('read')
  @ApiOperation({
    summary:
      'What a theme’s page shows: counts, this week against the usual, the latest, what is to come, what is overdue',
  })
  @Answer(200, themeSummary)
  summary(@Param('id') id: string): Promise<ThemeSummary> {
    return this.figures.summary(id, new Date());
  }

  @Get(':id/progress')
  @Scopes('read')
  @ApiOperation({ summary: 'How far the newest rules have been applied to the past' })
  @Answer(200, themeProgress)
  progress(@Param('id') id: string): Promise<ThemeProgress> {
    return this.figures.progress(id);
  }

  @Post('preview')
  @HttpCode(200)
  @Scopes('read')
  @ApiOperation({ summary: 'How many events a rule would take in, and some of them; nothing is stored' })
  @Answer(200, themePreview)
  @Example({ body: { rule: RULE } })
  preview(@Body(zodBody(themePreviewIn)) { rule }: ThemePreviewIn): Promise<ThemePreview> {
    return this.figures.preview(rule);
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a theme; its rule is applied to the past too, without alerts' })
  @Answer(201, themeOut)
  @Example({ body: { id: 'chip-tools', name: 'Tools to make chips', rule: RULE } })
  add(@Body(zodBody(themeIn)) theme: ThemeIn): Promise<ThemeOut> {
    return this.themes.add(theme);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change a theme; its rule is applied to the past too, without alerts' })
  @Answer(200, themeOut)
  @Example({ body: { id: 'chip-tools', name: 'Tools to make chips', rule: { ...RULE, exclude: ['seminar'] } } })
  change(@Param('id') id: string, @Body(zodBody(themeIn)) theme: ThemeIn): Promise<ThemeOut> {
    return this.themes.change(id, theme);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a theme; events lose it in the background' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.themes.remove(id);
  }
}
