import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE, serviceDataSource } from './data-source.js';
import { DatabaseWatch, WATCH_URL } from './database-watch.js';
import { endWhenSilent } from './pool-connections.js';
import { FeedHints, HINTS_URL } from './feed-hints.js';
import { Transactions } from './transactions.js';

/** The database of the application: transactions for everybody, and the hints that wake tailers. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATA_SOURCE) private readonly dataSource: DataSource,
    watch: DatabaseWatch,
  ) {
    endWhenSilent(dataSource, watch);
  }

  static forRoot(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DATA_SOURCE, useFactory: () => serviceDataSource(url).initialize() },
        { provide: HINTS_URL, useValue: url },
        { provide: WATCH_URL, useValue: url },
        DatabaseWatch,
        Transactions,
        FeedHints,
      ],
      exports: [DatabaseWatch, Transactions, FeedHints],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
