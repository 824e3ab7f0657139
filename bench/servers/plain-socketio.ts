import type { Server } from 'socket.io';
import { alertServer, FEEDS, listen } from './http.js';
import { feedsOver } from './socket-io.js';

/** A Socket.IO server that broadcasts each alert to the three feeds and stores nothing. */
const http = alertServer((alert) => {
  const acceptedAt = process.hrtime.bigint();
  const body: unknown = JSON.parse(alert);
  FEEDS.forEach((feed) => io.to(feed).emit('alert', body));
  return acceptedAt;
});
const io: Server = feedsOver(http);
listen(http);
