import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { RunQueryDto } from './run-query.dto.js';
import { LIVE_RUN } from './run.js';
import { Watches } from './watches.js';

/** Puts the id of a run in the place of its name (`live`), wherever a route takes one: `:run` in the path, `?run=`. */
@Injectable()
export class RunNamePipe implements PipeTransform<unknown, unknown> {
  constructor(private readonly watches: Watches) {}

  transform(value: unknown, { type, data, metatype }: ArgumentMetadata): unknown {
    if (type === 'param' && data === 'run' && typeof value === 'string') {
      return this.watches.idOf(value);
    }
    // It may come before or after the check of the form; what is not right is left to that check.
    if (type === 'query' && takesRun(metatype)) {
      const query = value as { run?: unknown };
      const { run = LIVE_RUN } = query;
      return typeof run === 'string' ? Object.assign(query, { run: this.watches.idOf(run) }) : value;
    }
    return value;
  }
}

const takesRun = (metatype: ArgumentMetadata['metatype']): boolean =>
  metatype !== undefined && (metatype === RunQueryDto || metatype.prototype instanceof RunQueryDto);
