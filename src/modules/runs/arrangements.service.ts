import { Injectable } from '@nestjs/common';
import { arrangementIn } from '../../core/arrangement/arrangement.parse.js';
import type { Arrangement, ArrangementsFile } from '../../core/arrangement/arrangement.schema.js';
import { channelsOf, networkOf, type Network } from '../../core/arrangement/network.js';
import type { ArrangementView } from '../../core/wire/arrangement.js';
import { readArrangements } from '../../platform/config/arrangements-file.js';
import { PROJECT_ROOT } from '../../platform/config/project-root.js';

/** The arrangements that a run can be started under. Read once at the start; a change takes a restart. */
@Injectable()
export class ArrangementsService {
  readonly file: ArrangementsFile = readArrangements(PROJECT_ROOT);

  /** The arrangement of this id. Throws DomainError ARRANGEMENT_UNKNOWN. */
  find(id: string): Arrangement {
    return arrangementIn(this.file, id);
  }

  /** The network of an arrangement; undefined where the arrangement is the record itself. */
  networkOf(arrangement: Arrangement): Network | undefined {
    return arrangement.record === 'history'
      ? undefined
      : networkOf(this.file, arrangement, channelsOf(this.file, arrangement));
  }

  get views(): ArrangementView[] {
    return this.file.arrangements.map(({ id, names, summary, hypothetical, since, until }) => ({
      id,
      names,
      summary,
      hypothetical,
      since,
      until,
    }));
  }
}
