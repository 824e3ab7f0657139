import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { FeedItem, ItemRef } from '../../../src/core/wire/feed.js';
import type { FeedState } from '../feed.js';
import { useMessages } from '../language.js';
import { textFor } from '../texts.js';
import { Areas, Conflicts, ItemFacts, LaunchFacts, OtherLanguages, Sources } from './item-facts.js';
import { ResponseText } from './response-text.js';
import { Marked } from './marked.js';
import { ModeBadge } from './mode-badge.js';
import { Severity } from './severity.js';
import { ItemTimes } from './times.js';

/** The zone is in it, since the theatre shows one item at several desks. */
export const cardTitleId = ({ kind, id, version }: ItemRef, timeZone: string): string =>
  `item-${kind}-${id}-${version}-${timeZone.replace('/', '-')}`;

interface ItemCardProps {
  item: FeedItem;
  feed: Pick<FeedState, 'clock' | 'serverOffsetMs'>;
  timeZone: string;
  /** The newest version that this feed holds, when it is not this one. */
  supersededBy: number | undefined;
  /** On control's own page. */
  atControl?: boolean;
  /** Called once, when the card has really been on the screen. */
  onDisplayed?: (item: FeedItem) => void;
  children?: ReactNode;
}

/** One item of a feed. The mode is on every card: a card cut out of the page must still say that it is an exercise. */
export function ItemCard(props: ItemCardProps): ReactElement {
  const { item, feed, timeZone, supersededBy, atControl = false, onDisplayed, children } = props;
  const { desk, language } = useMessages();
  const card = useRef<HTMLElement>(null);
  useOnScreen(card, onDisplayed ? () => onDisplayed(item) : undefined);
  const text = textFor(item.body.texts, language);
  // A question or an answer has no severity of its own; everything else says so when it is not rated.
  const rated =
    item.body.severity !== undefined && !(item.body.severity === 'Unknown' && (item.body.inject || item.body.response));
  const titleId = cardTitleId(item, timeZone);
  return (
    <article
      ref={card}
      className={`card card-${item.kind}${supersededBy === undefined ? '' : ' card-superseded'}`}
      data-testid="item"
      data-kind={item.kind}
      data-id={item.id}
      data-version={item.version}
      data-seq={item.seq}
      data-severity={item.body.severity ?? 'Unknown'}
      aria-labelledby={titleId}
    >
      <header className="card-top">
        <ModeBadge mode={item.body.mode} />
        {rated && <Severity severity={item.body.severity} />}
        <span className="kind">{desk.kind[item.kind]}</span>
        {item.version > 1 && <span className="tag">{desk.version(item.version)}</span>}
        {supersededBy !== undefined && <span className="tag">{desk.superseded(supersededBy)}</span>}
        {item.late && <span className="tag tag-late">{desk.late}</span>}
      </header>
      <h3 id={titleId} lang={text.language} tabIndex={-1}>
        <Marked text={text.headline} />
      </h3>
      {text.missing && (
        <p className="missing-language">
          <strong>{desk.missingLanguage}</strong> {desk.missingLanguageHint}
        </p>
      )}
      {text.description !== undefined && (
        <p className="description" lang={text.language}>
          <Marked text={text.description} />
        </p>
      )}
      <ResponseText body={item.body} timeZone={timeZone} />
      <ItemTimes body={item.body} timeZone={timeZone} feed={feed} atControl={atControl} />
      <ItemFacts body={item.body} />
      <LaunchFacts body={item.body} timeZone={timeZone} />
      <Conflicts body={item.body} />
      {item.body.note !== undefined && (
        <p className="note">
          <span className="quiet">{desk.note}:</span> {item.body.note}
        </p>
      )}
      <div className="more-row">
        <Areas body={item.body} />
        <Sources body={item.body} />
        <OtherLanguages body={item.body} shown={text.language} />
      </div>
      {children}
    </article>
  );
}

/** Calls back when a good part of the element is visible in a page that is itself visible. */
function useOnScreen(element: { current: HTMLElement | null }, onScreen: (() => void) | undefined): void {
  const callback = useRef(onScreen);
  callback.current = onScreen;
  const wanted = onScreen !== undefined;
  useEffect(() => {
    const target = element.current;
    if (!wanted || !target) {
      return;
    }
    const report = (): void => {
      if (document.visibilityState === 'visible') {
        callback.current?.();
      }
    };
    // The card may be taller than the window, so a share of it cannot be asked for: a strip of it must be in sight.
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        report();
      }
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, wanted]);
}
