import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { CERTAINTIES, SEVERITIES, URGENCIES, type AlertInfo } from '../core/alert/alert.js';
import type { AlertArea } from '../core/area/alert-area.js';
import { SUBDIVISIONS } from '../core/area/subdivisions.js';
import { SLOTS } from '../core/phrase/phrase.js';
import type { Area } from '../core/scenario/scenario.schema.js';
import type { AlertIssued, AlertRequest, AwaitingApproval } from '../core/wire/alert.js';
import { areaOf } from './area.js';
import { CliError, EXIT } from './cli-error.js';
import { printable } from './columns.js';
import { connect, withConnection } from './connection.js';
import type { ConnectionOptions } from './connection.js';
import { readText } from './read-text.js';
import { print } from './terminal.js';

type Text = 'ja' | 'ko' | 'en' | 'descriptionJa' | 'descriptionKo' | 'descriptionEn';

interface AlertOptions extends ConnectionOptions, Partial<Record<Text, string>> {
  run: string;
  event?: string;
  category?: string;
  severity?: string;
  urgency?: string;
  certainty?: string;
  area: AlertArea[];
  phrase?: string;
  slot: Record<string, string>;
  from?: string;
  file?: string;
  key?: string;
}

const LANGUAGES = [
  { tag: 'ja-JP', headline: 'ja', description: 'descriptionJa' },
  { tag: 'ko-KR', headline: 'ko', description: 'descriptionKo' },
  { tag: 'en-US', headline: 'en', description: 'descriptionEn' },
] as const;

const EXAMPLE = `
Example:
  npm run triwatch -- alert --event "Missile launch" --severity Extreme --urgency Immediate --certainty Observed \\
    --en "Launch detected on the east coast" --ja "東海岸から発射を探知" --ko "동해안에서 발사 탐지" \\
    --area "39.4,127.5 30" --from kr-jcs
  npm run triwatch -- alert --phrase launch --slot time=07:29 --slot place=JP-01,JP-02 --area JP-01 --area JP-02 --from jp-cas

The alert goes to run "live" unless --run says otherwise; its status is the mode of that run.
--file takes the JSON body of POST /api/v1/alerts; options given beside it replace its fields.`;

export function addAlert(program: Command): void {
  const command = program
    .command('alert')
    .description('issue an alert to every party that may see it')
    .option('--run <run>', 'the run it belongs to', 'live')
    .option('--event <text>', 'what it is about')
    .option('--category <category>', 'CAP category, as in Security')
    .addOption(new Option('--severity <level>', 'how bad').choices(SEVERITIES))
    .addOption(new Option('--urgency <level>', 'how soon').choices(URGENCIES))
    .addOption(new Option('--certainty <level>', 'how sure').choices(CERTAINTIES))
    .option('--ja <headline>', 'headline in Japanese')
    .option('--ko <headline>', 'headline in Korean')
    .option('--en <headline>', 'headline in English')
    .option('--description-ja <text>', 'detail in Japanese')
    .option('--description-ko <text>', 'detail in Korean')
    .option('--description-en <text>', 'detail in English')
    .option('--phrase <id>', 'a standard phrase; it fills in what is left out (see: triwatch phrase list)')
    .option('--slot <name=value>', 'what fills a slot of the phrase, as in time=07:29; may be repeated', addSlot, {})
    .option(
      '--area <area>',
      '"lat,lon radiusKm", "lat,lon lat,lon lat,lon ..." or an ISO 3166-2 code as in JP-01; may be repeated',
      addAlertArea,
      [],
    )
    .option('--from <desk>', 'the desk that issues it (its user signs in; default: controller)')
    .option('--file <file>', 'read the alert from a JSON file')
    .option('--key <key>', 'idempotency key: the same key never issues a second alert')
    .addHelpText('after', EXAMPLE);
  withConnection(command).action(async (options: AlertOptions) => {
    const body = await bodyOf(options);
    const api = await connect(options, options.from ?? 'controller');
    const headers: Record<string, string> = options.key ? { 'Idempotency-Key': options.key } : {};
    const answer = await api.post<AlertIssued | AwaitingApproval>(
      `/alerts?run=${encodeURIComponent(options.run)}`,
      body,
      headers,
    );
    print('state' in answer ? waitingLines(answer) : issuedLines(answer));
  });
}

const issuedLines = ({ id, version, identifier, run, warnings }: AlertIssued): string[] => [
  `alert ${id} version ${version}`,
  `identifier ${identifier}`,
  `run ${run}`,
  ...warnings.map(({ rule, message }) => printable(`warning ${rule}: ${message}`)),
];

const waitingLines = ({ id, run, hash, expiresAt }: AwaitingApproval): string[] => [
  `draft ${id} awaits approval; nobody was told yet`,
  `run ${run}`,
  `hash ${hash}`,
  `until ${expiresAt}`,
  'Another approver of the same party approves it in the console.',
];

/** Reads what fills a slot; collects repeated ones. */
function addSlot(text: string, before: Record<string, string>): Record<string, string> {
  const [, name = '', value = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (!SLOTS.some((slot) => slot === name)) {
    throw new InvalidArgumentError(`Give name=value with a name of ${SLOTS.join(', ')}.`);
  }
  return { ...before, [name]: value };
}

/** Reads an area of an alert, which may also be a prefecture, province or state by its code. */
function addAlertArea(text: string, before: AlertArea[]): AlertArea[] {
  const area = Object.hasOwn(SUBDIVISIONS, text) ? { iso: text } : areaOf(text);
  if (!area) {
    throw new InvalidArgumentError(
      'Give "lat,lon radiusKm" or at least three "lat,lon", in degrees, or an ISO 3166-2 code.',
    );
  }
  return [...before, area];
}

/** Reads an area option; collects repeated ones. */
export function addArea(text: string, before: Area[]): Area[] {
  const area = areaOf(text);
  if (!area) {
    throw new InvalidArgumentError('Give "lat,lon radiusKm" or at least three "lat,lon", in degrees.');
  }
  return [...before, area];
}

async function bodyOf(options: AlertOptions): Promise<Partial<AlertRequest>> {
  const file = options.file ? await jsonIn(options.file) : {};
  const { event, category, severity, urgency, certainty } = options;
  const given = Object.entries({ event, category, severity, urgency, certainty }).filter(([, value]) => value);
  const body: Partial<AlertRequest> = { ...file, ...Object.fromEntries(given) };
  const info = infoOf(options);
  if (info.length > 0) {
    body.info = info;
  }
  if (options.area.length > 0) {
    body.areas = options.area;
  }
  if (options.phrase) {
    body.phrase = { id: options.phrase, slots: options.slot };
  } else if (Object.keys(options.slot).length > 0) {
    throw new CliError('A slot belongs to a phrase: add --phrase.', EXIT.usage);
  }
  const missing = body.phrase ? [] : lacking(body);
  if (missing.length > 0) {
    throw new CliError(`The alert lacks ${missing.join(', ')}. See: npm run triwatch -- alert --help`, EXIT.usage);
  }
  return body;
}

/** What an alert without a phrase cannot be sent without. */
function lacking(body: Partial<AlertRequest>): string[] {
  return [
    ...(['event', 'severity', 'urgency', 'certainty'] as const)
      .filter((name) => !body[name])
      .map((name) => `--${name}`),
    ...(body.info?.length ? [] : ['a headline (--ja, --ko or --en)']),
  ];
}

function infoOf(options: AlertOptions): AlertInfo[] {
  return LANGUAGES.flatMap(({ tag, headline, description }) => {
    const [title, detail] = [options[headline], options[description]];
    if (detail && !title) {
      throw new CliError(`A description in ${tag} needs a headline (--${headline}).`, EXIT.usage);
    }
    return title ? [{ language: tag, headline: title, description: detail }] : [];
  });
}

async function jsonIn(file: string): Promise<Partial<AlertRequest>> {
  const text = await readText(file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new CliError(`${file} is not JSON: ${(cause as Error).message}`, EXIT.usage, { cause });
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new CliError(`${file} does not hold one JSON object.`, EXIT.usage);
  }
  return parsed;
}
