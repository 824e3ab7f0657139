import type { ThresholdList, ThresholdQuantity } from '../wire/threshold.js';
import { quantitiesOf, type Quantity } from './common.js';
import type { Threshold, ThresholdsFile } from './threshold.schema.js';

/** The registry as it is shown: by quantity, strictest first, with sources written out; of one subject, or of all. */
export function thresholdList(file: ThresholdsFile, subject?: Threshold['subject']): ThresholdList {
  return {
    common: file.common,
    quantities: quantitiesOf(file)
      .filter((quantity) => subject === undefined || quantity.subject === subject)
      .map((quantity) => viewOf(file, quantity)),
  };
}

function viewOf(file: ThresholdsFile, { substance, medium, subject, thresholds, common, spread }: Quantity): ThresholdQuantity {
  const { value, unit, crossed, id } = common;
  return {
    subject,
    substance: { id: substance, names: file.substances[substance]!.names },
    medium: { id: medium, names: file.media[medium]! },
    common: { value, unit, crossed, of: id, proposal: true },
    spread,
    thresholds: thresholds.map(({ substance: _, medium: __, subject: ___, sources, ...each }) => ({
      ...each,
      sources: sources.map((source) => ({ id: source, ...file.sources[source]! })),
    })),
  };
} // prettier-ignore
