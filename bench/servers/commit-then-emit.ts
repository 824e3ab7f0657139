import { Pool } from 'pg';
import type { Server } from 'socket.io';
import { alertServer, FEEDS, listen } from './http.js';
import { feedsOver } from './socket-io.js';

/** INSERT, commit, then emit with Socket.IO; at /insert it inserts and commits alone. */
const pool = new Pool({ connectionString: process.argv[2], max: 10 });
await pool.query('CREATE TABLE IF NOT EXISTS alerts (id bigserial PRIMARY KEY, body jsonb NOT NULL)');

const http = alertServer(async (alert, path) => {
  const body: unknown = JSON.parse(alert);
  await pool.query('INSERT INTO alerts (body) VALUES ($1)', [alert]);
  const acceptedAt = process.hrtime.bigint();
  if (path !== '/insert') {
    FEEDS.forEach((feed) => io.to(feed).emit('alert', body));
  }
  return acceptedAt;
});
const io: Server = feedsOver(http);
listen(http);
