import type { Field } from '../arrangement/arrangement.schema.js';

/** What a reader of a comparison is told besides names, in one language. */
export interface CompareWords {
  readonly tag: string;
  readonly title: (scenario: string) => string;
  readonly subtitle: (seeds: number) => string;
  readonly record: string;
  readonly notKnown: string;
  readonly notOnRecord: string;
  readonly firstHand: string;
  readonly partly: string;
  readonly axis: string;
  readonly sources: string;
  readonly assumed: string;
  readonly outsideDates: string;
  readonly outsideSubject: string;
  readonly hypothetical: string;
  readonly capitals: Readonly<Record<string, string>>;
  readonly columns: Readonly<
    Record<
      | 'capital'
      | 'arrangement'
      | 'items'
      | 'known'
      | 'newlyKnown'
      | 'after'
      | 'saved'
      | 'withheld'
      | 'item'
      | 'assumptions',
      string
    >
  >;
  readonly fields: Readonly<Record<Field, string>>;
  readonly without: string;
  readonly saved: string;
  readonly warning: string;
  readonly sensors: string;
  readonly city: string;
  readonly nearest: string;
  readonly whole: string;
}

const WORDS: readonly CompareWords[] = [
  {
    tag: 'en-US',
    title: (scenario) => `Who would have known when: ${scenario}`,
    subtitle: (seeds) =>
      `Time from the event until a capital knows; dot = median, bar = 10 % to 90 % of ${seeds} seeds`,
    record: 'the record',
    notKnown: 'not known',
    notOnRecord: 'not on record',
    firstHand: 'first-hand',
    partly: 'in part',
    axis: 'after the event',
    sources: 'Sources',
    assumed: 'Latencies are assumptions unless a source is named; see the list printed with the result.',
    outsideDates: 'outside its dates',
    outsideSubject: 'outside its subject',
    hypothetical: 'hypothetical',
    capitals: { JP: 'Tokyo', KR: 'Seoul', US: 'Washington' },
    columns: {
      capital: 'capital',
      arrangement: 'arrangement',
      items: 'items',
      known: 'known',
      newlyKnown: 'not on record',
      after: 'median after',
      saved: 'median saved',
      withheld: 'withheld in',
      item: 'item',
      assumptions: 'What this rests on',
    },
    fields: {
      'launch-point': 'launch point',
      'flight-track': 'flight track',
      'impact-point': 'impact point',
      time: 'time',
      place: 'place',
      actor: 'actor',
      narrative: 'narrative',
      terms: 'terms',
    },
    without: 'without',
    saved: 'saved',
    warning: 'Warning time left, from sensors to shelter text',
    sensors: 'word from own sensors after',
    city: 'city',
    nearest: 'nearest after, distance',
    whole: 'whole after',
  },
  {
    tag: 'ja-JP',
    title: (scenario) => `各国はいつ知り得たか：${scenario}`,
    subtitle: (seeds) => `事象発生から把握までの時間。点は中央値、線は${seeds}回の試行の10～90％`,
    record: '記録',
    notKnown: '把握せず',
    notOnRecord: '記録なし',
    firstHand: '自ら把握',
    partly: '一部',
    axis: '事象発生からの経過',
    sources: '出典',
    assumed: '所要時間は、出典のあるものを除き仮定。結果に添えた一覧を参照。',
    outsideDates: '有効期間外',
    outsideSubject: '対象外の事項',
    hypothetical: '仮想',
    capitals: { JP: '東京', KR: 'ソウル', US: 'ワシントン' },
    columns: {
      capital: '首都',
      arrangement: '取決め',
      items: '件数',
      known: '把握',
      newlyKnown: '記録にない把握',
      after: '所要（中央値）',
      saved: '短縮（中央値）',
      withheld: '非共有あり',
      item: '事象',
      assumptions: '前提と根拠',
    },
    fields: {
      'launch-point': '発射推定地点',
      'flight-track': '飛翔経路',
      'impact-point': '着弾予測地点',
      time: '時刻',
      place: '場所',
      actor: '主体',
      narrative: '本文',
      terms: '通告内容',
    },
    without: '非共有',
    saved: '短縮',
    warning: '避難の呼びかけから最接近までの余裕',
    sensors: '自国センサーによる探知まで',
    city: '都市',
    nearest: '最接近まで・距離',
    whole: '全項目は',
  },
  {
    tag: 'ko-KR',
    title: (scenario) => `각국은 언제 알 수 있었는가: ${scenario}`,
    subtitle: (seeds) => `사건 발생부터 인지까지의 시간. 점은 중앙값, 선은 ${seeds}회 시행의 10~90%`,
    record: '기록',
    notKnown: '인지 못함',
    notOnRecord: '기록 없음',
    firstHand: '직접 파악',
    partly: '일부',
    axis: '사건 발생 후 경과',
    sources: '출처',
    assumed: '소요 시간은 출처가 있는 것을 제외하고 가정임. 결과에 첨부된 목록 참조.',
    outsideDates: '유효 기간 외',
    outsideSubject: '대상 외 사안',
    hypothetical: '가상',
    capitals: { JP: '도쿄', KR: '서울', US: '워싱턴' },
    columns: {
      capital: '수도',
      arrangement: '공유 체계',
      items: '건수',
      known: '인지',
      newlyKnown: '기록에 없는 인지',
      after: '소요(중앙값)',
      saved: '단축(중앙값)',
      withheld: '미공유 있음',
      item: '사안',
      assumptions: '전제와 근거',
    },
    fields: {
      'launch-point': '발사 추정지점',
      'flight-track': '비행경로',
      'impact-point': '탄착 예상지점',
      time: '시각',
      place: '장소',
      actor: '주체',
      narrative: '본문',
      terms: '통보 내용',
    },
    without: '미공유',
    saved: '단축',
    warning: '대피 문자부터 최접근까지 남는 시간',
    sensors: '자국 센서 탐지까지',
    city: '도시',
    nearest: '최접근까지·거리',
    whole: '전체 항목은',
  },
];

/** The words of a language, `ja` or `ja-JP`; English for one that there is none of. */
export const compareWords = (language: string): CompareWords =>
  WORDS.find(({ tag }) => tag.startsWith(language.slice(0, 2))) ?? (WORDS[0] as CompareWords);

const SPANS: Readonly<Record<string, { s: string; min: string; hours: (hours: number, minutes: string) => string }>> = {
  en: { s: ' s', min: ' min', hours: (hours, minutes) => `${hours} h ${minutes}` },
  ja: { s: '秒', min: '分', hours: (hours, minutes) => `${hours}時間${minutes}分` },
  ko: { s: '초', min: '분', hours: (hours, minutes) => `${hours}시간 ${minutes}분` },
};

/** Seconds as people say them in a language, `ja` or `ja-JP`: 12 s, 5 min, 2 h 05; 12秒, 5分, 2時間05分. */
export function spanText(seconds: number, language: string): string {
  const { s, min, hours } = SPANS[language.slice(0, 2)] ?? SPANS['en']!;
  const sign = seconds < 0 ? '-' : '';
  const size = Math.abs(seconds);
  if (size < 90) {
    return `${sign}${Math.round(size)}${s}`;
  }
  const minutes = Math.round(size / 60);
  return minutes < 90
    ? `${sign}${minutes}${min}`
    : `${sign}${hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'))}`;
}
