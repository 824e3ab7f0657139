import fc from 'fast-check';
import { languageFindings } from './language-findings.js';

const info = (ja: string, ko: string, en: string) => [
  { language: 'ja-JP', headline: ja },
  { language: 'ko-KR', headline: ko },
  { language: 'en-US', headline: en },
];
const rulesOf = (ja: string, ko: string, en: string): string[] => [
  ...new Set(languageFindings(info(ja, ko, en)).map(({ rule }) => rule)),
];

describe('languageFindings is quiet about', () => {
  it.each([
    [
      '午前7時29分頃、ミサイルが発射された',
      '오전 7시 29분경 미사일이 발사됨',
      'A missile was launched at about 7:29 a.m.',
    ],
    ['午前七時二十九分、ミサイル発射', '07:29 미사일 발사', 'Missile launched at 0729 JST'],
    ['７時２９分 ミサイル発射', '7시 29분 미사일 발사', 'Missile launched at 07:29 JST (22:29 UTC)'],
    ['午後7時半、避難を', '저녁 7시 30분 대피', 'Take shelter at 7:30 p.m.'],
    ['正午に訓練を開始', '낮 12시 훈련 개시', 'The drill starts at noon'],
    ['午前0時5分に発射', '0시 5분 발사', 'Launched at 12:05 a.m.'],
    ['10月4日に約4600キロ飛行', '10월 4일 약 4,600km 비행', 'Flew about 4,600 km on 4 October'],
    ['10月4日、高度1000キロ', '10월 4일 고도 1천 킬로미터', 'On October 4, altitude 1,000 kilometers'],
    ['1万2000人が避難', '1만 2000명 대피', '12,000 people took shelter'],
    ['住民二十人が避難、20分以内', '주민 20명 대피, 20분 이내', 'Twenty residents took shelter within twenty minutes'],
    ['2回目の発射、3発', '두 번째 발사, 세 발', 'A second launch, three rounds'],
    ['18～21日のうち1日', '18~21일 중 하루', 'One day between 18 and 21 December'],
    ['9時36分から40分の間', '09:36~09:40 사이', 'Between 09:36 and 09:40 KST'],
    ['米東部時間3時55分', '미 동부시간 03:55', '03:55 EST'],
    ['K9で応射', 'K9으로 대응사격', 'Answered with K9 howitzers'],
    ['列車を一時見合わせ', '열차 일시 중단', 'Trains held for a time'],
    ['人工衛星の打上げ通告', '인공위성 발사 통보', 'Notice of a satellite launch'],
    ['防衛省が文字情報で通報', '방위성이 문자정보망으로 통보', 'The Ministry of Defense tells it by text'],
    ['ミサイル発射試験の通告', '미사일 시험발사 통보', 'Notice of a missile test'],
    [
      '弾道ミサイルの可能性があるものが発射された',
      '탄도미사일 가능성이 있는 발사체',
      'What may be a ballistic missile was launched',
    ],
    ['飛翔体を発射', '발사체 발사', 'A projectile was launched'],
    ['避難の呼びかけを解除します。', '대피 안내를 해제합니다.', 'The call for evacuation will be canceled.'],
    ['訂正。先の報は誤り', '정정. 앞선 통보는 잘못됨', 'CORRECTION. The earlier report was wrong'],
    ['韓国西部に警戒警報', '한국 서부에 경계경보', 'Civil defense alert in western Korea'],
    ['北緯40度から39度30分', '북위 40도에서 39도 30분', 'From 40 degrees north to 39 degrees 30 minutes'],
    ['【訓練】避難 【訓練】', '[훈련] 대피 [훈련]', 'EXERCISE Take shelter EXERCISE'],
  ])('%s', (ja, ko, en) => {
    expect(languageFindings(info(ja, ko, en))).toEqual([]);
  });
});

describe('languageFindings sees', () => {
  it.each([
    ['TIME_DIFFERS', '午前7時29分に発射', '오전 7시 29분 발사', 'Launched at 7:39 a.m.'],
    ['TIME_DIFFERS', '午前7時29分に発射', '오후 7시 29분 발사', 'Launched at 7:29 a.m.'],
    ['TIME_DIFFERS', '7時29分に発射', '7시 29분 발사', 'Launched at 07:29 UTC'],
    ['TIME_DIFFERS', '7時29分に発射', '7시 29분 발사', 'Launched in the morning'],
    ['DAY_DIFFERS', '10月4日', '10월 5일', '4 October'],
    ['DAY_DIFFERS', '10月4日', '10월 4일', 'November 4'],
    ['QUANTITY_DIFFERS', '約300キロ', '약 300km', 'About 30 km'],
    ['QUANTITY_DIFFERS', '20分以内に避難', '10분 이내 대피', 'Take shelter within 20 minutes'],
    ['NUMBER_DIFFERS', '1万2000人が避難', '1만 2000명 대피', '1,200 people took shelter'],
    ['TERM_DIFFERS', '衛星を発射', '위성 발사', 'Missile flyover, be aware'],
    ['TERM_DIFFERS', 'ミサイル発射', '위성 발사', 'Missile launched'],
    ['TERM_DIFFERS', '宇宙への打ち上げ', '미사일 발사', 'Missile launched'],
    ['TERM_ABSENT', '衛星が通過する', '위성이 통과함', 'Something passes overhead'],
    ['TERM_DIFFERS', '警戒警報解除', '경계경보 오발령', 'Civil defense alert lifted'],
    ['TERM_DIFFERS', '予告を取り消します', '예고를 정정합니다', 'The notice is cancelled'],
    ['TERM_ABSENT', '避難を解除します', '대피를 계속합니다', 'Stay where you are'],
    ['TERM_DIFFERS', '空襲警報', '경계경보', 'Air raid warning'],
    ['TERM_ABSENT', '警戒警報', '경계경보', 'Alert'],
    ['TERM_DIFFERS', 'これは訓練です', '이것은 시험입니다', 'This is a drill'],
    ['TERM_DIFFERS', 'ミサイル通過', '미사일 낙하', 'The missile passed'],
    ['SAME_TEXT', 'TEST', '시험', 'TEST'],
    ['WRONG_SCRIPT', 'ミサイル発射', 'Missile launched', 'Missile was launched'],
    ['WRONG_SCRIPT', '미사일 발사', '미사일이 발사됨', 'Missile launched'],
    ['MARKER_MISSING', '【訓練】避難', '대피', 'EXERCISE Take shelter'],
  ])('%s in %s / %s / %s', (rule, ja, ko, en) => {
    expect(rulesOf(ja, ko, en)).toContain(rule);
  });

  it('a language that is not there, of those that are wanted', () => {
    const [ja] = info('発射', '', '');
    const missing = (wanted?: string[]): string[] =>
      languageFindings(ja ? [ja] : [], wanted).map(({ rule, message }) => `${rule} ${message.slice(21, 26)}`);
    expect(missing()).toEqual(['LANGUAGE_MISSING ko-KR', 'LANGUAGE_MISSING en-US']);
    expect(missing(['ja-JP'])).toEqual([]);
  });

  it('and quotes both words', () => {
    const [finding] = languageFindings(info('衛星を発射', '위성 발사', 'Missile flyover')).filter(
      ({ rule }) => rule === 'TERM_DIFFERS',
    );
    expect(finding).toMatchObject({ severity: 'warning', path: 'info[2]' });
    expect(finding?.message).toMatch(/"衛星".*"Missile"/);
    expect(finding?.source).toMatch(/Taiwan/);
  });
});

describe('times', () => {
  const half = { ja: ['午前', '午後'], ko: ['오전', '오후'], en: ['a.m.', 'p.m.'] };

  it('of the same minute agree, and of another minute do not, however they are written', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 24 * 60 - 1 }), (at, shift) => {
        const [hour, min] = [Math.floor(at / 60), at % 60];
        const afternoon = hour < 12 ? 0 : 1;
        const ja = `${half.ja[afternoon]}${hour % 12}時${min}分に発射`;
        const ko = `${half.ko[afternoon]} ${hour % 12 || 12}시 ${min}분 발사`;
        const english = (minutes: number): string => {
          const [h, m] = [Math.floor(minutes / 60) % 24, minutes % 60];
          return `Launched at ${h % 12 || 12}:${String(m).padStart(2, '0')} ${half.en[h < 12 ? 0 : 1]}`;
        };
        expect(rulesOf(ja, ko, english(at))).toEqual([]);
        expect(rulesOf(ja, ko, english(at + shift))).toEqual(['TIME_DIFFERS']);
      }),
    );
  });
});

it('reads whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      expect(() => languageFindings(info(one, other, one))).not.toThrow();
      expect(languageFindings(info('発射', '발사', one)).every(({ message }) => message.length < 1000)).toBe(true);
    }),
  );
});

it('reads the longest message in a moment', () => {
  const long = '午前7時29分にミサイル1万2000発、10月4日、'.repeat(300);
  const texts = info(long, '오전 7시 29분 미사일 '.repeat(300), '7:29 a.m. missile twenty-four '.repeat(300));
  expect(languageFindings(texts).length).toBeLessThan(20);
}, 5000);
