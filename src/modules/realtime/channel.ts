/**
 * Every way on which a feed leaves the service. A new one is a file that implements `Channel`, a line here, a client in
 * test/e2e/channels.e2e.spec.ts, which does not compile without it, and a paragraph in docs/wire-contract.md.
 */
export const CHANNELS = ['socket', 'sse', 'atom', 'webhook'] as const;

export type ChannelName = (typeof CHANNELS)[number];

/**
 * What every channel promises, whether it pushes or is asked. One test holds all of them to it:
 * - every item of the audience, in order, without a gap, and none of another audience; each item by its position, so that an
 *   update or a cancel is never taken for a repetition;
 * - a reader that comes back with the position of its last item gets exactly what follows, whatever was appended meanwhile;
 * - a new epoch is told as one, and followed;
 * - the mode, whether an item came late, and each of its languages reach the reader;
 * - nobody reads a feed that is not theirs: UNAUTHENTICATED, RUN_NOT_FOUND, FORBIDDEN_FEED.
 */
export interface Channel {
  /** As in the metrics. */
  readonly name: ChannelName;
}
