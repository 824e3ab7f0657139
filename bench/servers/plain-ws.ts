import { WebSocketServer, type WebSocket } from 'ws';
import { alertServer, FEEDS, listen } from './http.js';

const clients = new Map<string, Set<WebSocket>>(FEEDS.map((feed) => [feed, new Set()]));

/** A loop over the clients of a bare WebSocket server; it stores nothing. */
const http = alertServer((alert) => {
  const acceptedAt = process.hrtime.bigint();
  const text = JSON.stringify(JSON.parse(alert));
  FEEDS.forEach((feed) => clients.get(feed)?.forEach((client) => client.send(text)));
  return acceptedAt;
});

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (client, request) => {
  const feed = clients.get(new URL(request.url ?? '/', 'http://localhost').searchParams.get('feed') ?? '');
  feed?.add(client);
  client.on('close', () => feed?.delete(client));
  client.send('"welcome"');
});
listen(http);
