import { parseScenario } from '../src/core/scenario/scenario.parse.js';
import { drillFile, drillMessages, drillReports } from './scenario.js';

describe('the drill', () => {
  const reports = drillReports(5, 40, 20_000);

  it('is the same for the same seed', () => {
    expect(drillReports(5, 40, 20_000)).toEqual(reports);
    expect(drillReports(6, 40, 20_000)).not.toEqual(reports);
  });

  it('is a scenario that the service takes', () => {
    expect(parseScenario(drillFile(reports))).toMatchObject({ scenario: { id: 'torture-drill' } });
  });

  it('tells each report to one or two of three parties, within the time given', () => {
    for (const { parties, atMs } of reports) {
      expect([1, 2]).toContain(new Set(parties).size);
      expect(atMs).toBeLessThan(21_000);
    }
    expect(new Set(reports.flatMap(({ parties }) => parties)).size).toBe(3);
  });

  it('expects each at control and at its parties, and nowhere else', () => {
    const messages = drillMessages(reports, 'run-1');
    expect(messages.map(({ audiences }) => audiences)).toEqual(
      reports.map(({ parties }) => ['control', ...parties.map((party) => party.toLowerCase())]),
    );
  });
});
