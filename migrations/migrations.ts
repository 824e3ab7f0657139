import { Foundation1764000000000 } from './1764000000000-foundation.js';
import { Delivery1764200000000 } from './1764200000000-delivery.js';
import { Cap1764300100000 } from './1764300100000-cap.js';
import { SourcesAndWebhooks1764300200000 } from './1764300200000-sources-and-webhooks.js';
import { WhoMaySend1764300300000 } from './1764300300000-who-may-send.js';
import { SignInAndAudit1764300400000 } from './1764300400000-sign-in-and-audit.js';
import { Announcements1764300600000 } from './1764300600000-announcements.js';
import { RelaysAndWebhooks1764300700000 } from './1764300700000-relays-and-webhooks.js';
import { AnnouncementsOfADesk1764300800000 } from './1764300800000-announcements-of-a-desk.js';
import { CapImports1764400100000 } from './1764400100000-cap-imports.js';
import { Issuers1764400100001 } from './1764400100001-issuers.js';
import { WebhooksAndAdministrators1764400200000 } from './1764400200000-webhooks-and-administrators.js';
import { Restraint1764400400000 } from './1764400400000-restraint.js';
import { Branches1764400600000 } from './1764400600000-branches.js';
import { Turns1764400800000 } from './1764400800000-turns.js';

/** Every migration, oldest first. Listed as classes: a pattern over files works differently from sources, dist and tests. */
export const MIGRATIONS = [
  Foundation1764000000000,
  Delivery1764200000000,
  Cap1764300100000,
  SourcesAndWebhooks1764300200000,
  WhoMaySend1764300300000,
  SignInAndAudit1764300400000,
  Announcements1764300600000,
  RelaysAndWebhooks1764300700000,
  AnnouncementsOfADesk1764300800000,
  CapImports1764400100000,
  Issuers1764400100001,
  WebhooksAndAdministrators1764400200000,
  Restraint1764400400000,
  Branches1764400600000,
  Turns1764400800000,
] as const;
