import type { ReactElement } from 'react';
import type { AlertArea } from '../../../src/core/area/alert-area.js';
import { subdivisionName } from '../../../src/core/area/subdivision.js';
import { stateNames } from '../../../src/core/announcement/state-names.js';
import type { ItemBody } from '../../../src/core/incident/item.js';
import { useMessages } from '../language.js';
import { wordFor, type Messages } from '../messages/catalogue.js';
import { nameFor, otherTexts } from '../texts.js';
import { dateAndTime } from '../time-format.js';

/** Who did it, where it was and how sure that is. */
export function ItemFacts({ body }: { body: ItemBody }): ReactElement | null {
  const { desk, language } = useMessages();
  const { actor, place } = body;
  if (!actor && !place && !body.urgency && !body.certainty) {
    return null;
  }
  const by = nameFor(actor, language);
  const where = nameFor(place?.names, language);
  const point =
    place?.latitude === undefined || place.longitude === undefined
      ? undefined
      : `${place.latitude.toFixed(3)}, ${place.longitude.toFixed(3)}`;
  return (
    <dl className="facts">
      {actor && (
        <div>
          <dt>{desk.actor}</dt>
          <dd lang={by.language}>{by.name}</dd>
        </div>
      )}
      {place && (
        <div>
          <dt>{desk.place}</dt>
          <dd>
            <span lang={where.language}>{where.name}</span>{' '}
            <span className="quiet">
              {point ?? desk.noPoint}
              {point !== undefined &&
                place.uncertaintyKm !== undefined &&
                ` · ${desk.uncertainty(place.uncertaintyKm)}`}
            </span>
          </dd>
        </div>
      )}
      {body.urgency && (
        <div>
          <dt>{desk.urgencyLabel}</dt>
          <dd>{wordFor(desk.urgency, body.urgency)}</dd>
        </div>
      )}
      {body.certainty && (
        <div>
          <dt>{desk.certaintyLabel}</dt>
          <dd>{wordFor(desk.certainty, body.certainty)}</dd>
        </div>
      )}
    </dl>
  );
}

/** What the sources disagree on, the versions side by side; nothing is averaged. */
export function Conflicts({ body }: { body: ItemBody }): ReactElement | null {
  const { desk, language } = useMessages();
  if (!body.conflicts || body.conflicts.length === 0) {
    return null;
  }
  return (
    <section className="conflicts" aria-label={desk.conflicts}>
      {body.conflicts.map((conflict, index) => {
        const about = nameFor(conflict.about, language);
        return (
          <div key={index}>
            <h4>
              {desk.conflicts}: <span lang={about.language}>{about.name}</span>
            </h4>
            <ul>
              {conflict.values.map((value, at) => {
                const text = nameFor(value.value, language);
                return (
                  <li key={at}>
                    <span lang={text.language}>{text.name}</span>
                    <small>{value.sources.join(', ')}</small>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

/** The sources with their tier, behind a click. */
export function Sources({ body }: { body: ItemBody }): ReactElement | null {
  const { desk } = useMessages();
  if (!body.sources || body.sources.length === 0) {
    return null;
  }
  return (
    <details className="more">
      <summary>{desk.sources(body.sources.length)}</summary>
      <ul className="sources">
        {body.sources.map((source) => (
          <li key={source.id}>
            <span className={`tier tier-${source.tier}`} title={wordFor(desk.tier, source.tier)}>
              {source.tier}
            </span>
            <span>
              <a href={source.url} target="_blank" rel="noreferrer noopener">
                {source.title}
              </a>{' '}
              <span className="quiet">
                {source.publisher}, {source.date} · {source.id}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The same item in the other languages it came in. */
export function OtherLanguages({ body, shown }: { body: ItemBody; shown: string }): ReactElement | null {
  const { desk } = useMessages();
  const others = otherTexts(body.texts, shown);
  if (others.length === 0) {
    return null;
  }
  return (
    <details className="more">
      <summary>{desk.otherLanguages(others.length)}</summary>
      {others.map((text) => (
        <div key={text.language} className="other-language">
          <span className="language-tag">{wordFor(desk.language, text.language)}</span>
          <p lang={text.language}>
            <strong>{text.headline}</strong>
          </p>
          {text.description !== undefined && <p lang={text.language}>{text.description}</p>}
        </div>
      ))}
    </details>
  );
}

/** A launch notice with its check, an observed launch, and how the two match. */
export function LaunchFacts({ body, timeZone }: { body: ItemBody; timeZone: string }): ReactElement | null {
  const { desk, language } = useMessages();
  const { announcement, launch, match } = body;
  if (!announcement && !launch && !match) {
    return null;
  }
  // A window opens days after its notice, and the day may be another one in this zone: the date is always said.
  const at = (iso: string): string => dateAndTime(Date.parse(iso), timeZone, language);
  return (
    <section className="launch">
      {match && <p className={`match match-${match.verdict}`}>{desk.match[match.verdict]}</p>}
      {launch && (
        <p>
          {desk.launchObserved}: <time dateTime={launch.at}>{at(launch.at)}</time>
        </p>
      )}
      {announcement && (
        <>
          <dl className="facts">
            <div>
              <dt>{wordFor(desk.announcedAct, announcement.act)}</dt>
              <dd>
                {[nameFor(stateNames(announcement.by), language).name, announcement.vehicleClass]
                  .filter(Boolean)
                  .join(' · ')}
              </dd>
            </div>
            <div>
              <dt>{desk.window}</dt>
              <dd>
                {at(announcement.windowStart)} – {at(announcement.windowEnd)}
              </dd>
            </div>
            <div>
              <dt>{desk.receivedAt}</dt>
              <dd>{at(announcement.receivedAt)}</dd>
            </div>
          </dl>
          <h4>{desk.check(announcement.check.regime)}</h4>
          <ul className="findings">
            {announcement.check.findings.map((finding) => (
              <li key={finding.rule}>
                <span className={`verdict verdict-${finding.verdict}`}>{desk.verdict[finding.verdict]}</span>
                <span lang="en">{finding.detail}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The areas of an item in words; a map comes with the full console. */
export function Areas({ body }: { body: ItemBody }): ReactElement | null {
  const messages = useMessages();
  const { desk } = messages;
  const { announcement } = body;
  const areas = [
    ...(body.areas ?? []),
    ...(announcement?.launchArea ? [announcement.launchArea] : []),
    ...(announcement?.impactAreas ?? []),
  ];
  if (areas.length === 0) {
    return null;
  }
  return (
    <details className="more">
      <summary>
        {desk.areas} ({areas.length})
      </summary>
      <ul className="sources">
        {areas.map((area, index) => (
          <li key={index}>{areaText(area, messages)}</li>
        ))}
      </ul>
    </details>
  );
}

function areaText(area: AlertArea, { desk, language }: Messages): string {
  if ('iso' in area) {
    return `${subdivisionName(area.iso, language)} (${area.iso})`;
  }
  return 'circle' in area
    ? desk.circle(`${area.circle.latitude.toFixed(2)}, ${area.circle.longitude.toFixed(2)}`, area.circle.radiusKm)
    : `${desk.polygon(area.polygon.length)}: ${area.polygon.map(([lat, lon]) => `${lat},${lon}`).join('  ')}`;
}
