import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import { DomainError } from '../../core/domain-error.js';
import { measurementsFrom, readMeasurements } from '../../core/threshold/measurement.read.js';
import { thresholdChecks } from '../../core/threshold/threshold.checks.js';
import { THRESHOLD_SUBJECTS, type Threshold } from '../../core/threshold/threshold.schema.js';
import { thresholdList } from '../../core/threshold/threshold.view.js';
import type { ThresholdChecks, ThresholdList } from '../../core/wire/threshold.js';
import { ThresholdsService } from '../runs/thresholds.service.js';

export class ThresholdsQueryDto {
  @IsOptional()
  @IsIn(THRESHOLD_SUBJECTS)
  subject?: Threshold['subject'];
}

/** The thresholds on record, and what measurements cross of them: nothing is stored and nobody is told. */
@Controller('api/v1/thresholds')
export class ThresholdsController {
  constructor(private readonly thresholds: ThresholdsService) {}

  @Get()
  list(@Query() { subject }: ThresholdsQueryDto): ThresholdList {
    return thresholdList(this.thresholds.file, subject);
  }

  /** Throws DomainError MEASUREMENTS_INVALID with every fault. */
  @Post('check')
  @HttpCode(200)
  check(@Body() body: unknown): ThresholdChecks {
    const read = typeof body === 'string' ? readMeasurements(body) : measurementsFrom(body);
    if ('faults' in read) {
      const findings = read.faults.map(({ code, path, message }) => ({ rule: code, path, message }));
      throw new DomainError('MEASUREMENTS_INVALID', 'Correct the measurements.', { findings });
    }
    return thresholdChecks(this.thresholds.file, read.measurements);
  }
}
