import { Option } from 'commander';
import type { Command } from 'commander';
import { ACTS, VEHICLE_CLASSES, type Area } from '../core/scenario/scenario.schema.js';
import type { AnnouncementMade, AnnouncementRequest } from '../core/wire/announcement.js';
import { addArea } from './alert.command.js';
import { CliError, EXIT } from './cli-error.js';
import { table } from './columns.js';
import { connect, withConnection } from './connection.js';
import type { ConnectionOptions } from './connection.js';
import { print, terminalWidth } from './terminal.js';

interface AnnounceOptions extends ConnectionOptions {
  run: string;
  from?: string;
  by?: string;
  act: AnnouncementRequest['act'];
  class?: AnnouncementRequest['vehicleClass'];
  windowStart: string;
  windowEnd: string;
  launch?: Area[];
  impact: Area[];
  note?: string;
}

/** A notice may not meet a rule without breaking anything that binds its giver, so `broken` is never shown as such. */
const VERDICTS: Record<AnnouncementMade['check']['findings'][number]['verdict'], string> = {
  met: 'met',
  broken: 'not met',
  'cannot-tell': 'cannot tell',
};

const EXAMPLE = `
Example:
  npm run triwatch -- announce --by KP --act missile-test --class ICBM \\
    --window-start 2026-12-03T09:00:00+09:00 --window-end 2026-12-03T15:00:00+09:00 \\
    --launch "39.66,124.71 20" --impact "41.0,138.5 40.0,140.0 39.0,138.0"

Without --by the notice is given by the party of the desk that signs in (--from kr-jcs).
An area is "lat,lon radiusKm" or three or more "lat,lon". Exit code 0: the notice was accepted, whatever the check found.`;

export function addAnnounce(program: Command): void {
  const command = program
    .command('announce')
    .description('give notice of a launch and show how it stands to the rules')
    .option('--run <run>', 'the run it belongs to', 'live')
    .option('--from <desk>', 'the desk that gives it (its user signs in; default: controller)')
    .option('--by <party>', 'the party that announces, as in KP; controllers only')
    .addOption(new Option('--act <act>', 'what is announced').choices(ACTS).makeOptionMandatory())
    .addOption(new Option('--class <class>', 'class of the vehicle').choices(VEHICLE_CLASSES))
    .requiredOption('--window-start <instant>', 'from when, with offset')
    .requiredOption('--window-end <instant>', 'until when, with offset')
    .option('--launch <area>', 'launch area', (text: string) => addArea(text, []))
    .option('--impact <area>', 'impact area; may be repeated', addArea, [])
    .option('--note <text>', 'a remark')
    .addHelpText('after', EXAMPLE);
  withConnection(command).action(announce);
}

async function announce(options: AnnounceOptions): Promise<void> {
  if (!options.by && !options.from && !options.username) {
    throw new CliError('Say who announces: --by PARTY, or --from DESK for the party of that desk.', EXIT.usage);
  }
  const { act, windowStart, windowEnd, by, note } = options;
  const api = await connect(options, options.from ?? 'controller');
  const request: AnnouncementRequest = {
    act,
    vehicleClass: options.class,
    windowStart,
    windowEnd,
    launchArea: options.launch?.[0],
    impactAreas: options.impact,
    by,
    note,
  };
  const made = await api.post<AnnouncementMade>(`/announcements?run=${encodeURIComponent(options.run)}`, request);
  const rows = made.check.findings.map(({ rule, verdict, detail }) => [rule, VERDICTS[verdict], detail]);
  print([
    `announcement ${made.id} version ${made.version} in run ${made.run}`,
    `checked against ${made.check.regime}`,
    '',
    ...table([['rule', 'verdict', 'detail'], ...rows], terminalWidth(), 2),
  ]);
}
