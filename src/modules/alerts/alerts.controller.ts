import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { CapFeatureCollection } from '../../core/cap/cap.geojson.js';
import { messageFrom } from '../../core/phrase/phrase-message.js';
import type {
  AlertIssued,
  AlertVersionView,
  AlertView,
  AwaitingApproval,
  PreparedView,
} from '../../core/wire/alert.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { RunQueryDto } from '../runs/run-query.dto.js';
import { XML_TYPES } from '../../platform/http/xml-body.js';
import { AlertDraftsService } from './alert-drafts.service.js';
import { AlertDto, AlertQueryDto, CancelDto } from './alerts.dto.js';
import type { AlertVersion } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { capBody } from './cap-body.js';
import { CapExportService } from './cap-export.service.js';
import { CapImportService } from './cap-import.service.js';

const CAP = 'application/cap+xml';
const GEO_JSON = 'application/geo+json';

@Controller('api/v1/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly drafts: AlertDraftsService,
    private readonly imports: CapImportService,
    private readonly exports: CapExportService,
  ) {}

  @Post()
  async issue(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() message: AlertDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued | AwaitingApproval> {
    return accepted(response, await this.drafts.send(user, run, messageFrom(message), undefined, key));
  }

  @Post(':id/update')
  async update(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() message: AlertDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued | AwaitingApproval> {
    return accepted(response, await this.drafts.send(user, run, messageFrom(message), id, key));
  }

  @Post(':id/cancel')
  cancel(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
    @Body() words: CancelDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued> {
    return this.alerts.cancel(user, run, id, words, key);
  }

  @Get(':id/prepared')
  prepared(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run }: RunQueryDto,
  ): Promise<PreparedView> {
    return this.alerts.prepared(user, run, id);
  }

  /** Takes a message of CAP 1.2 or 1.1, as XML or in the JSON mirror. */
  @Post('cap')
  @ApiConsumes(...XML_TYPES, 'application/json')
  @ApiBody({ schema: { type: 'object' } })
  import(
    @CurrentUser() user: UserPrincipal,
    @Query() { run }: RunQueryDto,
    @Body() body: unknown,
    @Headers('idempotency-key') key?: string,
  ): Promise<AlertIssued> {
    return this.imports.import(user, run, capBody(body), key);
  }

  /** As JSON every version; as CAP or GeoJSON the newest, or the one asked for. */
  @Get(':id')
  @ApiProduces('application/json', CAP, GEO_JSON)
  async get(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { run, version }: AlertQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView | CapFeatureCollection | StreamableFile> {
    response.vary('accept');
    switch (request.accepts(['application/json', GEO_JSON, ...XML_TYPES])) {
      case GEO_JSON:
        response.type(GEO_JSON);
        return this.exports.geoJson(user, run, id, version);
      case 'application/cap+xml':
      case 'application/xml':
      case 'text/xml':
        return new StreamableFile(await this.exports.xml(user, run, id, version), { type: CAP });
      default: {
        const versions = await this.alerts.get(user, run, id);
        return { id, run, versions: versions.map(viewOf) };
      }
    }
  }
}

/** 202 while it waits for a second person; nobody was told yet. */
function accepted<Answer extends object>(response: Response, answer: Answer): Answer {
  if ('state' in answer) {
    response.status(202);
  }
  return answer;
}

const viewOf = ({
  id,
  version,
  identifier,
  msgType,
  message,
  sent,
  sender,
  issuer,
  replaces,
}: AlertVersion): AlertVersionView => ({
  ...{ id, version, identifier, msgType, message, sender, replaces },
  ...(issuer ? { issuer } : {}),
  sent: sent.toISOString(),
});
