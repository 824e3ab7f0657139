import { claimsOtherMode } from './reality-words.js';
import { markedTexts, type Marking } from '../scenario/marker.js';

describe('words that claim another mode', () => {
  it.each([
    'BALLISTIC MISSILE THREAT INBOUND TO HAWAII. SEEK IMMEDIATE SHELTER. THIS IS NOT A DRILL.',
    'this is  not a\ndrill',
    'This is not an exercise',
    'ＴＨＩＳ ＩＳ ＮＯＴ Ａ ＤＲＩＬＬ',
    'THIS IS NOT A DR\u200bILL',
    'これは訓練ではありません。',
    '実際の警報です',
    '실제상황입니다',
    '실제 상황, 즉시 대피',
    '이것은 훈련이 아닙니다',
  ])('are refused in a drill: %s', (text) => {
    expect(claimsOtherMode(text, 'exercise')).toBe('CLAIMS_REALITY');
    expect(claimsOtherMode(text, 'test')).toBe('CLAIMS_REALITY');
  });

  it.each([
    'No actual launch was seen',
    'This is a drill',
    'Missile test announced',
    'これは訓練です。実際の警報ではありません。',
    '실제 상황이 아닙니다',
    '실제상황 아님',
    '훈련입니다. 실제상황이 아닙니다.',
  ])('are none in a drill: %s', (text) => {
    expect(claimsOtherMode(text, 'exercise')).toBeUndefined();
  });

  it.each([
    'EXERCISE EXERCISE EXERCISE',
    'TEST: launch detected',
    'THIS IS A TEST of the National Wireless Emergency Alert System. No action is needed.',
    '【訓練】ミサイル発射',
    '（訓練）ミサイル発射',
    '訓練放送を行います',
    'これは、Jアラートのテストです。',
    '[훈련] 미사일 발사',
    '(훈련) 경계경보',
    '훈련 공습경보를 발령합니다',
    '훈련상황입니다',
    '미사일 발사. 실제 상황이 아닙니다.',
  ])('are refused in what is actual: %s', (text) => {
    expect(claimsOtherMode(text, 'actual')).toBe('CLAIMS_DRILL');
  });

  it.each([
    'Missile test launch detected',
    'TEST FIRING OF A BALLISTIC MISSILE DETECTED',
    'Exercise Freedom Shield begins',
    'The launch came during an exercise',
    'ミサイル発射訓練に伴う飛翔体を探知',
    '試験発射とみられる',
    '북한, 발사 훈련 실시',
    '북한군 훈련상황 파악 중',
    '시험발사로 추정',
    '실제상황입니다',
    'Tested at 06:00',
  ])('are none in what is actual: %s', (text) => {
    expect(claimsOtherMode(text, 'actual')).toBeUndefined();
  });

  it.each<Marking>(['test', 'exercise', 'replay'])('are found in every text that we mark as %s', (marking) => {
    const text = { headline: 'x', description: 'y' };
    const marked = markedTexts(marking, { 'ja-JP': text, 'ko-KR': text, 'en-US': text });
    for (const { headline, description } of Object.values(marked)) {
      expect(claimsOtherMode(headline, 'actual')).toBe('CLAIMS_DRILL');
      expect(claimsOtherMode(description ?? '', 'actual')).toBe('CLAIMS_DRILL');
      // A drill may say that it is one.
      expect(claimsOtherMode(headline, 'exercise')).toBeUndefined();
    }
  });
});
