import type { Names } from '../scenario/scenario.schema.js';
import type { LapseReason } from './obligation.js';
import { unansweredDutyTexts } from './obligation.texts.js';

const party = { 'ja-JP': '日本', 'ko-KR': '일본', 'en-US': 'Japan' };
const lapsed: { names: Names; reason: LapseReason }[] = [
  {
    names: { 'ja-JP': '防衛省 当直', 'ko-KR': '방위성 당직', 'en-US': 'Ministry of Defense duty desk' },
    reason: 'NOT_DISPLAYED',
  },
  { names: { 'en-US': 'Taipei desk' }, reason: 'NOT_ACKNOWLEDGED' },
];
const alert = {
  version: 2,
  texts: { 'ja-JP': { headline: 'ミサイル発射' }, 'en-US': { headline: 'Missile launch' } },
};

describe('unansweredDutyTexts', () => {
  it('says which alert, which desks and why, and what to do', () => {
    expect(unansweredDutyTexts('actual', alert, party, lapsed)).toEqual({
      'ja-JP': {
        headline: '受領確認なし：日本の全当直席が期限超過',
        description:
          '対象：「ミサイル発射」第2版\n防衛省 当直（画面未表示）、Taipei desk（受領未確認）\n電話など別の手段で直接連絡してください。',
      },
      'ko-KR': {
        headline: '수신 확인 없음: 일본 측 모든 당직 부서 기한 초과',
        description:
          '대상: "Missile launch" 제2판\n방위성 당직 (화면 미표시), Taipei desk (수신 미확인)\n전화 등 다른 수단으로 직접 연락하십시오.',
      },
      'en-US': {
        headline: 'No acknowledgement: every duty desk of Japan is past its deadline',
        description:
          'Subject: “Missile launch”, version 2\nMinistry of Defense duty desk (not displayed), Taipei desk (not acknowledged)\nReach them by telephone or another means.',
      },
    });
  });

  it('is marked as what it is in a test and an exercise', () => {
    expect(unansweredDutyTexts('exercise', alert, party, lapsed)['ja-JP']?.headline).toMatch(/^【訓練】.*【訓練】$/);
    expect(unansweredDutyTexts('test', alert, party, lapsed)['en-US']?.headline).toMatch(/^TEST .* TEST$/);
  });
});
