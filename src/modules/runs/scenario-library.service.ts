import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { DomainError } from '../../core/domain-error.js';
import { parseScenario } from '../../core/scenario/scenario.parse.js';
import type { Scenario } from '../../core/scenario/scenario.schema.js';
import { OperationalError } from '../../platform/operational-error.js';
import { LOGGER } from '../../platform/logging/logger.js';

/** Injection token of the folder that holds a folder for each scenario. */
export const SCENARIOS_DIR = Symbol('SCENARIOS_DIR');

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** SHA-256 of the file, lower-case hex: a run keeps it, so that a report can say what exactly was played. */
  readonly hash: string;
}

/** The scenarios on disk. A file is parsed once and again when it changes. */
@Injectable()
export class ScenarioLibrary {
  private readonly cache = new Map<string, { mtimeMs: number; loaded: LoadedScenario }>();

  constructor(
    @Inject(SCENARIOS_DIR) private readonly folder: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Every scenario that is right, by id; one that is not is left out and named in the log. */
  async list(): Promise<LoadedScenario[]> {
    const entries = await this.folders();
    const loaded = await Promise.all(
      entries
        .filter((entry) => entry.isDirectory())
        .map((entry) =>
          this.load(entry.name).catch((error: unknown) => {
            this.logger.warn({ err: error, scenario: entry.name }, 'a scenario is left out of the list');
            return undefined;
          }),
        ),
    );
    return loaded.filter((each) => each !== undefined).sort((a, b) => (a.scenario.id < b.scenario.id ? -1 : 1));
  }

  /** What lies in the scenarios folder. Throws OperationalError SCENARIOS_DIR_UNREADABLE. */
  async folders(): Promise<Dirent[]> {
    try {
      return await readdir(this.folder, { withFileTypes: true });
    } catch (error) {
      const message = `The scenarios folder ${this.folder} cannot be read: set TRIWATCH_SCENARIOS_DIR to a folder that can, or unset it.`;
      throw new OperationalError('SCENARIOS_DIR_UNREADABLE', message, { cause: error });
    }
  }

  /** The scenario of that id. Throws DomainError SCENARIO_NOT_FOUND, or SCENARIO_INVALID with every fault. */
  async load(id: string): Promise<LoadedScenario> {
    const file = join(this.folder, id, 'scenario.yaml');
    // The id becomes part of a path: only what a scenario id may look like gets that far.
    const found = /^[a-z0-9-]{1,80}$/.test(id) ? await stat(file).catch(() => undefined) : undefined;
    if (!found) {
      throw new DomainError(
        'SCENARIO_NOT_FOUND',
        `There is no scenario "${id.slice(0, 80)}"; GET /scenarios lists those that are there.`,
      );
    }
    const cached = this.cache.get(id);
    if (cached?.mtimeMs === found.mtimeMs) {
      return cached.loaded;
    }
    const text = await readFile(file, 'utf8');
    const parsed = parseScenario(text);
    if ('faults' in parsed) {
      throw new DomainError(
        'SCENARIO_INVALID',
        `The scenario "${id}" has ${parsed.faults.length} fault(s); mend its file.`,
        {
          findings: parsed.faults,
        },
      );
    }
    if (parsed.scenario.id !== id) {
      const message = `The scenario in the folder "${id}" has the id "${parsed.scenario.id}"; give both the same name.`;
      throw new DomainError('SCENARIO_INVALID', message);
    }
    const loaded = { scenario: parsed.scenario, hash: createHash('sha256').update(text).digest('hex') };
    this.cache.set(id, { mtimeMs: found.mtimeMs, loaded });
    return loaded;
  }
}
