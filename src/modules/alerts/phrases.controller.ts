import { Controller, Get } from '@nestjs/common';
import { optionalSlots, requiredSlots } from '../../core/phrase/phrase.js';
import { PHRASES } from '../../core/phrase/phrases.js';
import type { PhraseView } from '../../core/wire/phrase.js';

@Controller('api/v1/phrases')
export class PhrasesController {
  @Get()
  list(): PhraseView[] {
    return PHRASES.map((phrase) => ({
      ...phrase,
      slots: [
        ...requiredSlots(phrase).map((name) => ({ name, required: true })),
        ...optionalSlots(phrase).map((name) => ({ name, required: false })),
      ],
    }));
  }
}
