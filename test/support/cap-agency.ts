import { CAP_12 } from '../../src/core/cap/cap.js';
import { capTime } from '../../src/core/cap/cap.time.js';
import { BadServer } from './bad-server.js';

/** Lately, or it would be no news. */
const SENT = capTime(Date.now() - 60_000);
const SENDER = 'agency@example.org';
/** No two agencies of a test file send the same message. */
let agencies = 0;

/** A CAP document of an agency. */
export function capXml(id: string, { status = 'Test', msgType = 'Alert', references = '', headline = `제목 ${id}`, sender = SENDER, sent = SENT } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="${CAP_12}"><identifier>${id}</identifier><sender>${sender}</sender><sent>${sent}</sent>
<status>${status}</status><msgType>${msgType}</msgType><scope>Public</scope>${references && `<references>${references}</references>`}
<info><language>ko-KR</language><category>Met</category><event>호우</event><urgency>Expected</urgency><severity>Severe</severity>
<certainty>Likely</certainty><headline>${headline}</headline><description>많은 비</description>
<area><areaDesc>서울</areaDesc><circle>37.5,127 20</circle></area></info></alert>`;
} // prettier-ignore

/** An agency with an Atom feed that links to its documents, newest first. */
export class CapAgency {
  readonly documents = new Map<string, string | Buffer>();
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  /** Paths that it answers 503 to. */
  readonly fail = new Set<string>();
  notModified = 0;
  readonly sender = `agency-${(agencies += 1)}@example.org`;
  private version = 0;

  private constructor(readonly server: BadServer) {}

  static async start(): Promise<CapAgency> {
    const server = await BadServer.start(() => undefined);
    const agency = new CapAgency(server);
    agency.recover();
    return agency;
  }

  publish(id: string, document: string | Buffer = this.cap(id)): void {
    this.documents.set(id, document);
    this.version += 1;
  }

  cap(id: string, options: Parameters<typeof capXml>[1] = {}): string {
    return capXml(id, { sender: this.sender, ...options });
  }

  referenceTo(id: string): string {
    return `${this.sender},${id},${SENT}`;
  }

  /** Behaves well again. */
  recover(): void {
    this.server.behave = (request, response) => {
      const path = request.url ?? '';
      const isFeed = path.replace(/\?.*/, '') === '/feed';
      this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
      const etag = `"${this.version}"`;
      const document = this.documents.get(path.replace(/^\/cap\//, ''));
      if (isFeed && request.headers['if-none-match'] === etag) {
        this.notModified += 1;
        response.writeHead(304).end();
      } else if (isFeed) {
        response.writeHead(200, { 'content-type': 'application/atom+xml', etag }).end(this.feed());
      } else if (this.fail.has(path)) {
        response.writeHead(503).end();
      } else if (document !== undefined) {
        response.writeHead(200, { 'content-type': 'application/cap+xml' }).end(document);
      } else {
        response.writeHead(404).end();
      }
    };
  }

  get feedUrl(): string {
    return `${this.server.url}/feed`;
  }

  private feed(): string {
    const entries = [...this.documents.keys()]
      .reverse()
      .map(
        (id) =>
          `<entry><id>urn:${id}</id><updated>2026-11-24T12:00:00Z</updated><link type="application/cap+xml" href="cap/${id}"/></entry>`,
      );
    return `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed</id>${entries.join('')}</feed>`;
  }
}
