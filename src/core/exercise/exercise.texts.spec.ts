import type { Mode } from '../scenario/mode.js';
import type { Texts } from '../scenario/scenario.schema.js';
import { answerTexts, unansweredTexts } from './exercise.texts.js';

const desk = { 'ja-JP': '防衛省 当直', 'ko-KR': '방위성 당직', 'en-US': 'Ministry of Defense duty desk' };
const option = { 'ja-JP': '表明する', 'ko-KR': '표명한다', 'en-US': 'Declare it' };
const party = { 'ja-JP': '日本', 'ko-KR': '일본', 'en-US': 'Japan' };
const question: Texts = {
  'ja-JP': { headline: 'どうするか。' },
  'ko-KR': { headline: '어떻게 할 것인가?' },
  'en-US': { headline: 'What now?' },
};

const MARKERS: Record<Exclude<Mode, 'actual'>, Record<string, string>> = {
  test: { 'ja-JP': '【試験】', 'ko-KR': '[시험]', 'en-US': 'TEST' },
  exercise: { 'ja-JP': '【訓練】', 'ko-KR': '[훈련]', 'en-US': 'EXERCISE' },
};

describe('answerTexts', () => {
  it('says who decided what, and that it came in time', () => {
    expect(answerTexts('actual', desk, { decision: '明朝まで待つ', option, inTime: true })).toEqual({
      'ja-JP': { headline: '防衛省 当直 回答（期限内）', description: '選択：表明する\n決定：明朝まで待つ' },
      'ko-KR': { headline: '방위성 당직 답변 (기한 내)', description: '선택: 표명한다\n결정: 明朝まで待つ' },
      'en-US': {
        headline: 'Answer from Ministry of Defense duty desk (in time)',
        description: 'Option: Declare it\nDecision: 明朝まで待つ',
      },
    });
  });

  it('says that it came late, and leaves out an option that was not chosen', () => {
    expect(answerTexts('actual', desk, { decision: 'Wait', inTime: false })).toEqual({
      'ja-JP': { headline: '防衛省 当直 回答（期限後）', description: '決定：Wait' },
      'ko-KR': { headline: '방위성 당직 답변 (기한 후)', description: '결정: Wait' },
      'en-US': { headline: 'Answer from Ministry of Defense duty desk (late)', description: 'Decision: Wait' },
    });
  });

  it('uses the English name where a party gives none in a language', () => {
    const texts = answerTexts('actual', { 'en-US': 'Taipei desk' }, { decision: 'Wait', inTime: true });
    expect(texts['ja-JP']?.headline).toBe('Taipei desk 回答（期限内）');
    expect(texts['ko-KR']?.headline).toBe('Taipei desk 답변 (기한 내)');
  });
});

describe('unansweredTexts', () => {
  it('says whose time has passed, and for which question', () => {
    expect(unansweredTexts('actual', party, question)).toEqual({
      'ja-JP': { headline: '回答期限経過：日本 未回答', description: 'どうするか。' },
      'ko-KR': { headline: '답변 기한 경과: 일본 미답변', description: '어떻게 할 것인가?' },
      'en-US': { headline: 'Deadline passed: no answer from Japan', description: 'What now?' },
    });
  });

  it('uses English where the party or the question has no other language', () => {
    const texts = unansweredTexts('actual', { 'en-US': 'UN' }, { 'en-US': { headline: 'What now?' } });
    expect(texts['ja-JP']).toEqual({ headline: '回答期限経過：UN 未回答', description: 'What now?' });
  });
});

describe.each(['test', 'exercise'] as const)('in a run of mode %s', (mode) => {
  it.each([
    ['an answer', answerTexts(mode, desk, { decision: 'Wait', option, inTime: true })],
    ['a missed deadline', unansweredTexts(mode, party, question)],
  ])('%s is marked first and last in every language', (_, texts) => {
    expect(Object.keys(texts)).toEqual(['ja-JP', 'ko-KR', 'en-US']);
    for (const [language, { headline, description }] of Object.entries(texts)) {
      const marker = MARKERS[mode][language] ?? '?';
      for (const text of [headline, description]) {
        expect(text?.startsWith(marker)).toBe(true);
        expect(text?.endsWith(marker)).toBe(true);
        expect(text?.length).toBeGreaterThan(2 * marker.length);
      }
    }
  });
});
