import { runProcess } from './platform/run-process.js';
import { startService } from './service.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runProcess(async () => {
  const startedAt = Date.now();
  const service = await startService({ onProgress: (line) => say(`Triwatch: ${line}`) });
  say(`Triwatch: ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s at ${service.url}`);
  if (service.demo) {
    say('');
    say(`  Open ${service.url} and press "Play Yeonpyeong 2010".`);
    say(`  Sign in as one of: ${service.demo.usernames.join(', ')}`);
    say(`  Password of all of them (demonstration only): ${service.demo.password}`);
    say('  Stop with Ctrl-C; the data stay.');
    say('');
  }
  return service;
});
