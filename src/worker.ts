import { runProcess } from './platform/run-process.js';
import { startWorker } from './service.js';

await runProcess(async () => {
  const worker = await startWorker();
  process.stdout.write('Triwatch: the worker is ready.\n');
  return worker;
});
