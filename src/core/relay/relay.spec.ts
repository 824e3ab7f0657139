import { alertContent, alertFindings } from '../alert/alert.js';
import type { CapAlert, CapInfo } from '../cap/cap.js';
import { relay, replacedBy, type RelayDecision, type RelaySource } from './relay.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const SOURCE: RelaySource = {
  sender: 'kma@example.org',
  names: { 'ja-JP': '気象庁（韓国）', 'ko-KR': '기상청', 'en-US': 'Weather Agency' },
  languages: [],
  asTest: false,
  maxAgeS: 86_400,
};
const infoOf = (more: Partial<CapInfo> = {}): CapInfo => ({
  language: 'ko-KR',
  category: ['Met'],
  event: '호우',
  responseType: [],
  urgency: 'Expected',
  severity: 'Severe',
  certainty: 'Likely',
  eventCode: [],
  headline: '호우 경보',
  description: '비가 많이 옵니다.',
  parameter: [],
  resource: [],
  area: [],
  ...more,
});
const alertOf = (more: Partial<CapAlert> = {}): CapAlert => ({
  identifier: 'a-1',
  sender: SOURCE.sender,
  sent: '2026-11-24T20:59:00+09:00',
  status: 'Test',
  msgType: 'Alert',
  scope: 'Public',
  code: [],
  info: [infoOf()],
  ...more,
});
const decide = (alert: Partial<CapAlert> = {}, source: Partial<RelaySource> = {}): RelayDecision =>
  relay(alertOf(alert), { ...SOURCE, ...source }, NOW);

function relayed(alert: Partial<CapAlert> = {}, source: Partial<RelaySource> = {}): RelayDecision & { kind: 'relay' } {
  const decision = decide(alert, source);
  if (decision.kind !== 'relay') {
    throw new Error(decision.reason);
  }
  return decision;
}

describe('replacedBy', () => {
  const references = `${SOURCE.sender},a-0,2026-11-24T20:00:00+09:00`;
  const named = [{ sender: SOURCE.sender, identifier: 'a-0', sent: '2026-11-24T20:00:00+09:00' }];

  it.each<[string, Partial<CapAlert>, object[]]>([
    ['what an update replaces', { msgType: 'Update' }, named],
    ['what a cancel takes back, also when it is not relayed', { msgType: 'Cancel', status: 'Actual' }, named],
    ['nothing for an alert that only mentions it', {}, []],
    ['nothing for an acknowledgement', { msgType: 'Ack' }, []],
    ['nothing for a draft', { msgType: 'Cancel', status: 'Draft' }, []],
    ['nothing for another sender', { msgType: 'Cancel', sender: 'other@example.org' }, []],
    ['nothing for a name that nothing can have', { msgType: 'Cancel', references: references.replace('a-0', 'a'.repeat(2_000)) }, []],
  ])('is %s', (_, alert, expected) => {
    expect(replacedBy(alertOf({ references, ...alert }), SOURCE)).toEqual(expected);
  }); // prettier-ignore
});

describe('relay', () => {
  it.each<[string, Partial<CapAlert>, string]>([
    ['of another sender', { sender: 'other@example.org' }, 'SENDER'],
    ['that is meant', { status: 'Actual' }, 'STATUS_ACTUAL'],
    ['of the system', { status: 'System' }, 'STATUS'],
    ['that is a draft', { status: 'Draft' }, 'STATUS'],
    ['that acknowledges', { msgType: 'Ack' }, 'MSG_TYPE'],
    ['that tells an error', { msgType: 'Error' }, 'MSG_TYPE'],
    ['that is not for everybody', { scope: 'Restricted' }, 'SCOPE'],
    ['for named addresses', { scope: 'Private' }, 'SCOPE'],
    ['without a word', { info: [] }, 'NO_INFO'],
    ['that is over', { info: [infoOf({ expires: '2026-11-24T21:00:00+09:00' })] }, 'EXPIRED'],
    ['of years ago that never expires', { sent: '2019-11-24T20:59:00+09:00' }, 'TOO_OLD'],
    ['of a second more than a day ago', { sent: '2026-11-23T20:59:59+09:00' }, 'TOO_OLD'],
    ['of nobody knows when', { sent: 'lately' }, 'TOO_OLD'],
    ['that is grave in its own words', { info: [infoOf({ severity: 'Terrible' })] }, 'NOT_CLASSIFIED'],
  ])('refuses a message %s', (_, alert, reason) => {
    expect(decide(alert)).toEqual({ kind: 'refuse', reason });
  });

  it('names the source in every language, also where the source gave no text', () => {
    const { message } = relayed();
    expect(Object.fromEntries(message.info.map(({ language, headline }) => [language, headline]))).toEqual({
      'ko-KR': '[중계: 기상청] 호우 경보',
      'ja-JP': '【転送：気象庁（韓国）】호우 경보',
      'en-US': 'RELAYED from Weather Agency: 호우 경보',
    });
    expect(message.info.find(({ language }) => language === 'en-US')?.description).toBe(
      'The source gave no text in English. This is the original (ko-KR).\n비가 많이 옵니다.',
    );
  });

  it('relays what is meant as a test only, and says so first and last and in words', () => {
    const { message } = relayed({ status: 'Actual' }, { asTest: true });
    expect(message.status).toBeUndefined();
    expect(alertFindings(message, 'test')).toEqual([]);
    const { mode, texts } = alertContent(message, 'test');
    expect(mode).toBe('test');
    expect(texts['ja-JP']?.headline).toBe('【試験】【転送：気象庁（韓国）】호우 경보【試験】');
    expect(texts['ko-KR']?.headline).toMatch(/^\[시험\] .* \[시험\]$/);
    expect(texts['en-US']?.headline).toMatch(/^TEST .* TEST$/);
    expect(texts['en-US']?.description).toContain(
      'The source sent this as Actual. Here it is relayed as part of a test.',
    );
    expect(texts['ko-KR']?.description).toContain('여기서는 시험용으로 중계합니다');
    expect(texts['ja-JP']?.description).toContain('ここでは試験として転送しています');
  });

  it('takes a cancellation however late, with what it cancels', () => {
    const { msgType, references } = relayed({
      msgType: 'Cancel',
      sent: '2019-11-24T20:59:00+09:00',
      references: `${SOURCE.sender},a-0,2026-11-24T20:00:00+09:00`,
      info: [infoOf({ expires: '2026-11-24T20:30:00+09:00' })],
    });
    expect(msgType).toBe('Cancel');
    expect(references).toEqual([{ sender: SOURCE.sender, identifier: 'a-0', sent: '2026-11-24T20:00:00+09:00' }]);
  });

  it('relays the languages that are asked for, and one text for each', () => {
    const english = infoOf({ language: 'en', headline: 'Heavy rain', description: 'Much rain.' });
    const south = infoOf({ headline: '호우 주의보', description: '남부' });
    const info = [infoOf(), english, south];
    const { message } = relayed({ info }, { languages: ['en-US'] });
    expect(message.info.map(({ language, headline }) => [language, headline])).toEqual([
      ['en-US', 'RELAYED from Weather Agency: Heavy rain'],
      ['ja-JP', '【転送：気象庁（韓国）】Heavy rain'],
      ['ko-KR', '[중계: 기상청] Heavy rain'],
    ]);
    const both = relayed({ info }).message.info.find(({ language }) => language === 'ko-KR');
    expect(both?.description).toBe('비가 많이 옵니다.\n호우 주의보\n남부');
  });

  it('takes shapes over, latitude first, or the area of the source', () => {
    const area = {
      areaDesc: 'x',
      polygon: ['37,126 38,126 38,127 37,126', 'bad'],
      circle: ['35,129 12.5'],
      geocode: [],
    };
    expect(relayed({ info: [infoOf({ area: [area] })] }).message.areas).toEqual([
      { polygon: [[37, 126], [38, 126], [38, 127]] },
      { circle: { latitude: 35, longitude: 129, radiusKm: 12.5 } },
    ]); // prettier-ignore
    const own = { circle: { latitude: 37, longitude: 127, radiusKm: 100 } };
    expect(relayed({}, { area: own }).message.areas).toEqual([own]);
    expect(relayed().message.areas).toBeUndefined();
  });

  it('leaves out what turns the direction of writing, and cuts what is too long', () => {
    const { message } = relayed({ info: [infoOf({ headline: `\u202e${'긴'.repeat(500)}`, description: 'x'.repeat(9_000) })] }); // prettier-ignore
    expect(alertFindings(message, 'test')).toEqual([]);
    expect(message.info.every(({ headline, description = '' }) => headline.length < 400 && description.length <= 4_000)).toBe(true); // prettier-ignore
  });
});
