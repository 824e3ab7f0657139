import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { CapVerdict } from '../../core/wire/cap.js';
import { XML_TYPES } from '../../platform/http/xml-body.js';
import { CapWorkers } from '../../platform/xml/cap-workers.js';
import { assertXml, capBody } from './cap-body.js';

@Controller('api/v1/cap')
export class CapController {
  constructor(private readonly workers: CapWorkers) {}

  /** Judges a document, whatever its status and sender; nothing of it is kept. */
  @Post('validate')
  @HttpCode(200)
  @ApiConsumes(...XML_TYPES, 'application/json')
  @ApiBody({ schema: { type: 'object' } })
  async validate(@Body() body: unknown): Promise<CapVerdict> {
    return assertXml(await this.workers.run('verdict', capBody(body)));
  }
}
