import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { notFound, Open } from '@themeline/http';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Themeline API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui', deepLinking: true, tryItOutEnabled: true });\n`;

const TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** Where to begin: an index, and the API's description to read and to try. Everything comes from this server. */
@ApiExcludeController()
@Controller()
@Open()
export class DocsController {
  @Get()
  index(): object {
    return {
      name: 'Themeline',
      documentation: '/docs',
      openapi: '/openapi.json',
      health: '/health/ready',
      metrics: '/metrics',
      events: '/v1/events',
      reports: '/v1/reports',
      subscriptions: '/v1/subscriptions',
      keys: '/v1/keys',
    };
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }

  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start(): string {
    return START;
  }

  @Get('docs/:file')
  async asset(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const type = Object.hasOwn(TYPES, file) ? TYPES[file] : undefined;
    if (type === undefined) throw notFound(`no such file: '${file}'`);
    const content = await readFile(join(dirname(require.resolve('swagger-ui-dist/package.json')), file));
    void reply.header('content-type', type).header('cache-control', 'public, max-age=86400').send(content);
  }
}
