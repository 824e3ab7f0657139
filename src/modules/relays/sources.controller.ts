import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { RelayedDocumentView, SourceView } from '../../core/wire/source.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { SourceDto } from './sources.dto.js';
import { SourcesService } from './sources.service.js';

@Controller('api/v1/sources')
export class SourcesController {
  constructor(private readonly sources: SourcesService) {}

  @Post()
  propose(@CurrentUser() user: UserPrincipal, @Body() wanted: SourceDto): Promise<SourceView> {
    return this.sources.propose(user, wanted);
  }

  @Get()
  list(@CurrentUser() user: UserPrincipal): Promise<SourceView[]> {
    return this.sources.list(user);
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<SourceView> {
    return this.sources.approve(user, id);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  suspend(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<SourceView> {
    return this.sources.suspend(user, id);
  }

  @Get(':id/documents')
  documents(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<RelayedDocumentView[]> {
    return this.sources.documents(user, id);
  }
}
