import { base64Bytes } from '../cap.base64.js';
import type { CapRule } from '../cap.rule.js';
import { uriForm } from '../cap.uri.js';
import { blank, infos, resources, where } from './places.js';

/** `type/subtype`, with parameters after it (RFC 2045, 5.1). */
const MIME = /^([\w!#$&^.+-]+)\/[\w!#$&^.+-]+(\s*;.*)?$/;
/** The top-level types that IANA keeps, and private ones. */
const TOP_LEVEL =
  /^(application|audio|example|font|haptics|image|message|model|multipart|text|video|x-[\w!#$&^.+-]+)$/i;

const SHA1_HEX = /^[0-9a-f]{40}$/i;

/** Files that come with the message, and its links. */
export const RESOURCE: readonly CapRule[] = [
  {
    id: 'MIME_FORM',
    severity: 'error',
    says: 'Write the media type as type/subtype, as in image/png',
    source: 'CAP 3.2.3 mimeType, RFC 2046',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { mimeType }, path }) => {
        const type = MIME.exec(mimeType ?? '')?.[1];
        return where(!blank(mimeType) && !TOP_LEVEL.test(type ?? ''), `${path}.mimeType`, mimeType);
      }),
  },
  {
    id: 'SIZE_NEGATIVE',
    severity: 'error',
    says: 'Give the size in bytes, 0 or more',
    source: 'CAP 3.2.3 size',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { size }, path }) => where(Number(size) < 0, `${path}.size`, size)),
  },
  {
    id: 'URI_FORM',
    severity: 'error',
    says: 'Correct the link; it has characters that no URI has, such as a space',
    source: 'CAP 3.2.3 uri, RFC 3986',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { uri = '' }, path }) =>
        where(!blank(uri) && uriForm(uri) === 'none', `${path}.uri`, uri),
      ),
  },
  {
    id: 'URI_RELATIVE',
    severity: 'error',
    says: 'Write the full link, or put the content itself into derefUri; a relative link only names what is there',
    source: 'CAP 3.2.3 uri',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { uri = '', derefUri }, path }) =>
        where(uriForm(uri) === 'relative' && blank(derefUri), `${path}.uri`, uri),
      ),
  },
  {
    id: 'RESOURCE_ABSENT',
    severity: 'warning',
    says: 'Give the resource a link in uri or its content in derefUri; as it is nobody can open it',
    source: 'CAP 3.2.3 resource',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { uri, derefUri, resourceDesc }, path }) =>
        where(blank(uri) && blank(derefUri), path, resourceDesc),
      ),
  },
  {
    id: 'DEREF_FORM',
    severity: 'error',
    says: 'Write the content in derefUri as base64',
    source: 'CAP 3.2.3 derefUri',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { derefUri }, path }) =>
        where(!blank(derefUri) && !base64Bytes(derefUri ?? ''), `${path}.derefUri`, derefUri),
      ),
  },
  {
    id: 'DIGEST_FORM',
    severity: 'warning',
    says: 'Write the digest as SHA-1 in 40 hexadecimal digits',
    source: 'CAP 3.2.3 digest',
    find: ({ alert }) =>
      resources(alert).flatMap(({ part: { digest }, path }) =>
        where(!blank(digest) && !SHA1_HEX.test(digest ?? ''), `${path}.digest`, digest),
      ),
  },
  {
    id: 'DIGEST_DIFFERS',
    severity: 'warning',
    says: 'Check the digest: it is not that of the content in derefUri',
    source: 'CAP 3.2.3 digest',
    find: ({ alert, sha1 }) =>
      resources(alert).flatMap(({ part: { digest = '', derefUri }, path }) => {
        const bytes = SHA1_HEX.test(digest) && !blank(derefUri) ? base64Bytes(derefUri ?? '') : undefined;
        return where(bytes !== undefined && sha1(bytes) !== digest.toLowerCase(), `${path}.digest`, digest);
      }),
  },
  {
    id: 'WEB_FORM',
    severity: 'error',
    says: 'Write in web a full link, as in https://example.org/alerts',
    source: 'CAP 3.2.2 web',
    find: ({ alert }) =>
      infos(alert).flatMap(({ part: { web = '' }, path }) =>
        where(!blank(web) && uriForm(web) !== 'absolute', `${path}.web`, web),
      ),
  },
];
