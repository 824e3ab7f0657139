import type { Proxy } from './proxy.js';

/** A process of the service that the harness may kill, stop and start again. */
export interface Member {
  readonly name: string;
  readonly pid: number;
  /** Ends it at once, as a power cut would; false when it did not run. */
  kill(): Promise<boolean>;
  /** Starts it, again and again until it is ready. */
  start(): Promise<void>;
  /** When it ended without having been killed, once it had been ready; in words. */
  crashes(): readonly string[];
}

/** The service under torture, as the nemesis and the rest of the harness see it. */
export interface Cluster {
  readonly mains: readonly Member[];
  readonly workers: readonly Member[];
  readonly redis?: Member;
  /** In front of each main, for HTTP and sockets. */
  readonly consoleProxies: readonly Proxy[];
  /** Between each node and PostgreSQL, the mains first; none in embedded shape. */
  readonly postgresProxies: readonly Proxy[];
  readonly redisProxies: readonly Proxy[];
  /** Of each main by way of its proxy, without a slash at the end. */
  readonly urls: readonly string[];
  /** Of each main without the proxy. */
  readonly directUrls: readonly string[];
  readonly password: string;
  /** Of the superuser, for planting faults and for looking past row-level security. */
  adminUrl(): Promise<string>;
  /** The server processes of PostgreSQL, its parent first. */
  postgresPids(): Promise<number[]>;
  /** Ends PostgreSQL as by a crash; whoever watches over it starts it again. False when it did not run. */
  killPostgres(signal: 'SIGQUIT' | 'SIGKILL'): Promise<boolean>;
  stop(): Promise<void>;
}

export const CONTROLLER = 'controller';

/** A desk of each party and the audience that it belongs to. */
export const DESKS: readonly { readonly desk: string; readonly audience: string }[] = [
  { desk: 'jp-cas', audience: 'jp' },
  { desk: 'jp-mod', audience: 'jp' },
  { desk: 'kr-jcs', audience: 'kr' },
  { desk: 'kr-mois', audience: 'kr' },
  { desk: 'us-indopacom', audience: 'us' },
  { desk: 'us-usfk', audience: 'us' },
];

export const AUDIENCES: readonly string[] = ['control', 'jp', 'kr', 'us'];
