import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';
import type { LapseReason } from './obligation.js';

/** What control is told when every desk of an audience has let the time for an alert pass. */
export function unansweredDutyTexts(
  mode: Mode,
  alert: { texts: Texts; version: number },
  party: Names,
  lapsed: readonly { names: Names; reason: LapseReason }[],
): Texts {
  const named = (names: Names, language: string): string => names[language] ?? names['en-US'] ?? '';
  const headline = (language: string): string =>
    (alert.texts[language] ?? alert.texts['en-US'] ?? Object.values(alert.texts)[0])?.headline ?? '';
  const desks = (language: string, words: Record<LapseReason, string>, [open, close, comma]: Punctuation): string =>
    lapsed.map(({ names, reason }) => `${named(names, language)}${open}${words[reason]}${close}`).join(comma);
  return markedTexts(mode, {
    'ja-JP': {
      headline: `受領確認なし：${named(party, 'ja-JP')}の全当直席が期限超過`,
      description: `対象：「${headline('ja-JP')}」第${alert.version}版\n${desks('ja-JP', { NOT_DISPLAYED: '画面未表示', NOT_ACKNOWLEDGED: '受領未確認' }, ['（', '）', '、'])}\n電話など別の手段で直接連絡してください。`,
    },
    'ko-KR': {
      headline: `수신 확인 없음: ${named(party, 'ko-KR')} 측 모든 당직 부서 기한 초과`,
      description: `대상: "${headline('ko-KR')}" 제${alert.version}판\n${desks('ko-KR', { NOT_DISPLAYED: '화면 미표시', NOT_ACKNOWLEDGED: '수신 미확인' }, [' (', ')', ', '])}\n전화 등 다른 수단으로 직접 연락하십시오.`,
    },
    'en-US': {
      headline: `No acknowledgement: every duty desk of ${named(party, 'en-US')} is past its deadline`,
      description: `Subject: “${headline('en-US')}”, version ${alert.version}\n${desks('en-US', { NOT_DISPLAYED: 'not displayed', NOT_ACKNOWLEDGED: 'not acknowledged' }, [' (', ')', ', '])}\nReach them by telephone or another means.`,
    },
  });
}

type Punctuation = readonly [open: string, close: string, comma: string];
