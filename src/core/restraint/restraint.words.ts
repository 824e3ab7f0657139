import type { LogAct } from './log-acts.js';
import type { Reason, Verdict } from './restraint.js';

export const LEDGER_LANGUAGES = ['ja-JP', 'ko-KR', 'en-US'] as const;
export type LedgerLanguage = (typeof LEDGER_LANGUAGES)[number];

/** How a ledger is worded in one language. It names what was done, and judges nobody. */
export interface RestraintWords {
  readonly acts: Readonly<Record<LogAct | 'none', string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
}

const ENGLISH: RestraintWords = {
  acts: {
    fire: 'fire',
    'fire-across-line': 'fire across the line',
    strike: 'strike by aircraft or missile',
    enter: 'entry',
    seize: 'seizure',
    'drill-fire': 'drill fire',
    warn: 'warning',
    cease: 'fire ends',
    none: 'no such act',
  },
  verdicts: {
    kept: 'kept',
    broken: 'broken',
    answered: 'answered',
    disputed: 'disputed',
    'cannot-tell': 'cannot tell',
  },
  reasons: {
    'act-not-named': 'the declaration does not name this act',
    'not-towards-them': 'not towards those whom the declaration names',
    'outside-area': 'outside the area of the declaration',
    'no-condition': 'the declaration has no condition',
    'no-attack-before': 'no attack is logged before it',
    'attack-before': 'an attack is logged before it',
    'act-disputed': 'the parties differ on this act',
    'attack-disputed': 'the parties differ on whether an attack came before it',
    'term-uncertain': 'its time reaches over the limits of the term',
    'place-uncertain': 'its place may lie inside or outside the area',
    'order-uncertain': 'which came first cannot be told',
  },
};

const JAPANESE: RestraintWords = {
  acts: {
    fire: '射撃',
    'fire-across-line': '境界線を越える射撃',
    strike: '航空機・ミサイルによる攻撃',
    enter: '進入',
    seize: '拿捕・占拠',
    'drill-fire': '訓練射撃',
    warn: '警告',
    cease: '射撃終了',
    none: '該当行為なし',
  },
  verdicts: {
    kept: '遵守',
    broken: '不遵守',
    answered: '攻撃への対応',
    disputed: '争いあり',
    'cannot-tell': '判定不能',
  },
  reasons: {
    'act-not-named': '宣言の対象外の行為',
    'not-towards-them': '宣言の相手方に対するものではない',
    'outside-area': '宣言の区域外',
    'no-condition': '宣言に条件なし',
    'no-attack-before': 'これに先立つ攻撃の記録なし',
    'attack-before': 'これに先立つ攻撃の記録あり',
    'act-disputed': '行為について当事者の主張が異なる',
    'attack-disputed': '先立つ攻撃の有無について当事者の主張が異なる',
    'term-uncertain': '時刻の幅が宣言期間の境にかかる',
    'place-uncertain': '場所が区域の内か外か不明',
    'order-uncertain': '先後関係不明',
  },
};

const KOREAN: RestraintWords = {
  acts: {
    fire: '사격',
    'fire-across-line': '경계선을 넘는 사격',
    strike: '항공기·미사일 공격',
    enter: '진입',
    seize: '나포·점거',
    'drill-fire': '훈련사격',
    warn: '경고',
    cease: '사격 종료',
    none: '해당 행위 없음',
  },
  verdicts: {
    kept: '준수',
    broken: '미준수',
    answered: '대응',
    disputed: '주장 상이',
    'cannot-tell': '판단 불가',
  },
  reasons: {
    'act-not-named': '선언 대상이 아닌 행위',
    'not-towards-them': '선언 상대방에 대한 행위가 아님',
    'outside-area': '선언 구역 밖',
    'no-condition': '선언에 조건 없음',
    'no-attack-before': '앞선 공격의 기록 없음',
    'attack-before': '앞선 공격의 기록 있음',
    'act-disputed': '행위에 대한 당사자 주장이 서로 다름',
    'attack-disputed': '앞선 공격 여부에 대한 당사자 주장이 서로 다름',
    'term-uncertain': '시각의 오차 범위가 선언 기간의 경계에 걸침',
    'place-uncertain': '장소가 구역 안인지 밖인지 불명',
    'order-uncertain': '선후 관계 불명',
  },
};

export const RESTRAINT_WORDS: Readonly<Record<LedgerLanguage, RestraintWords>> = {
  'ja-JP': JAPANESE,
  'ko-KR': KOREAN,
  'en-US': ENGLISH,
};
