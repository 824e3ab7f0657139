import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { Registry } from 'prom-client';
import { METRICS_SETTINGS, assertMayReadMetrics, type MetricsSettings } from './metrics-access.js';
import { Metrics } from './metrics.js';

/** For Prometheus; it knows no sign-in of a person, so the access table leaves the route to the check here. */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(METRICS_SETTINGS) private readonly settings: MetricsSettings,
  ) {}

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  read(@Headers() headers: IncomingHttpHeaders): Promise<string> {
    assertMayReadMetrics(this.settings, headers);
    return this.metrics.text();
  }
}
