import type { ReactElement, ReactNode } from 'react';
import { progressOf } from '../../../src/core/clock/clock-view.js';
import type { Mode } from '../../../src/core/scenario/mode.js';
import { clockTime, isoDate, zoneLabel } from '../../../src/core/time/zone-time.js';
import type { RunView } from '../../../src/core/wire/run.js';
import { hasEnded } from '../clock.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { nameFor } from '../texts.js';
import { localDate } from '../time-format.js';

type Clocked = Pick<FeedState, 'clock' | 'serverOffsetMs'>;

/** The run's time in one zone, with the day: the same moment may be another day in Honolulu. */
export function RunClock({
  feed,
  timeZone,
  big,
  besides,
}: {
  feed: Clocked;
  timeZone: string;
  big?: boolean;
  /** The zone of a clock beside this one: the same day is not written twice. */ besides?: string;
}): ReactElement {
  const { language } = useMessages();
  const now = useRunNow(feed);
  return (
    <span className={`run-clock${big ? ' run-clock-big' : ''}`} data-testid="clock" data-zone={timeZone}>
      {now === undefined ? (
        <span className="digits">--:--:--</span>
      ) : (
        <time dateTime={new Date(now).toISOString()}>
          <span className="digits">{clockTime(now, timeZone)}</span>{' '}
          <span className="zone">{zoneLabel(now, timeZone)}</span>
          {(besides === undefined || isoDate(now, besides) !== isoDate(now, timeZone)) && (
            <span className="date">{localDate(now, timeZone, language)}</span>
          )}
        </time>
      )}
    </span>
  );
}

/** Playing, paused or ended, and how fast. */
export function RunState({ feed }: { feed: Clocked }): ReactElement | null {
  const { desk } = useMessages();
  const now = useRunNow(feed);
  if (!feed.clock || now === undefined) {
    return null;
  }
  const state = hasEnded(feed.clock, now) ? 'ended' : feed.clock.state;
  // The live watch goes on by itself; to say so would suggest that it could be stopped.
  if (feed.clock.startAt === null && state === 'playing') {
    return null;
  }
  return (
    <span className={`run-state run-state-${state}`} data-testid="run-state" data-state={state}>
      {desk[state]}
      {state === 'playing' && feed.clock.speed !== 1 && ` ${desk.speed(feed.clock.speed)}`}
    </span>
  );
}

/** How much of the chapter has been played. */
export function ChapterProgress({ feed }: { feed: Clocked }): ReactElement | null {
  const now = useRunNow(feed);
  const share = feed.clock && now !== undefined ? progressOf(feed.clock, now) : undefined;
  return share === undefined ? null : <progress className="chapter-progress" max={1} value={share} />;
}

/** The strip that says what kind of run this is. It stays at the top and has its own pattern for each mode. */
export function RunBanner({
  run,
  mode,
  feed,
  timeZone,
  connection,
  compact = false,
}: {
  run: RunView | undefined;
  mode: Mode;
  feed: Clocked;
  timeZone: string;
  connection: ReactNode;
  /** Without the name and the progress bar, for a page that shows both by itself. */
  compact?: boolean;
}): ReactElement {
  const { desk, language } = useMessages();
  const name = nameFor(run?.names, language);
  return (
    <section className={`banner mode-${mode}`} data-testid="banner" data-mode={mode}>
      <div className="banner-plate">
        <div className="banner-mode">
          <strong data-testid="mode">{desk.mode[mode]}</strong>
          <span>{run?.job === 'replay' ? desk.replaySentence : desk.modeSentence[mode]}</span>
        </div>
        <div className="banner-run">
          {!compact && (
            <span className="banner-name" lang={name.language}>
              {name.name}
            </span>
          )}
          <span className="quiet">{run && desk.job[run.job]}</span> <RunState feed={feed} />
        </div>
        <div className="banner-clocks">
          <RunClock feed={feed} timeZone={timeZone} big />
          {timeZone !== 'UTC' && <RunClock feed={feed} timeZone="UTC" besides={timeZone} />}
        </div>
        {connection}
        {!compact && <ChapterProgress feed={feed} />}
      </div>
    </section>
  );
}
