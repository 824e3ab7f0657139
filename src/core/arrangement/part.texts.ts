import type { PartBody, PointBody } from '../incident/item.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';

/** What a part tells besides its points and track. */
export interface PartFacts {
  readonly part: PartBody;
  /** RFC 3339 in UTC. */
  readonly at?: string;
  readonly place?: Names;
  readonly actor?: Names;
}

interface Words {
  tag: string;
  launchPoint: string;
  impactPoint: string;
  flightTrack: string;
  time: string;
  place: string;
  actor: string;
  terms: string;
  colon: string;
  join: string;
  point(name: string | undefined, position: string | undefined): string;
  position(latitude: number, longitude: number): string;
  track(bearingDeg: number, rangeKm: number | undefined): string;
  rest: string;
}

const two = (degrees: number): string => Math.abs(degrees).toFixed(2);
const km = (value: number): string => Math.round(value).toLocaleString('en-US');

const WORDS: readonly Words[] = [
  {
    tag: 'ja-JP',
    launchPoint: '発射推定地点',
    impactPoint: '着弾予測地点',
    flightTrack: '飛翔経路',
    time: '時刻',
    place: '場所',
    actor: '主体',
    terms: '事前通告の内容あり',
    colon: '：',
    join: '、',
    point: (name, position) => (name && position ? `${name}（${position}）` : (name ?? position ?? '')),
    position: (latitude, longitude) =>
      `${latitude < 0 ? '南緯' : '北緯'}${two(latitude)}度、${longitude < 0 ? '西経' : '東経'}${two(longitude)}度`,
    track: (bearingDeg, rangeKm) =>
      `方位${Math.round(bearingDeg)}度${rangeKm === undefined ? '' : `、飛距離約${km(rangeKm)}km`}`,
    rest: '共有された項目のみ。その他の項目はこの取決めの共有対象外。',
  },
  {
    tag: 'ko-KR',
    launchPoint: '발사 추정지점',
    impactPoint: '탄착 예상지점',
    flightTrack: '비행경로',
    time: '시각',
    place: '장소',
    actor: '주체',
    terms: '사전 통보 내용 있음',
    colon: ': ',
    join: ', ',
    point: (name, position) => (name && position ? `${name}(${position})` : (name ?? position ?? '')),
    position: (latitude, longitude) =>
      `${latitude < 0 ? '남위' : '북위'} ${two(latitude)}도, ${longitude < 0 ? '서경' : '동경'} ${two(longitude)}도`,
    track: (bearingDeg, rangeKm) =>
      `방위 ${Math.round(bearingDeg)}도${rangeKm === undefined ? '' : `, 비행거리 약 ${km(rangeKm)}km`}`,
    rest: '공유된 항목만 표시함. 나머지 항목은 이 체계의 공유 대상이 아님.',
  },
  {
    tag: 'en-US',
    launchPoint: 'Estimated launch point',
    impactPoint: 'Predicted impact point',
    flightTrack: 'Flight track',
    time: 'Time',
    place: 'Place',
    actor: 'Actor',
    terms: 'The terms of a notice are attached',
    colon: ': ',
    join: '; ',
    point: (name, position) => (name && position ? `${name} (${position})` : (name ?? position ?? '')),
    position: (latitude, longitude) =>
      `${two(latitude)}°${latitude < 0 ? 'S' : 'N'} ${two(longitude)}°${longitude < 0 ? 'W' : 'E'}`,
    track: (bearingDeg, rangeKm) =>
      `bearing ${Math.round(bearingDeg)}°${rangeKm === undefined ? '' : `, range about ${km(rangeKm)} km`}`,
    rest: 'Only the fields that were shared. The others are not shared under this arrangement.',
  },
];

/** The words of a part: made from the fields that passed and from nothing else. */
export function partTexts(facts: PartFacts): Texts {
  return Object.fromEntries(
    WORDS.map((words) => [words.tag, { headline: lines(words, facts).join(words.join), description: words.rest }]),
  );
}

function lines(words: Words, { part, at, place, actor }: PartFacts): string[] {
  const { launchPoint, impactPoint, flightTrack, fields } = part;
  const said: [string, string | undefined][] = [
    [words.launchPoint, launchPoint && pointText(words, launchPoint)],
    [words.flightTrack, flightTrack && words.track(flightTrack.bearingDeg, flightTrack.rangeKm)],
    [words.impactPoint, impactPoint && pointText(words, impactPoint)],
    [words.time, at && `${at.slice(0, 16).replace('T', ' ')} UTC`],
    [words.place, place?.[words.tag]],
    [words.actor, actor?.[words.tag]],
  ];
  return [
    ...said.flatMap(([name, value]) => (value === undefined ? [] : [`${name}${words.colon}${value}`])),
    ...(fields.includes('terms') ? [words.terms] : []),
  ];
}

function pointText(words: Words, { names, latitude, longitude }: PointBody): string {
  const position = latitude === undefined || longitude === undefined ? undefined : words.position(latitude, longitude);
  return words.point(names?.[words.tag], position);
}
