import { isAnothersSender } from './alert-to-cap.js';
import { enteredIssuer } from './entered.js';
import type { CapInfo } from '../cap/cap.js';

const DESK = { 'ja-JP': '防衛省 当直', 'ko-KR': '방위성 당직', 'en-US': 'Ministry of Defense duty desk' };
const block = (language: string | undefined, senderName?: string): CapInfo => ({ language, senderName }) as CapInfo;

describe('enteredIssuer', () => {
  it('names in each language who speaks and who entered it', () => {
    const info = [block('ja-JP', '気象庁'), block('ko-KR', '일본 기상청'), block('en-US', 'JMA')];
    expect(enteredIssuer({ sender: 'a@b.example', info }, DESK)).toEqual({
      'ja-JP': '気象庁（入力：防衛省 当直）',
      'ko-KR': '일본 기상청 (입력: 방위성 당직)',
      'en-US': 'JMA, entered by Ministry of Defense duty desk',
    });
  });

  it.each<[string, CapInfo[], string, Record<string, string>]>([
    [
      'its sender where it gives no name',
      [block(undefined)],
      'a@b.example',
      { 'ko-KR': 'a@b.example (입력: 방위성 당직)' },
    ],
    ['its sender where it says nothing', [], 'a@b.example', { 'ja-JP': 'a@b.example（入力：防衛省 当直）' }],
    [
      'in English for other languages',
      [block('zh-CN', '气象局')],
      'x',
      { 'zh-CN': '气象局, entered by Ministry of Defense duty desk' },
    ],
    [
      'nothing invisible',
      [block('en-US', ' Korea\u202e\n\t (JCS)\u200b ')],
      'x',
      { 'en-US': 'Korea (JCS), entered by Ministry of Defense duty desk' },
    ],
    [
      'no more than fits beside the desk',
      [block('en-US', '𠮷'.repeat(5000))],
      'x',
      { 'en-US': `${'𠮷'.repeat(119)}…, entered by Ministry of Defense duty desk` },
    ],
  ])('says %s', (_, info, sender, expected) => {
    expect(enteredIssuer({ sender, info }, DESK)).toMatchObject(expected);
  });
});

describe('isAnothersSender', () => {
  it.each([
    ['jp-cas@triwatch.invalid', false],
    ['kr-jcs@triwatch.invalid', true],
    [' JP-CAS@TRIWATCH.INVALID ', true],
    ['x@desk.triwatch.invalid', true],
    ['kr-jcs@triwatch.invalid.', true],
    ['warnings@weather.example', false],
    ['notriwatch.invalid', false],
  ])('%s: %s', (sender, others) => {
    expect(isAnothersSender(sender, 'jp-cas@triwatch.invalid')).toBe(others);
  });
});
