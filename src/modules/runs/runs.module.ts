import { Module, type DynamicModule } from '@nestjs/common';
import { ArrangementsService } from './arrangements.service.js';
import { ClockRepository } from './clock.repository.js';
import { ClockService } from './clock.service.js';
import { DEMO_SETTINGS, DemoController, type DemoSettings } from './demo.controller.js';
import { Drains } from './drains.js';
import { DueRowsRepository } from './due-rows.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { Inputs } from './inputs.js';
import { JoinCodesController } from './join-codes.controller.js';
import { JoinCodesRepository } from './join-codes.repository.js';
import { JoinCodesService } from './join-codes.service.js';
import { RunParts } from './run-parts.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { SCENARIOS_DIR, ScenarioLibrary } from './scenario-library.service.js';
import { ThresholdsService } from './thresholds.service.js';
import { ALLOW_ACTUAL, Watches } from './watches.js';

@Module({})
export class RunsModule {
  static forRoot(options: { scenariosDir: string; demo: DemoSettings; allowActual: boolean }): DynamicModule {
    return {
      module: RunsModule,
      global: true,
      controllers: [RunsController, DemoController, JoinCodesController],
      providers: [
        { provide: SCENARIOS_DIR, useValue: options.scenariosDir },
        { provide: DEMO_SETTINGS, useValue: options.demo },
        ArrangementsService,
        { provide: ALLOW_ACTUAL, useValue: options.allowActual },
        ClockRepository,
        ClockService,
        Drains,
        DueRowsRepository,
        IdempotencyRepository,
        Inputs,
        JoinCodesRepository,
        JoinCodesService,
        RunParts,
        RunsRepository,
        RunsService,
        ScenarioLibrary,
        ThresholdsService,
        Watches,
      ],
      exports: [
        ArrangementsService,
        ClockRepository,
        Drains,
        DueRowsRepository,
        Inputs,
        RunParts,
        RunsRepository,
        RunsService,
        ScenarioLibrary,
        ThresholdsService,
        Watches,
      ],
    };
  }
}
