import { NOTICE_FIELDS } from './notice.read.js';

/**
 * The JSON Schema of a notice file, for editors and readers. Each field has its form in words and its other names under
 * `x-aliases`; the reader takes those too, without regard to case, hyphens and underscores.
 */
export function noticeSchema(): object {
  const properties = Object.fromEntries(
    NOTICE_FIELDS.map(({ name, aliases, form }) => [name, { description: form, 'x-aliases': aliases }]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A notice before an act, as `notice check` reads it',
    type: 'object',
    minProperties: 1,
    properties,
    examples: [
      {
        by: 'KP',
        act: 'satellite-launch',
        received: '2023-11-21T02:40:00+09:00',
        windowStart: '2023-11-22T00:00:00+09:00',
        windowEnd: '2023-12-01T00:00:00+09:00',
        impactAreas: [{ circle: { latitude: 35.5, longitude: 124, radiusNm: 20 } }],
      },
    ],
  };
}
