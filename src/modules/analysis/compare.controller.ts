import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { comparisonFigure } from '../../core/compare/compare.figure.js';
import type { Comparison } from '../../core/wire/comparison.js';
import { CompareDto, CompareFigureDto } from './compare.dto.js';
import { CompareService } from './compare.service.js';

const DEFAULT_ARRANGEMENTS = ['as-it-was', 'tisa-relay', 'realtime-hub'];
const DEFAULT_SEEDS = 200;

@Controller('api/v1/scenarios/:scenario/compare')
export class CompareController {
  constructor(private readonly comparisons: CompareService) {}

  @Get()
  compare(@Param('scenario') id: string, @Query() wanted: CompareDto): Promise<Comparison> {
    return this.comparisons.compare(id, {
      chapter: wanted.chapter,
      arrangements: wanted.arrangements?.split(',') ?? DEFAULT_ARRANGEMENTS,
      seeds: wanted.seeds ?? DEFAULT_SEEDS,
      strict: wanted.strict ?? false,
    });
  }

  /** The same as a picture. */
  @Get('figure')
  @Header('Content-Type', 'image/svg+xml')
  async figure(@Param('scenario') id: string, @Query() wanted: CompareFigureDto): Promise<string> {
    return comparisonFigure(await this.compare(id, wanted), wanted.language ?? 'en');
  }
}
