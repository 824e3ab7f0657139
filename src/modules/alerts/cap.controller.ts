import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { DomainError } from '../../core/domain-error.js';
import type { CapVerdict } from '../../core/wire/cap.js';
import { XML_TYPES } from '../../platform/http/xml-body.js';
import { judgeCapJson, judgeCapXml, type CapJudgement } from '../../platform/xml/judge-cap.js';

@Controller('api/v1/cap')
export class CapController {
  /** Judges a document, whatever its status and sender; nothing of it is kept. */
  @Post('validate')
  @HttpCode(200)
  @ApiConsumes(...XML_TYPES, 'application/json')
  @ApiBody({ schema: { type: 'object' } })
  validate(@Body() body: unknown): CapVerdict {
    const { valid, findings } = judged(body);
    return { valid, findings };
  }
}

/** The judgement of a body of either kind. Throws DomainError CAP_NOT_XML where it is not XML at all. */
export function judged(body: unknown): CapJudgement {
  const judgement = Buffer.isBuffer(body) ? judgeCapXml(body) : judgeCapJson(body);
  const [first] = judgement.findings;
  if (first?.rule === 'CAP_NOT_XML') {
    throw new DomainError('CAP_NOT_XML', first.message, { findings: judgement.findings });
  }
  return judgement;
}
