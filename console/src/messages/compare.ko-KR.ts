import type { CompareMessages } from './compare.en-US.js';

export const compareKoKr: CompareMessages = {
  title: '공유 체계 비교',
  open: '이 시나리오로 공유 체계 비교',
  lead: '선택한 국면의 정보를 각 공유 체계에서 시행 횟수만큼 돌려 보고 기록과 나란히 표시합니다.',
  arrangements: '비교할 공유 체계(1~10개)',
  hypothetical: '가상',
  seeds: '시행 횟수',
  strict: '유효 기간 내 대상 사안만 공유',
  compare: '비교',
  computing: (seconds) => `계산하는 중… ${seconds}초`,
  failures: {
    COMPARE_BUSY: '다른 비교를 계산하고 있습니다. 몇 초 뒤에 다시 시도하십시오.',
    COMPARE_TOO_LARGE: '한 번에 계산할 수 있는 양을 넘었습니다. 시행 횟수나 공유 체계를 줄이십시오.',
  },
  figure: '그림',
  saveFigure: 'SVG 저장',
  capitals: '수도별',
  items: '사안별',
  ofItems: (n, total) => `${total}건 중 ${n}건`,
  cities: '시행의 중앙값. 음수는 대피 문자가 최접근보다 늦음을 뜻합니다.',
  noText: '문자 없음',
  notFlown: '이 비행체는 모형의 대상이 아닙니다.',
  basis: { rule: '모형의 규칙', assumed: '가정', sourced: '출처 있음' },
  latency: (least, often, most) => `${least}~${most}초, 최빈 ${often}초`,
};
