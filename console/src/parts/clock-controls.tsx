import { useState, type FormEvent, type ReactElement } from 'react';
import { timeWithZone, zoneLabel } from '../../../src/core/time/zone-time.js';
import type { ClockAnswer, ClockRequest, ClockView, JumpPlanRow, JumpPlanView } from '../../../src/core/wire/clock.js';
import { api } from '../api.js';
import { hasEnded } from '../clock.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { useRunNow } from '../now.js';
import { userAccess } from '../session.js';
import { instantFrom } from '../time-format.js';
import { errorText } from '../use-loaded.js';
import { SPEEDS } from './playback.js';
import { ChapterProgress, RunClock, RunState } from './run-banner.js';

interface ClockControlsProps {
  run: string;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  timeZone: string;
  onClock: (clock: ClockView) => void;
}

/** The clock of a run in a controller's hand. A jump is first shown and then confirmed, for it cannot be taken back. */
export function ClockControls({ run, feed, timeZone, onClock }: ClockControlsProps): ReactElement {
  const messages = useMessages();
  const { control: words, desk } = messages;
  const [failure, setFailure] = useState<string>();
  const [preview, setPreview] = useState<{ plan: JumpPlanView; command: ClockRequest; to: number }>();
  const [target, setTarget] = useState('');
  const [items, setItems] = useState<'send' | 'skip'>('send');
  const now = useRunNow(feed);
  const { clock } = feed;
  const playing = clock?.state === 'playing' && now !== undefined && !hasEnded(clock, now);
  const bounded = clock !== undefined && clock.startAt !== null && clock.endAt !== null;
  const speeds = clock && !SPEEDS.some((speed) => speed === clock.speed) ? [...SPEEDS, clock.speed] : SPEEDS;

  const send = async (command: ClockRequest): Promise<ClockAnswer | undefined> => {
    setFailure(undefined);
    try {
      const answer = await api.clock(userAccess, run, command);
      onClock(answer.clock);
      return answer;
    } catch (error) {
      setFailure(errorText(messages, error));
      return undefined;
    }
  };

  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!clock || clock.startAt === null || clock.endAt === null) {
      return;
    }
    const to = instantFrom(target, timeZone, Date.parse(clock.startAt), Date.parse(clock.endAt));
    if (to === undefined) {
      setFailure(words.jumpBad);
      return;
    }
    const command: ClockRequest = { action: 'jump', to: new Date(to).toISOString(), items };
    const answer = await send({ ...command, preview: true });
    if (answer?.plan) {
      setPreview({ plan: answer.plan, command, to });
    }
  };

  return (
    <section className="panel clock-controls" aria-labelledby="clock-title">
      <h2 id="clock-title">{words.clock}</h2>
      <div className="clock-now">
        <RunClock feed={feed} timeZone={timeZone} big />
        <RunClock feed={feed} timeZone="UTC" besides={timeZone} />
        <RunState feed={feed} />
      </div>
      <ChapterProgress feed={feed} />
      <div className="button-row">
        <button
          type="button"
          className="button button-primary"
          data-testid="control-play"
          disabled={!clock || playing}
          onClick={() => void send({ action: 'play' })}
        >
          {words.play}
        </button>
        <button
          type="button"
          className="button"
          data-testid="control-pause"
          disabled={!clock || !playing}
          onClick={() => void send({ action: 'pause' })}
        >
          {words.pause}
        </button>
        <label className="field field-inline">
          <span>{words.speed}</span>
          <select
            data-testid="control-speed"
            value={clock?.speed ?? 1}
            disabled={!clock}
            onChange={(event) => void send({ action: 'speed', speed: Number(event.target.value) })}
          >
            {speeds.map((speed) => (
              <option key={speed} value={speed}>
                {desk.speed(speed)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {bounded && (
        <form className="jump" onSubmit={(event) => void ask(event)}>
          <label className="field">
            <span>{words.jumpTo}</span>
            <input
              data-testid="control-jump-to"
              value={target}
              placeholder="15:10"
              inputMode="numeric"
              aria-describedby="jump-hint"
              onChange={(event) => setTarget(event.target.value)}
            />
          </label>
          <label className="field">
            <span>{words.jumpItems}</span>
            <select
              data-testid="control-jump-items"
              value={items}
              onChange={(event) => setItems(event.target.value === 'skip' ? 'skip' : 'send')}
            >
              <option value="send">{words.jumpSend}</option>
              <option value="skip">{words.jumpSkip}</option>
            </select>
          </label>
          <button type="submit" className="button" data-testid="control-jump" disabled={target.trim() === ''}>
            {words.preview}
          </button>
          <p id="jump-hint" className="quiet">
            {words.jumpHint(zoneLabel(now ?? 0, timeZone))}
          </p>
        </form>
      )}
      {failure !== undefined && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
      {preview && (
        <div className="jump-plan" role="group" aria-label={words.preview} data-testid="control-jump-plan">
          <h3>{words.planTitle(timeWithZone(preview.to, timeZone))}</h3>
          <p>{preview.plan.direction === 'back' ? words.planBack : words.planForward}</p>
          <PlanList title={words.sent(preview.plan.sent.length)} items={preview.plan.sent} timeZone={timeZone} />
          <PlanList
            title={words.skipped(preview.plan.skipped.length)}
            items={preview.plan.skipped}
            timeZone={timeZone}
          />
          <PlanList
            title={words.cancelled(preview.plan.cancelled.length)}
            items={preview.plan.cancelled}
            timeZone={timeZone}
          />
          <div className="button-row">
            <button
              type="button"
              className="button button-primary"
              data-testid="control-jump-confirm"
              onClick={() =>
                void send(preview.command).then((answer) => {
                  if (answer) {
                    setPreview(undefined);
                    setTarget('');
                  }
                })
              }
            >
              {words.confirmJump}
            </button>
            <button type="button" className="button button-quiet" onClick={() => setPreview(undefined)}>
              {words.cancel}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

function PlanList(props: { title: string; items: readonly JumpPlanRow[]; timeZone: string }): ReactElement {
  const { desk, control } = useMessages();
  return (
    <details className="more" open={props.items.length > 0 && props.items.length <= 12}>
      <summary>{props.title}</summary>
      {props.items.length === 0 ? (
        <p className="quiet">{control.nothing}</p>
      ) : (
        <ul className="plan-items">
          {props.items.map((item) => (
            <li key={`${item.audience}/${item.kind}/${item.id}/${item.version}/${item.step}`}>
              <span className="digits">{timeWithZone(Date.parse(item.dueAt), props.timeZone)}</span>
              <span className="tag">{item.audience.toUpperCase()}</span>
              <span className="quiet">{desk.kind[item.kind]}</span> {item.id}
              {item.step !== 'deliver' && <span className="quiet">({item.step})</span>}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
