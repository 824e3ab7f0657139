import type { Mode } from '../scenario/mode.js';
import { alertContent, alertFindings, statusOf, type AlertInfo, type AlertMessage } from './alert.js';

const message = (info: AlertInfo[], more: Partial<AlertMessage> = {}): AlertMessage => ({
  event: 'Missile launch',
  category: 'Security',
  urgency: 'Immediate',
  severity: 'Extreme',
  certainty: 'Observed',
  info,
  ...more,
});

const english = { language: 'en-US', headline: 'Take shelter' };

describe('statusOf', () => {
  it.each<[Mode, string]>([
    ['test', 'Test'],
    ['exercise', 'Exercise'],
    ['actual', 'Actual'],
  ])('a run of mode %s sends the CAP status %s', (mode, status) => {
    expect(statusOf(mode)).toBe(status);
  });
});

describe('alertFindings', () => {
  it.each<[Mode, AlertMessage['status'], boolean]>([
    ['test', undefined, true],
    ['test', 'Test', true],
    ['test', 'Exercise', false],
    ['test', 'Actual', false],
    ['exercise', undefined, true],
    ['exercise', 'Exercise', true],
    ['exercise', 'Test', false],
    ['exercise', 'Actual', false],
    ['actual', undefined, true],
    ['actual', 'Actual', true],
    ['actual', 'Test', false],
    ['actual', 'Exercise', false],
  ])('in mode %s the status %s may be sent: %s', (mode, status, sound) => {
    const findings = alertFindings(message([english], { status }), mode);
    expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(sound ? [] : ['STATUS_MODE status']);
    expect(findings.every(({ message: text }) => text.includes(statusOf(mode)))).toBe(true);
  });

  it('names each language that is given twice', () => {
    const twice = ['en-US', 'ja-JP', 'en-US', 'en-US'].map((language) => ({ language, headline: language }));
    expect(alertFindings(message(twice), 'test')).toEqual([
      { rule: 'LANGUAGE_TWICE', path: 'info[2].language', message: 'Give en-US once only' },
      { rule: 'LANGUAGE_TWICE', path: 'info[3].language', message: 'Give en-US once only' },
    ]);
  });

  it.each([
    ['TEXT_BLANK', { headline: ' \t' }],
    ['TEXT_DIRECTION', { headline: 'real \u202eTSET' }],
    ['TEXT_DIRECTION', { headline: 'a', description: '\u2067b' }],
    ['TEXT_DIRECTION', { headline: 'a', instruction: 'c\u2069' }],
  ])('refuses what could hide the marker or say nothing: %s', (rule, text) => {
    expect(alertFindings(message([{ language: 'en-US', ...text }]), 'test').map((finding) => finding.rule)).toEqual([
      rule,
    ]);
  });

  it('names who issued it', () => {
    expect(alertContent(message([english]), 'test', { 'en-US': 'Watch floor' }).actor).toEqual({
      'en-US': 'Watch floor',
    });
  });

  it('lists every finding at once', () => {
    const rules = alertFindings(message([english, english], { status: 'Actual' }), 'test').map(({ rule }) => rule);
    expect(rules).toEqual(['STATUS_MODE', 'LANGUAGE_TWICE']);
  });
});

describe('alertContent', () => {
  const inAll = [
    { language: 'ja-JP', headline: '避難せよ', description: '発射。', instruction: '屋内へ。' },
    { language: 'ko-KR', headline: '대피하라', description: '발사.' },
    { language: 'en-US', headline: 'Take shelter', instruction: 'Go inside.' },
    { language: 'fr', headline: 'Abritez-vous' },
  ];

  it.each<[Mode, string, string, string]>([
    ['test', '【試験】', '[시험]', 'TEST'],
    ['exercise', '【訓練】', '[훈련]', 'EXERCISE'],
  ])(
    'in mode %s says so first and last in each language, and in English where there is no word for it',
    (mode, ja, ko, en) => {
      expect(alertContent(message(inAll), mode).texts).toEqual({
        'ja-JP': { headline: `${ja}避難せよ${ja}`, description: `${ja}発射。\n屋内へ。${ja}` },
        'ko-KR': { headline: `${ko} 대피하라 ${ko}`, description: `${ko} 발사. ${ko}` },
        'en-US': { headline: `${en} Take shelter ${en}`, description: `${en} Go inside. ${en}` },
        fr: { headline: `${en} Abritez-vous ${en}` },
      });
    },
  );

  it('leaves the words of a real message alone', () => {
    expect(alertContent(message(inAll), 'actual').texts).toEqual({
      'ja-JP': { headline: '避難せよ', description: '発射。\n屋内へ。' },
      'ko-KR': { headline: '대피하라', description: '발사.' },
      'en-US': { headline: 'Take shelter', description: 'Go inside.' },
      fr: { headline: 'Abritez-vous' },
    });
  });

  it('marks once what its sender marked', () => {
    const own = [{ language: 'en-US', headline: 'EXERCISE Take shelter EXERCISE' }];
    expect(alertContent(message(own), 'exercise').texts['en-US']?.headline).toBe('EXERCISE Take shelter EXERCISE');
  });

  it('carries the mode and what the sender judged, and areas where there are some', () => {
    const areas = [{ circle: { latitude: 40, longitude: 130, radiusKm: 10 } }];
    const { texts, ...rest } = alertContent(message([english], { areas }), 'test');
    expect(Object.keys(texts)).toEqual(['en-US']);
    expect(rest).toEqual({
      ...{ mode: 'test', severity: 'Extreme', urgency: 'Immediate', certainty: 'Observed' },
      areas,
    });
    expect(alertContent(message([english]), 'test')).not.toHaveProperty('areas');
  });
});
