import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';

/** What is told of an answer: who decided what, and whether it came in time. The decision stays in the words it was typed in. */
export function answerTexts(
  mode: Mode,
  desk: Names,
  answer: { decision: string; option?: Names; inTime: boolean },
): Texts {
  const nameIn = (language: string): string => desk[language] ?? desk['en-US'] ?? '';
  const optionIn = (language: string): string => answer.option?.[language] ?? answer.option?.['en-US'] ?? '';
  return markedTexts(mode, {
    'ja-JP': {
      headline: `${nameIn('ja-JP')} 回答（${answer.inTime ? '期限内' : '期限後'}）`,
      description: [optionIn('ja-JP') && `選択：${optionIn('ja-JP')}`, `決定：${answer.decision}`]
        .filter(Boolean)
        .join('\n'),
    },
    'ko-KR': {
      headline: `${nameIn('ko-KR')} 답변 (${answer.inTime ? '기한 내' : '기한 후'})`,
      description: [optionIn('ko-KR') && `선택: ${optionIn('ko-KR')}`, `결정: ${answer.decision}`]
        .filter(Boolean)
        .join('\n'),
    },
    'en-US': {
      headline: `Answer from ${nameIn('en-US')} (${answer.inTime ? 'in time' : 'late'})`,
      description: [optionIn('en-US') && `Option: ${optionIn('en-US')}`, `Decision: ${answer.decision}`]
        .filter(Boolean)
        .join('\n'),
    },
  });
}

/** What is told when the time for an answer has passed without one. */
export function unansweredTexts(mode: Mode, party: Names, question: Texts): Texts {
  const questionIn = (language: string): string => question[language]?.headline ?? question['en-US']?.headline ?? '';
  const partyIn = (language: string): string => party[language] ?? party['en-US'] ?? '';
  return markedTexts(mode, {
    'ja-JP': { headline: `回答期限経過：${partyIn('ja-JP')} 未回答`, description: questionIn('ja-JP') },
    'ko-KR': { headline: `답변 기한 경과: ${partyIn('ko-KR')} 미답변`, description: questionIn('ko-KR') },
    'en-US': { headline: `Deadline passed: no answer from ${partyIn('en-US')}`, description: questionIn('en-US') },
  });
}
