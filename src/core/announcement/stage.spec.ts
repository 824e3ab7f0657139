import type { AnnouncementTerms } from '../scenario/scenario.schema.js';
import { runTimeOf } from '../time/time.js';
import { embargoFault, stageFault, type Embargo, type Standing } from './stage.js';

const NOW = runTimeOf('2031-05-20T00:00:00Z');
const PAST = '2031-05-19T00:00:00Z';
const FUTURE = '2031-05-21T00:00:00Z';

type Next = Parameters<typeof stageFault>[1];

describe('stageFault', () => {
  it.each<[string, Standing, Next, string | undefined]>([
    ['an amendment', { stage: 'announce' }, { stage: 'amend' }, undefined],
    ['a cancellation of an amendment', { stage: 'amend' }, { stage: 'cancel' }, undefined],
    ['anything after a cancellation', { stage: 'cancel' }, { stage: 'amend' }, 'ANNOUNCEMENT_CANCELLED'],
    ['an amendment after the report', { stage: 'report' }, { stage: 'amend' }, 'ANNOUNCEMENT_OVER'],
    ['a report after the act', { stage: 'announce' }, { stage: 'report', report: { occurredAt: PAST, outcome: 'in-part' } }, undefined],
    ['a report before the act', { stage: 'announce' }, { stage: 'report', report: { occurredAt: FUTURE, outcome: 'in-part' } }, 'REPORT_TOO_EARLY'],
    ['a release of what is under no embargo', { stage: 'announce' }, { stage: 'release' }, 'NOT_UNDER_EMBARGO'],
    ['a release before the day', { stage: 'announce', embargo: { until: FUTURE } }, { stage: 'release' }, 'EMBARGO_STANDS'],
    ['a release after the day', { stage: 'announce', embargo: { until: PAST } }, { stage: 'release' }, undefined],
    ['a release without the event', { stage: 'announce', embargo: { event: 'ceremony over' } }, { stage: 'release' }, 'EMBARGO_STANDS'],
    ['a release with another event', { stage: 'amend', embargo: { event: 'ceremony over' } }, { stage: 'release', declared: 'rain' }, 'EMBARGO_STANDS'],
    ['a release with the event, before the day', { stage: 'amend', embargo: { event: 'ceremony over', until: FUTURE } }, { stage: 'release', declared: 'ceremony over' }, undefined],
  ])('judges %s', (_, last, next, code) => {
    expect(stageFault(last, next, NOW)?.code).toBe(code);
  }); // prettier-ignore
});

describe('embargoFault', () => {
  const terms = (act: AnnouncementTerms['act']): AnnouncementTerms => ({
    by: 'KR',
    act,
    windowStart: PAST,
    windowEnd: FUTURE,
    impactAreas: [],
  });
  it.each<[AnnouncementTerms['act'], Embargo | undefined, string | undefined]>([
    ['memorial-act', { until: FUTURE }, undefined],
    ['humanitarian-act', { event: 'families have met' }, undefined],
    ['memorial-act', {}, 'EMBARGO_WITHOUT_END'],
    ['missile-test', { until: FUTURE }, 'EMBARGO_NOT_FOR_ACT'],
    ['missile-test', undefined, undefined],
  ])('of a %s with %j is %s', (act, embargo, code) => {
    expect(embargoFault(terms(act), embargo)?.code).toBe(code);
  });
});
