import { KM_PER_NM, type Notice, type NoticeArea } from '../regime/notice.js';
import { pointOfText } from '../regime/notice.areas.js';
import type { RunTime } from '../time/time.js';
import { actInText } from '../warning-text/acts-in-text.js';
import { areasInText } from '../warning-text/areas-in-text.js';
import { minuteOf, utcOf } from '../warning-text/warning-times.js';
import { warningTextOf, WarningTextError, type ReadWarning, type TextFinding } from '../warning-text/warning-text.js';
import { farthestKm } from './notam.write.js';

/** Half a minute of latitude and of longitude, to which the centre in the Q line is rounded. */
const Q_ROUNDING_NM = 1;

/** Reads a NOTAM, leniently: what is missing or cannot be told is a finding. Refuses a text without a period and an area. */
export function readNotam(written: string): ReadWarning {
  const text = warningTextOf(written);
  const items = itemsOf(text);
  const findings: TextFinding[] = [];
  const e = items.E ?? '';
  const q = qLineOf(items.Q, findings);
  const impactAreas = impactAreasOf(e, q, findings);
  const fir = firOf(items.A) ?? q.fir;
  const notice: Notice = {
    ...defined({ act: actInText(e, findings), fir, ...periodOf(items, findings), daily: dailyOf(items.D, findings) }),
    ...(e ? { subject: e.replace(/\s+/g, ' ').slice(0, 400).trim() } : {}),
    impactAreas,
    reported: {},
  };
  if (notice.windowStart === undefined && impactAreas.length === 0) {
    throw new WarningTextError(
      'WARNING_UNREADABLE',
      'Give a NOTAM with items B, C and E: no period and no area was found.',
    );
  }
  const [, id, kind, ended] = /([A-Z]\d{4}\/\d{2}) NOTAM([NRC])(?: ([A-Z]\d{4}\/\d{2}))?/.exec(text) ?? [];
  return { form: 'notam', ...defined({ id }), ends: kind !== 'N' && ended ? [ended] : [], notice, findings };
}

type Items = Partial<Record<string, string>>;

/** The items by their letters, in the order of the form, so that a bracket inside the text of an item opens none. */
function itemsOf(text: string): Items {
  const body = text.split(/\n(?:CREATED|SOURCE):/)[0]!;
  const items: Items = {};
  let [letter, from, at] = ['', 0, 0];
  for (const next of 'QABCDEFG') {
    const found = new RegExp(String.raw`(?:^|[\s(])${next}\)`).exec(body.slice(at));
    if (found) {
      const opens = at + found.index;
      items[letter] = body.slice(from, opens).trim();
      [letter, from] = [next, opens + found[0].length];
      at = from;
    }
  }
  items[letter] = body.slice(from).trim().replace(/\)$/, '');
  return items;
}

interface QLine {
  fir?: string;
  circle?: { latitude: number; longitude: number; radius: number; unit: 'NM' };
}

function qLineOf(item: string | undefined, findings: TextFinding[]): QLine {
  const fields = (item ?? '').replace(/\s/g, '').split('/');
  const [, centre, radius] = /^(\d{4}[NS]\d{5}[EW])(\d{3})$/.exec(fields[7] ?? '') ?? [];
  const point = centre === undefined ? undefined : pointOfText(centre);
  if (fields.length < 8 || !point || Number.isNaN(point[0] + point[1])) {
    findings.push({ code: 'Q_LINE', message: 'The Q line is not whole: its centre and radius were left out.' });
    return defined({ fir: firOf(fields[0]) });
  }
  return {
    ...defined({ fir: firOf(fields[0]) }),
    circle: { latitude: point[0], longitude: point[1], radius: Number(radius), unit: 'NM' },
  };
}

function impactAreasOf(e: string, { circle }: QLine, findings: TextFinding[]): NoticeArea[] {
  const areas = areasInText(e, findings);
  if (areas.length === 0 && circle && circle.radius > 0) {
    findings.push({ code: 'AREA_FROM_Q', message: 'Item E bounds no area; the circle of the Q line was taken.' });
    return [{ circle }];
  }
  if (areas.length === 0) {
    findings.push({ code: 'AREA_MISSING', message: 'The text bounds no area.' });
  }
  if (circle && circle.radius < 999 && areas.some((area) => isOutside(circle, area))) {
    findings.push({ code: 'Q_CIRCLE_SMALL', message: 'The circle of the Q line does not hold every area of item E.' });
  }
  return areas;
}

const isOutside = ({ latitude, longitude, radius }: NonNullable<QLine['circle']>, area: NoticeArea): boolean =>
  farthestKm([latitude, longitude], area) > (radius + Q_ROUNDING_NM) * KM_PER_NM;

function periodOf({ B, C }: Items, findings: TextFinding[]): Pick<Notice, 'windowStart' | 'windowEnd'> {
  const [windowStart, windowEnd] = [instantOf(B), instantOf(C)];
  if (windowStart === undefined || windowEnd === undefined) {
    findings.push({
      code: 'PERIOD_MISSING',
      message: 'Items B and C do not both give an instant (permanent, or misspelt).',
    });
  } else if (/\bEST\b/.test(C ?? '')) {
    findings.push({ code: 'PERIOD_ESTIMATED', message: 'The end in item C is an estimate.' });
  }
  return defined({ windowStart, windowEnd });
}

function instantOf(item: string | undefined): RunTime | undefined {
  const [, year, month, day, time] = /^(\d{2})(\d{2})(\d{2})(\d{4})/.exec(item ?? '') ?? [];
  return time === undefined ? undefined : utcOf(Number(year), Number(month), Number(day), time);
}

/** One span of hours on every day; other schedules stay text. */
function dailyOf(item: string | undefined, findings: TextFinding[]): Notice['daily'] {
  const [, from, to] = /^(?:DAILY )?(\d{4})-(\d{4})$/.exec(item ?? '') ?? [];
  const [fromMinute, toMinute] = [minuteOf(from ?? '9999'), minuteOf(to ?? '9999')];
  if (fromMinute !== undefined && toMinute !== undefined) {
    return { fromMinute, toMinute };
  }
  if (item) {
    findings.push({
      code: 'SCHEDULE_AS_TEXT',
      message: `The hours of item D differ by day and were not read: ${item.replace(/\s+/g, ' ').slice(0, 120)}.`,
    });
  }
  return undefined;
}

const firOf = (item: string | undefined): string | undefined => /^[A-Z]{4}\b/.exec(item ?? '')?.[0];

/** The entries that have a value. */
function defined<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}
