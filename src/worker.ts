import { runProcess } from './platform/run-process.js';
import { startWorker } from './service.js';

await runProcess(() => startWorker());
