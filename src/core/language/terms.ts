/** The words of one concept in each language; a word of it in one language wants a word of it in the others. */
export interface Term {
  readonly concept: string;
  readonly ja: RegExp;
  readonly ko: RegExp;
  readonly en: RegExp;
}

/** Concepts that are mistaken for one another, where the mistake changes what people do. */
export interface TermGroup {
  readonly about: string;
  readonly terms: readonly Term[];
  /** Words that leave open which of the concepts is meant: no counterpart is wanted where one of them stands. */
  readonly open?: Omit<Term, 'concept'>;
  /** Whether a concept that another language does not mention at all is a finding, too. */
  readonly mustAppear: boolean;
  readonly source: string;
}

/**
 * The traps, each from an incident or a rule. Regular expressions are matched against NFKC text, without regard to case;
 * the words quoted in a finding are what they matched.
 */
export const TERM_GROUPS: readonly TermGroup[] = [
  {
    about: 'what was launched',
    terms: [
      { concept: 'missile', ja: /ミサイル/, ko: /미사일/, en: /\b(missiles?|IRBM|ICBM|SLBM|SRBM|MRBM)\b/i },
      { concept: 'satellite', ja: /衛星|打ち?上げ/, ko: /(?<!방)위성/, en: /\bsatellites?\b/i },
    ],
    open: {
      ja: /飛翔体|発射体|ロケット|弾道弾|発射/,
      ko: /발사체|로켓|탄도탄|발사/,
      en: /\b(projectiles?|objects?|rockets?|launch\w*|notices?)\b/i,
    },
    mustAppear: true,
    source: 'Taiwan, 9 January 2024: "satellite" in one language, "missile" in the other (Taipei Times, 2024-01-13)',
  },
  {
    about: 'how an alert ends',
    terms: [
      {
        concept: 'release',
        ja: /解除/,
        ko: /해제/,
        en: /\ball[- ]clear\b|\blift(ed|s|ing)?\b|\breleased?\b|call for evacuation will be cancell?ed/i,
      },
      {
        concept: 'correction',
        ja: /訂正|誤報|誤って発令|誤りでした/,
        ko: /정정|오발령|오보|오경보/,
        en: /\bcorrect(s|ed|ion|ions|ing)\b|\bfalse (alarm|alert)s?\b|\bin error\b/i,
      },
      {
        concept: 'withdrawal',
        ja: /取り?消|取りやめ|撤回/,
        ko: /취소|철회/,
        en: /(?<!evacuation will be )\bcancell?(ed|ation|s)\b|\bwithdr(awn|ew|aws?)\b|\bwill not take place\b/i,
      },
    ],
    mustAppear: true,
    source:
      'Seoul, 31 May 2023: "오발령" and "해제" for one alert; three verbs stay different (CAP 1.2, section 3.2.1)',
  },
  {
    about: 'which warning',
    terms: [
      {
        concept: 'civil-defense-alert',
        ja: /警戒警報/,
        ko: /경계경보/,
        en: /\bcivil[- ]defen[sc]e (alert|warning)\b|\balert warning\b/i,
      },
      { concept: 'air-raid', ja: /空襲/, ko: /공습/, en: /\bair[- ]raids?\b/i },
    ],
    mustAppear: true,
    source: 'Kinds of civil-defence warnings of the Republic of Korea: be ready to shelter, or shelter now',
  },
  {
    about: 'drill or test',
    terms: [
      { concept: 'drill', ja: /訓練/, ko: /훈련/, en: /\b(exercises?|drills?)\b/i },
      { concept: 'test', ja: /試験|テスト/, ko: /시험|테스트/, en: /\btest(s|ed|ing)?\b/i },
    ],
    mustAppear: false,
    source: 'CAP 1.2, section 3.2.1 (status): Exercise and Test are different; J-Alert knows 訓練報 and 試験報',
  },
  {
    about: 'where it went',
    terms: [
      { concept: 'passed', ja: /通過/, ko: /통과/, en: /\bpass(ed|es|ing)?\b|\bflew over\b|\bflyover\b/i },
      {
        concept: 'fell',
        ja: /落下|着弾|落ち/,
        ko: /낙하|낙탄|착탄|떨어/,
        en: /\b(fell|fall(s|ing)?|drop(ped|s)?|impact(ed|s)?|came down|come down|landed)\b/i,
      },
    ],
    mustAppear: false,
    source: 'J-Alert has different phrases for a missile that passed (129) and one that fell (130, 134)',
  },
];
