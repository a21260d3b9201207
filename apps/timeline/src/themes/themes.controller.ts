import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { page, type Page, themeIn, type ThemeIn, themeOut, type ThemeOut } from '@themeline/contracts';
import { Answer, Scopes, zodBody } from '@themeline/http';
import { ThemesService } from './themes.service';

@ApiTags('timeline')
@Controller('v1/themes')
@Scopes('edit')
export class ThemesController {
  constructor(private readonly themes: ThemesService) {}

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

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Add a theme; its rule is applied to the past too, without alerts' })
  @Answer(201, themeOut)
  add(@Body(zodBody(themeIn)) theme: ThemeIn): Promise<ThemeOut> {
    return this.themes.add(theme);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change a theme; its rule is applied to the past too, without alerts' })
  @Answer(200, themeOut)
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
