import { webhookGivenUpTexts } from './webhook.texts.js';

describe('webhookGivenUpTexts', () => {
  const texts = webhookGivenUpTexts('test', 'hook.example', { 'ja-JP': '韓国', 'en-US': 'Korea' }, 16);

  it.each([
    ['ja-JP', '【試験】外部配信（Webhook）不達：hook.example宛て、韓国向け【試験】', '16回'],
    ['ko-KR', '[시험] 외부 전송(웹훅) 포기: hook.example, Korea 피드 [시험]', '16회'],
    ['en-US', 'TEST Webhook gave up: hook.example, feed of Korea TEST', '16 attempts'],
  ])('says in %s which receiver and feed, how often it was tried, and what to do', (language, headline, attempts) => {
    expect(texts[language]?.headline).toBe(headline);
    expect(texts[language]?.description).toContain(attempts);
  });
});
