import { tellStory, type Story } from '../support/at.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ALL = ['jp', 'kr', 'us'];
const OVER = '11:00';

describe('notice and clash, while no desk answers', () => {
  let service: TestApp;
  let eve: Story;
  let day: Story;

  beforeAll(async () => {
    service = await startTestApp();
    [eve, day] = await Promise.all([
      tellStory(service, 'notice-and-clash', 'notice-day'),
      tellStory(service, 'notice-and-clash'),
    ]);
  }, 120_000);
  afterAll(() => service?.stop());

  it('the day before, at 08:00, a launch is notified: Tokyo knows by 08:10, Seoul by 08:40, Washington by 09:30', () => {
    eve.at('08:00').happens('test-notice');
    eve.at('08:10').learns('jp', 'test-notice');
    eve.at('08:40').learns('kr', 'test-notice');
    eve.at('09:30').learns('us', 'test-notice');
    eve.by('08:39').knows('kr');
    eve.by('09:29').knows('us');
  });

  it('at 09:00 the notice of the day before still stands, known since each received it', () => {
    const since = ['control', ...ALL].map((audience) => day.item(audience, 'test-notice')?.body.known.at);
    const received = ['08:00', '08:10', '08:40', '09:30'].map((clock) => `2031-05-19T${clock}:00+09:00`);
    expect(since).toEqual(received.map((at) => new Date(at).toISOString()));
  });

  it('at 09:01 all are told that this is an exercise', () => {
    day.at('09:01').happens('exercise-start');
    ALL.forEach((audience) => day.at('09:01').learns(audience, 'exercise-start'));
  });

  it('at 09:04 the notice is changed: Tokyo knows by 09:06, Seoul by 09:11, Washington by 09:14', () => {
    day.at('09:04').happens('test-notice (2)');
    day.at('09:06').learns('jp', 'test-notice (2)');
    day.at('09:11').learns('kr', 'test-notice (2)');
    day.at('09:14').learns('us', 'test-notice (2)');
    expect(day.item('us', 'test-notice (2)')?.body.announcement).toMatchObject({
      windowStart: '2031-05-20T09:15:00+09:00',
      windowEnd: '2031-05-20T10:15:00+09:00',
    });
  });

  it('at 09:08 a message objects to the drill: Seoul and Washington know, Tokyo is not told', () => {
    day.at('09:08').happens('protest-message');
    day.at('09:10').learns('kr', 'protest-message');
    day.at('09:19').learns('us', 'protest-message');
    day.by(OVER).isNotToldOf('jp', 'protest-message');
  });

  it('at 09:18 shells fall on the island: Seoul knows by 09:20, Washington by 09:25, Tokyo by 09:32', () => {
    day.at('09:18').happens('first-shells');
    day.at('09:20').learns('kr', 'first-shells');
    day.at('09:25').learns('us', 'first-shells');
    day.by('09:31').knows('jp', 'test-notice', 'exercise-start', 'test-notice (2)');
    day.at('09:32').learns('jp', 'first-shells');
  });

  it('at 09:34 each is asked for its posture; Tokyo knows of the shells, and not yet of shelter order and return fire', () => {
    day.at('09:34').happens('ask-posture');
    ALL.forEach((audience) => day.at('09:34').learns(audience, 'ask-posture'));
    day.by('09:34').isNotToldOf('jp', 'shelter-order', 'return-fire', 'island-count');
    day.by('09:34').isNotToldOf('us', 'island-count');
    day.at('09:42').learns('jp', 'island-count');
    day.at('09:44').learns('jp', 'return-fire');
  });

  it('at 09:49 their time is up, and each is told of its own silence, control of all', () => {
    day.by('09:48:30').isNotToldOf('control', ...ALL.map((audience) => `unanswered.ask-posture.${audience}`));
    day.at('09:49').happens(...ALL.map((audience) => `unanswered.ask-posture.${audience}`));
    ALL.forEach((audience) => day.at('09:49').learns(audience, `unanswered.ask-posture.${audience}`));
  });

  it('at 09:46 a missile is launched inside the window, and whoever is told of it is told that too', () => {
    day.at('09:46').happens('launch-in-window', 'launch-in-window.match.control');
    day.at('09:47').learns('kr', 'launch-in-window', 'launch-in-window.match.kr');
    day.at('09:47').learns('us', 'launch-in-window', 'launch-in-window.match.us');
    day.at('09:48').learns('jp', 'launch-in-window', 'launch-in-window.match.jp');
    for (const audience of [...ALL, 'control']) {
      expect(day.item(audience, `launch-in-window.match.${audience}`)?.body.match).toEqual({
        verdict: 'announced',
        launch: 'launch-in-window',
        announcement: 'test-notice',
      });
    }
  });

  it('at 09:48:30 Tokyo and Seoul are asked whether to warn, within five minutes; Washington is not asked', () => {
    day.at('09:48:30').happens('ask-public-warning');
    for (const audience of ['jp', 'kr']) {
      day.at('09:48:30').learns(audience, 'ask-public-warning');
      day.at('09:53:30').learns(audience, `unanswered.ask-public-warning.${audience}`);
    }
    day.by(OVER).isNotToldOf('us', 'ask-public-warning');
    expect(day.item('us', 'unanswered.ask-public-warning.us')).toBeUndefined();
  });

  it('at 10:10 the count of the island is corrected: Washington knows by 10:15, Tokyo by 10:21', () => {
    day.at('10:10').happens('island-count (2)');
    day.at('10:10').learns('kr', 'island-count (2)');
    day.at('10:15').learns('us', 'island-count (2)');
    day.by('10:20').isNotToldOf('jp', 'island-count (2)');
    day.at('10:21').learns('jp', 'island-count (2)');
  });

  it('at 10:31 another is launched after the window, and the notice for another site does not cover it', () => {
    day.at('10:31').happens('launch-after-window', 'launch-after-window.match.control');
    day.at('10:32').learns('kr', 'launch-after-window', 'launch-after-window.match.kr');
    day.at('10:32').learns('us', 'launch-after-window', 'launch-after-window.match.us');
    day.at('10:33').learns('jp', 'launch-after-window', 'launch-after-window.match.jp');
    for (const audience of [...ALL, 'control']) {
      expect(day.item(audience, `launch-after-window.match.${audience}`)?.body.match).toMatchObject({
        verdict: 'outside-window',
        announcement: 'test-notice',
      });
    }
  });

  it('at 10:37 each is asked for restraint, by 10:57 none has answered, and at 10:59 the exercise ends', () => {
    day.at('10:37').happens('ask-restraint');
    day.at('10:57').happens(...ALL.map((audience) => `unanswered.ask-restraint.${audience}`));
    day.at('10:59').happens('exercise-end');
    for (const audience of ALL) {
      day.at('10:37').learns(audience, 'ask-restraint');
      day.at('10:57').learns(audience, `unanswered.ask-restraint.${audience}`);
      day.at('10:59').learns(audience, 'exercise-end');
    }
    const outcomes = day.report.injects.flatMap(({ deliveries }) => deliveries.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(Array.from({ length: 8 }, () => 'unanswered'));
  });

  it('by the end this is all that Tokyo knows', () => {
    day
      .by(OVER)
      .knows(
        'jp',
        'test-notice',
        'exercise-start',
        'test-notice (2)',
        'first-shells',
        'ask-posture',
        'shelter-order',
        'island-count',
        'return-fire',
        'launch-in-window',
        'launch-in-window.match.jp',
        'ask-public-warning',
        'unanswered.ask-posture.jp',
        'unanswered.ask-public-warning.jp',
        'firing-stopped',
        'first-impact',
        'satellite-notice',
        'link-claim',
        'island-count (2)',
        'launch-after-window',
        'launch-after-window.match.jp',
        'ask-restraint',
        'second-impact',
        'unanswered.ask-restraint.jp',
        'exercise-end',
      );
  });
});
