import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { join } from 'node:path';
import { pinoHttp } from 'pino-http';
import { AppModule, type AppSettings } from './app.module.js';
import { SocketAdapter } from './modules/realtime/socket-adapter.js';
import { WebhookChannel } from './modules/realtime/webhook.channel.js';
import { WebhookPruner } from './modules/realtime/webhook-pruner.js';
import { SourcePoller } from './modules/relays/source-poller.js';
import { FeedTail } from './modules/dissemination/feed-tail.js';
import { HeadSigner } from './modules/dissemination/head-signer.js';
import { Sweeper } from './modules/dissemination/sweeper.js';
import { AuditSealer } from './platform/audit/audit-sealer.js';
import type { HttpConfig } from './platform/config/config.js';
import { PROJECT_ROOT } from './platform/config/project-root.js';
import { serveConsole } from './platform/http/console-files.js';
import { Vitals } from './platform/health/vitals.js';
import { requireJson, tidyBody, YAML_TYPES } from './platform/http/json-body.js';
import { assertRoutesListed } from './platform/http/routes.js';
import { readXml } from './platform/http/xml-body.js';
import { validationPipe } from './platform/http/validation.js';
import { errorView } from './platform/logging/error-view.js';
import { nestLogger } from './platform/logging/logger.js';
import { Canary } from './platform/queue/canary.js';
import { Queue } from './platform/queue/queue.js';

const MAX_BODY = '256kb';

/** The gateway: HTTP, consoles and sockets. It does not listen yet. */
export async function createGateway(
  settings: AppSettings,
  { allowedOrigins, trustedProxies }: Pick<HttpConfig, 'allowedOrigins' | 'trustedProxies'>,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(settings), {
    logger: nestLogger(settings.logger),
    bodyParser: false,
    abortOnError: false,
  });
  // How many proxies stand before the service: as many entries of X-Forwarded-For are believed, counted from the end.
  app.set('trust proxy', trustedProxies);
  if (allowedOrigins.length > 0) {
    app.enableCors({ origin: [...allowedOrigins], maxAge: 600 });
  }
  app.use(
    pinoHttp({
      logger: settings.logger,
      serializers: { err: errorView },
      customLogLevel: (_, response) => (response.statusCode >= 500 ? 'error' : 'debug'),
    }),
  );
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'connect-src': ["'self'", 'ws:', 'wss:'],
          'img-src': ["'self'", 'data:'],
          'style-src': ["'self'"],
          'script-src': ["'self'"],
          'frame-ancestors': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
        },
      },
      // Served on loopback and behind TLS-ending balancers alike: whoever ends TLS says so.
      strictTransportSecurity: false,
    }),
  );
  app.use(requireJson);
  app.use(readXml);
  app.useBodyParser('json', { limit: MAX_BODY, strict: true });
  app.useBodyParser('text', { limit: MAX_BODY, type: YAML_TYPES });
  app.use(tidyBody);
  app.useGlobalPipes(validationPipe());
  app.useWebSocketAdapter(new SocketAdapter(app, allowedOrigins));
  documentApi(app);
  serveConsole(app.getHttpAdapter().getInstance(), join(PROJECT_ROOT, 'dist', 'console'));
  await app.init();
  const tail = app.get(FeedTail, { strict: false });
  const vitals = app.get(Vitals);
  vitals.tailAgeMs = () => tail.readAgeMs;
  assertRoutesListed(app);
  return app;
}

/** A worker alone: no HTTP. */
export function createWorker(settings: AppSettings): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.forRoot(settings), {
    logger: nestLogger(settings.logger),
    abortOnError: false,
  });
}

/** Starts to work: jobs, the sweeper, signing of heads, webhooks, sources, sealing of the record. */
export function startWork(app: INestApplicationContext): void {
  app.get(Queue).work();
  app.get(Canary).start();
  app.get(Sweeper, { strict: false }).start();
  app.get(HeadSigner, { strict: false }).start();
  app.get(WebhookChannel, { strict: false }).start();
  app.get(WebhookPruner, { strict: false }).start();
  app.get(SourcePoller, { strict: false }).start();
  app.get(AuditSealer).start();
}

function documentApi(app: NestExpressApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Triwatch')
    .setDescription('Wire contract v1')
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'api/docs/openapi.json',
  });
}
