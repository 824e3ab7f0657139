import { useState, type ReactElement } from 'react';
import { clockTime, zoneLabel } from '../../../src/core/time/zone-time.js';
import type { ClockRequest } from '../../../src/core/wire/clock.js';
import { hasEnded } from '../clock.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { Lanes, usePlayhead, type Lane } from './lanes.js';

export const SPEEDS = [1, 60, 300, 900, 3600] as const;

interface PlaybackProps {
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  lanes: readonly Lane[];
  timeZone: string;
  command: (command: ClockRequest) => Promise<void>;
}

/** Play, pause, speed and a slider over the chapter. Letting go of the slider jumps there. */
export function Playback({ feed, lanes, timeZone, command }: PlaybackProps): ReactElement | null {
  const messages = useMessages();
  const head = usePlayhead(feed);
  const now = useRunNow(feed);
  const [dragged, setDragged] = useState<number>();
  const { clock } = feed;
  if (!clock || clock.startAt === null || clock.endAt === null || head === undefined || now === undefined) {
    return null;
  }
  const [start, end] = [Date.parse(clock.startAt), Date.parse(clock.endAt)];
  const atShare = (share: number): number => Math.round((start + share * (end - start)) / 60_000) * 60_000;
  const shown = dragged === undefined ? now : Math.min(end, atShare(dragged));
  const jump = (): void => {
    if (dragged !== undefined) {
      void command({ action: 'jump', to: new Date(shown).toISOString(), items: 'send' });
      setDragged(undefined);
    }
  };
  const ended = hasEnded(clock, now);
  const playing = clock.state === 'playing' && !ended;
  const toggle = async (): Promise<void> => {
    if (ended && clock.startAt !== null) {
      await command({ action: 'jump', to: clock.startAt, items: 'send' });
    }
    await command({ action: playing ? 'pause' : 'play' });
  };
  const words = messages.public;
  return (
    <div className="playback">
      <div className="playback-buttons">
        <button
          type="button"
          className="button button-primary playback-toggle"
          data-testid={playing ? 'control-pause' : 'control-play'}
          onClick={() => void toggle()}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d={playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3 1.5 14 8 3 14.5Z'} fill="currentColor" />
          </svg>
          {playing ? words.pause : ended ? words.fromStart : words.play1}
        </button>
        <div className="speeds" role="group" aria-label={words.speedLabel} data-testid="control-speed">
          {SPEEDS.map((speed) => (
            <button
              key={speed}
              type="button"
              data-speed={speed}
              aria-pressed={clock.speed === speed}
              onClick={() => void command({ action: 'speed', speed })}
            >
              {messages.desk.speed(speed)}
            </button>
          ))}
        </div>
      </div>
      <div className="timeline">
        <Lanes lanes={lanes} clock={clock} timeZone={timeZone} />
        <input
          type="range"
          className="timeline-slider"
          data-testid="control-jump-to"
          min={0}
          max={1}
          step={60_000 / (end - start)}
          value={dragged ?? head}
          aria-label={words.jumpTo}
          aria-valuetext={`${clockTime(shown, timeZone)} ${zoneLabel(shown, timeZone)}`}
          onChange={(event) => setDragged(Number(event.target.value))}
          onPointerUp={jump}
          onKeyUp={(event) => event.key !== 'Tab' && jump()}
          onBlur={jump}
        />
        {dragged !== undefined && (
          <output className="timeline-target">
            {words.jumpTo} {clockTime(shown, timeZone).slice(0, 5)} {zoneLabel(shown, timeZone)}
          </output>
        )}
      </div>
    </div>
  );
}
