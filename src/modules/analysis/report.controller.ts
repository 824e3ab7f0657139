import { Controller, Get, Param } from '@nestjs/common';
import type { Report } from '../../core/wire/report.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { PartiesService } from '../parties/parties.service.js';
import { runView } from '../runs/run-view.js';
import { ReportService } from './report.service.js';

@Controller('api/v1/runs/:run/report')
export class ReportController {
  constructor(
    private readonly reports: ReportService,
    private readonly parties: PartiesService,
  ) {}

  @Get()
  async get(@CurrentUser() user: UserPrincipal, @Param('run') id: string): Promise<Report> {
    const { run, report } = await this.reports.get(user, id);
    return { run: runView(run, this.parties), ...report };
  }
}
