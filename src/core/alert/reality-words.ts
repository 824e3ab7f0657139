import type { Mode } from '../scenario/mode.js';
import type { Finding } from '../wire/problem.js';

interface Phrase {
  readonly pattern: RegExp;
  /** Where the phrase was used, or `own` for what this service writes itself. */
  readonly source: string;
}

const HAWAII_2018 = 'https://globalnews.ca/news/3995342/hawaii-false-missile-alert-fcc/';
const KR_USAGE = 'https://v.daum.net/v/20230822214003806';
const KR_DRILL_PLAN = 'https://www.icdonggu.go.kr/dong/bbs/bbsMsgDetail.do?msg_seq=46876&bcd=notice&dong=manseok';
const JP_MODES =
  'https://doc01.pf.iij-engineering.co.jp/pub/sdkdoc/v1/ja_JP/websocketapi/websockif_pub_jalert2_receiver.html';
const JP_BROADCAST = 'https://www.vill.rusutsu.lg.jp/hotnews/detail/00004012.html';
const JP_TEST = 'https://newsdig.tbs.co.jp/articles/-/2283217?display=1';
const US_TEST = 'https://cdn.meritalk.com/articles/fema-to-send-national-emergency-alert-today/';

/**
 * Phrases that say "this is real". What denies it ("실제 상황이 아닙니다", "実際の警報ではありません") is how a drill should speak, so
 * the denied forms are let through.
 */
const CLAIMS_REALITY: readonly Phrase[] = [
  { pattern: /\bnot an? (drill|exercise|test)\b/i, source: HAWAII_2018 },
  { pattern: /(訓練|演習|試験)では(ない|ありません|ございません)/, source: 'own' },
  { pattern: /実際の(警報|事態)(?!では(なく|ない|ありません|ございません))/, source: 'own' },
  { pattern: /실제 ?(상황|경보)(?!(이|가|은|는)? ?(아니|아닌|아닙|아님))/, source: KR_USAGE },
  { pattern: /훈련(이|은)? ?(아닙니다|아님|아니다)/, source: 'own' },
];

/** Phrases and markers that say "this is a drill". A word within a sentence ("missile test", "발사 훈련") is none. */
const CLAIMS_DRILL: readonly Phrase[] = [
  { pattern: /\bthis is an? (drill|exercise|test)\b/i, source: US_TEST },
  { pattern: /\b(EXERCISE|DRILL)( \1)+\b/, source: HAWAII_2018 },
  { pattern: /^(EXERCISE|DRILL|TEST|REPLAY)( ?[:.-]|$)/, source: 'own' },
  { pattern: /^(EXERCISE|TEST|REPLAY) .* \1$/s, source: 'own' },
  { pattern: /^[[(【〔](訓練|演習|試験|再現|훈련|시험|재현|EXERCISE|DRILL|TEST)[\])】〕]/i, source: 'own' },
  { pattern: /[[(【〔](訓練|演習|試験|再現|훈련|시험|재현|EXERCISE|DRILL|TEST)[\])】〕]$/i, source: 'own' },
  { pattern: /(訓練|試験)報/, source: JP_MODES },
  { pattern: /訓練放送/, source: JP_BROADCAST },
  { pattern: /これは、?(訓練|試験|演習)です/, source: 'own' },
  { pattern: /Jアラートのテストです/, source: JP_TEST },
  { pattern: /훈련 ?(공습|경계)경보/, source: KR_DRILL_PLAN },
  { pattern: /^훈련 ?상황|훈련 ?상황입니다|이것은 훈련입니다/, source: 'own' },
  { pattern: /실제 ?상황이 ?아닙니다/, source: KR_USAGE },
];

/** Zero-width characters, which would break a phrase for us and leave it whole for a reader. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;

const plain = (text: string): string => text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();

function claims(text: string, phrases: readonly Phrase[]): boolean {
  const said = plain(text);
  return phrases.some(({ pattern }) => pattern.test(said));
}

/** Whether a text that is shown in a run of this mode claims another: real in a drill, or a drill in what is real. */
export function claimsOtherMode(text: string, mode: Mode): 'CLAIMS_REALITY' | 'CLAIMS_DRILL' | undefined {
  if (mode === 'actual') {
    return claims(text, CLAIMS_DRILL) ? 'CLAIMS_DRILL' : undefined;
  }
  return claims(text, CLAIMS_REALITY) ? 'CLAIMS_REALITY' : undefined;
}

const SENTENCES = {
  CLAIMS_REALITY: 'Take out the words that say this is real or no drill; this run is one',
  CLAIMS_DRILL: 'Take out the words and markers of a drill or test; this run is actual',
} as const;

/** The same for the note of a message, which goes out as it stands. */
export function noteFindings(note: string | undefined, mode: Mode): Finding[] {
  const rule = claimsOtherMode(note ?? '', mode);
  return rule ? [{ rule, path: 'note', message: SENTENCES[rule] }] : [];
}

/** What may claim something: the texts of an alert. */
interface Claimable {
  readonly event: string;
  readonly info: readonly { readonly headline: string; readonly description?: string; readonly instruction?: string }[];
}

/** The texts of a message that claim another mode than that of the run. */
export function realityFindings(message: Claimable, mode: Mode): Finding[] {
  const texts: [string, string | undefined][] = [
    ['event', message.event],
    ...message.info.flatMap((info, index) =>
      (['headline', 'description', 'instruction'] as const).map((part): [string, string | undefined] => [
        `info[${index}].${part}`,
        info[part],
      ]),
    ),
  ];
  return texts.flatMap(([path, text]) => {
    const rule = claimsOtherMode(text ?? '', mode);
    return rule ? [{ rule, path, message: SENTENCES[rule] }] : [];
  });
}
