import { languageFindings } from '../language/language-findings.js';
import { runTimeOf } from '../time/time.js';
import { pledge } from './acts.fixture.js';
import { declarationTexts } from './restraint.texts.js';

const declaration = pledge('KR', {
  acts: ['fire', 'drill-fire'],
  against: ['KP'],
  from: runTimeOf('2031-05-20T09:00:00+09:00'),
  until: runTimeOf('2031-05-21T09:00:00+09:00'),
});

describe('the texts of a declaration', () => {
  it('say who will not do what, to whom, unless what, and until when', () => {
    expect(declarationTexts('exercise', declaration, 'stated')).toEqual({
      'ja-JP': {
        headline: '【訓練】自制の宣言：韓国【訓練】',
        description:
          '【訓練】韓国は攻撃を受けない限り、北朝鮮に対し、次の行為を行わない：射撃、訓練射撃。期間：2031年5月20日 9時00分（00:00Z）から2031年5月21日 9時00分（00:00Z）まで。【訓練】',
      },
      'ko-KR': {
        headline: '[훈련] 자제 선언: 대한민국 [훈련]',
        description:
          '[훈련] 대한민국, 공격을 받지 않는 한 북한에 대해 다음 행위를 하지 않음: 사격, 훈련사격. 기간: 2031년 5월 20일 09:00(00:00Z)부터 2031년 5월 21일 09:00(00:00Z)까지. [훈련]',
      },
      'en-US': {
        headline: 'EXERCISE Declaration of restraint: Republic of Korea EXERCISE',
        description:
          'EXERCISE Republic of Korea will not do this towards DPRK, unless attacked: fire, drill fire. From 20 May 2031 00:00Z until 21 May 2031 00:00Z. EXERCISE',
      },
    });
  });

  it.each(['stated', 'withdrawn'] as const)('say the same in every language when %s', (stage) => {
    const texts = declarationTexts('actual', { ...declaration, unless: { kind: 'attacked', by: ['KP'] } }, stage);
    const infos = Object.entries(texts).map(([language, text]) => ({ language, ...text }));
    expect(languageFindings(infos)).toEqual([]);
  });
});
