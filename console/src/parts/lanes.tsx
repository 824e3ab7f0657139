import type { ReactElement } from 'react';
import { progressOf } from '../../../src/core/clock/clock-view.js';
import { clockTime, zoneLabel } from '../../../src/core/time/zone-time.js';
import type { ClockView } from '../../../src/core/wire/clock.js';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import type { FeedState } from '../feed.js';
import { severityRank } from '../knowledge.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';

export interface Lane {
  party: string;
  items: readonly FeedItem[];
}

const WIDTH = 1000;
const LANE_HEIGHT = 18;

/** One line a capital with a mark for each item it was told: who learned first is seen at a glance. */
export function Lanes({
  lanes,
  clock,
  timeZone,
}: {
  lanes: readonly Lane[];
  clock: ClockView;
  timeZone: string;
}): ReactElement | null {
  const messages = useMessages();
  if (clock.startAt === null || clock.endAt === null) {
    return null;
  }
  const height = lanes.length * LANE_HEIGHT;
  const x = (ms: number): number => (progressOf(clock, ms) ?? 0) * WIDTH;
  return (
    <div className="lanes">
      <div className="lane-names" aria-hidden="true">
        {lanes.map((lane) => (
          <span key={lane.party}>{lane.party}</span>
        ))}
      </div>
      <div className="lane-plot">
        <svg
          viewBox={`0 0 ${WIDTH} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${messages.public.lanes}: ${lanes.map((l) => `${l.party} ${messages.desk.items(l.items.length)}`).join(', ')}`}
        >
          {lanes.map((lane, row) => (
            <line
              key={lane.party}
              className="lane-line"
              x1="0"
              x2={WIDTH}
              y1={(row + 0.5) * LANE_HEIGHT}
              y2={(row + 0.5) * LANE_HEIGHT}
            />
          ))}
          {hoursWithin(clock).map((ms) => (
            <line key={ms} className="lane-hour" x1={x(ms)} x2={x(ms)} y1="0" y2={height} />
          ))}
          {lanes.flatMap((lane, row) =>
            lane.items.map((item) => (
              <line
                key={`${lane.party}/${item.seq}`}
                className={`lane-mark severity-${severityRank(item.body.severity)}`}
                x1={x(Date.parse(item.body.known.at))}
                x2={x(Date.parse(item.body.known.at))}
                y1={row * LANE_HEIGHT + 3}
                y2={(row + 1) * LANE_HEIGHT - 3}
              />
            )),
          )}
        </svg>
      </div>
      <div className="lane-hours" aria-hidden="true">
        <span>{`${clockTime(Date.parse(clock.startAt), timeZone).slice(0, 5)} ${zoneLabel(Date.parse(clock.startAt), timeZone)}`}</span>
        <span>{clockTime(Date.parse(clock.endAt), timeZone).slice(0, 5)}</span>
      </div>
    </div>
  );
}

/** Whole hours of the run, at most about twenty of them. */
function hoursWithin(clock: ClockView): number[] {
  if (clock.startAt === null || clock.endAt === null) {
    return [];
  }
  const [start, end] = [Date.parse(clock.startAt), Date.parse(clock.endAt)];
  const step = Math.max(1, Math.ceil((end - start) / 3_600_000 / 20)) * 3_600_000;
  const hours: number[] = [];
  for (let at = Math.ceil(start / step) * step; at < end; at += step) {
    hours.push(at);
  }
  return hours;
}

/** The run's present as a share of its chapter, for a slider; undefined for the live watch. */
export function usePlayhead(feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>): number | undefined {
  const now = useRunNow(feed);
  return feed.clock && now !== undefined ? progressOf(feed.clock, now) : undefined;
}
