import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { FeedItem } from '../../../src/core/wire/feed.js';
import { severityRank } from '../knowledge.js';
import { useMessages } from '../language.js';
import { textFor } from '../texts.js';
import { soundTone } from '../tone.js';

const isUrgent = (item: FeedItem): boolean =>
  !item.late && (item.kind === 'alert' || item.kind === 'inject' || severityRank(item.body.severity) >= 3);

/**
 * Tells a screen reader what arrived, and sounds the tone of its mode for what is urgent and new. Both regions are in the page from the start, and each is cleared before it is
 * set: regions that come with their text, and texts that repeat, stay silent in common readers.
 */
export function LiveRegions({ items, quiet }: { items: readonly FeedItem[]; quiet: boolean }): ReactElement {
  const { desk, send, language } = useMessages();
  const [muted, setMuted] = useState(false);
  const isMuted = useRef(muted);
  isMuted.current = muted;
  const [polite, setPolite] = useState('');
  const [assertive, setAssertive] = useState('');
  const spokenSeq = useRef(0);
  const pending = useRef<FeedItem[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const last = items.at(-1)?.seq ?? 0;
    pending.current.push(...items.filter((item) => item.seq > spokenSeq.current));
    spokenSeq.current = last;
    if (pending.current.length === 0 || timer.current !== undefined) {
      return;
    }
    const sentence = (item: FeedItem): string =>
      [desk.mode[item.body.mode], desk.kind[item.kind], textFor(item.body.texts, language).headline].join('. ');
    setPolite('');
    setAssertive('');
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const fresh = pending.current.splice(0);
      const urgent = quiet ? [] : fresh.filter(isUrgent);
      const calm = fresh.filter((item) => !urgent.includes(item));
      // A flood is counted, not read out: nobody can listen to forty headlines.
      setAssertive(urgent.slice(-3).map(sentence).join(' '));
      const loudest = urgent.find(({ body }) => body.mode === 'actual') ?? urgent[0];
      if (loudest && !isMuted.current) {
        soundTone(loudest.body.mode);
      }
      setPolite(
        calm.length === 1 && calm[0] && !quiet ? sentence(calm[0]) : calm.length > 0 ? desk.newItems(calm.length) : '',
      );
    }, 150);
  }, [items, quiet, desk, language]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        data-testid="sound"
        aria-pressed={!muted}
        onClick={() => setMuted(!muted)}
      >
        {muted ? send.soundOff : send.soundOn}
      </button>
      <div className="visually-hidden" aria-live="assertive" aria-atomic="true" data-testid="live-assertive">
        {assertive}
      </div>
      <div className="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="live-polite">
        {polite}
      </div>
    </>
  );
}
