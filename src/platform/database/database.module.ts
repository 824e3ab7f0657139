import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE, serviceDataSource } from './data-source.js';
import { FeedHints, HINTS_URL } from './feed-hints.js';
import { Transactions } from './transactions.js';

/** The database of the application: transactions for everybody, and the hints that wake tailers. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATA_SOURCE) private readonly dataSource: DataSource) {}

  static forRoot(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DATA_SOURCE, useFactory: () => serviceDataSource(url).initialize() },
        { provide: HINTS_URL, useValue: url },
        Transactions,
        FeedHints,
      ],
      exports: [Transactions, FeedHints],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
