import { tellStory, type Story } from '../support/at.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MINUTE_MS = 60_000;
const DAY_OVER = '23:59';

describe('Yeonpyeong 2010', () => {
  let service: TestApp;
  let day: Story;
  let november28: Story;
  let december20: Story;

  beforeAll(async () => {
    service = await startTestApp();
    [day, november28, december20] = await Promise.all([
      tellStory(service, 'yeonpyeong-2010'),
      tellStory(service, 'yeonpyeong-2010', '28-november'),
      tellStory(service, 'yeonpyeong-2010', '20-december'),
    ]);
  }, 120_000);
  afterAll(() => service?.stop());

  describe('on 23 November', () => {
    it('at 08:20 a message objects to the drill of that day, and Seoul alone knows of it', () => {
      day.at('08:20').happens('dprk-warning-message');
      day.at('08:20').learns('kr', 'dprk-warning-message');
      day.by('14:33').knows('kr', 'dprk-warning-message', 'drill-begins', 'drill-ends');
      day.by('14:33').knows('jp');
      day.by('14:33').knows('us');
    });

    it('at 14:34 the first shells fall: Seoul knows at once, by 15:10 Tokyo knows, at 15:40 Washington', () => {
      day.at('14:34').happens('first-barrage');
      day.at('14:34').learns('kr', 'first-barrage');
      day.by('15:09').knows('jp');
      day.at('15:10').learns('jp', 'first-barrage', 'tokyo-aware');
      day.by('15:10').isNotToldOf('us', 'first-barrage');
      day.by('15:39').knows('us');
      day.at('15:40').learns('us', 'cfc-jcs-conference', 'first-barrage');
      expect(knewOf(day, 'first-barrage')).toEqual({ kr: 0, jp: 36, us: 66 });
    });

    it('at 14:47 the first fire is returned and at 14:50 an alert is raised, of which only Seoul is known to have been told', () => {
      day.at('14:47').happens('first-return-fire');
      day.at('14:50').happens('jindogae-1');
      day.at('14:47').learns('kr', 'first-return-fire');
      day.at('14:50').learns('kr', 'jindogae-1');
      for (const other of ['jp', 'us']) {
        day.by(DAY_OVER).isNotToldOf(other, 'first-return-fire', 'first-return-fire-ends', 'jindogae-1');
      }
    });

    it('at 15:12 shells fall again, and neither Tokyo nor Washington is known to have been told that day', () => {
      day.at('15:12').happens('radar-locates-battery', 'second-barrage');
      day.at('15:12').learns('kr', 'radar-locates-battery', 'second-barrage');
      for (const other of ['jp', 'us']) {
        day.by(DAY_OVER).isNotToldOf(other, 'second-barrage', 'second-return-fire', 'firing-stops');
      }
      expect(knewOf(day, 'second-barrage')).toEqual({ kr: 0 });
    });

    it('the barrage that ends between 14:46 and 14:55 ends at the earliest for control, and for Seoul when it says so', () => {
      day.at('14:46').happens('first-barrage-ends');
      day.by('14:54').isNotToldOf('kr', 'first-barrage-ends');
      day.at('14:55').learns('kr', 'first-barrage-ends', 'president-lee-told');
    });

    it('what happens at Haneda and in the waters that the DPRK claims, nobody is known to have been told', () => {
      day.at('13:00').happens('dprk-claimed-shell-fall');
      day.at('15:30').happens('haneda-flight-held', 'pm-kan-first-report');
      for (const audience of ['jp', 'kr', 'us']) {
        day.by(DAY_OVER).isNotToldOf(audience, 'dprk-claimed-shell-fall', 'haneda-flight-held');
      }
    });

    it('by 15:30 the prime minister in Tokyo has his first report, and by 17:31 the others read of his afternoon', () => {
      day.at('15:30').learns('jp', 'pm-kan-first-report');
      day.by('17:30').isNotToldOf('kr', 'furukawa-reaches-office', 'pm-kan-enters-office', 'sengoku-enters-office');
      for (const other of ['kr', 'us']) {
        day
          .at('17:31')
          .learns(
            other,
            'furukawa-reaches-office',
            'pm-kan-enters-office',
            'pm-kan-meets-party-official',
            'sengoku-enters-office',
          );
        day.by(DAY_OVER).isNotToldOf(other, 'pm-kan-first-report', 'pm-kan-orders');
      }
    });

    it('by the end of the day this is all that Tokyo and Washington know', () => {
      day
        .by(DAY_OVER)
        .knows(
          'jp',
          'first-barrage',
          'tokyo-aware',
          'tokyo-liaison-office',
          'pm-kan-first-report',
          'pm-kan-meets-party-official',
          'furukawa-reaches-office',
          'pm-kan-enters-office',
          'pm-kan-orders',
          'sengoku-enters-office',
          'pm-kan-public-remarks',
          'rok-formal-announcement',
          'ambassador-kwon-visits',
          'tokyo-ministers-meet',
          'sengoku-statement',
        );
      day
        .by(DAY_OVER)
        .knows(
          'us',
          'cfc-jcs-conference',
          'first-barrage',
          'pm-kan-public-remarks',
          'furukawa-reaches-office',
          'pm-kan-enters-office',
          'pm-kan-meets-party-official',
          'sengoku-enters-office',
          'president-obama-told',
          'rok-formal-announcement',
          'sengoku-statement',
        );
    });

    it('what no source gives a time for is listed and told to nobody', () => {
      const untimed = day.report.untimed.map(({ id }) => id);
      expect(untimed).toHaveLength(12);
      expect(untimed).toEqual(expect.arrayContaining(['evacuation-broadcast', 'white-house-statement']));
      const shown = new Set(day.report.shown.map(({ id }) => id));
      expect(untimed.filter((id) => shown.has(id))).toEqual([]);
    });
  });

  it('on 28 November at 11:18 the island is sent to its shelters until 11:57, and Seoul alone is known to have been told', () => {
    november28.at('11:18').learns('kr', 'shelter-order-28-november');
    november28.at('11:57').learns('kr', 'shelter-order-lifted-28-november');
    november28.by(DAY_OVER).knows('jp');
    november28.by(DAY_OVER).knows('us');
  });

  it('on 20 December at 14:30 the second drill begins: Seoul, Washington and the UN Command know, Tokyo is not known to', () => {
    december20.at('14:30').happens('second-drill-begins');
    december20.at('14:30').learns('kr', 'second-drill-begins');
    december20.by(DAY_OVER).knows('us', 'second-drill-begins');
    december20.by(DAY_OVER).knows('jp');
    const others = december20.report.knew.find(({ id }) => id === 'second-drill-begins')?.others;
    expect(others).toEqual([expect.objectContaining({ id: 'un-command', delayMs: 0 })]);
  });
});

/** After how many minutes each audience knew of an event, by the report; who is not known to have been told is left out. */
function knewOf({ report }: Story, event: string): Record<string, number> {
  const audiences = report.knew.find(({ id }) => id === event)?.audiences ?? [];
  return Object.fromEntries(
    audiences.flatMap(({ audience, delayMs }) => (delayMs === undefined ? [] : [[audience, delayMs / MINUTE_MS]])),
  );
}
