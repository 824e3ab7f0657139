import { markedTexts } from '../scenario/marker.js';
import type { Mode } from '../scenario/mode.js';
import type { Names, Texts } from '../scenario/scenario.schema.js';

/** What control is told when a webhook gives up a message. `host` is of its address, of which the rest may hold a secret. */
export function webhookGivenUpTexts(mode: Mode, host: string, audience: Names, attempts: number): Texts {
  const named = (language: string): string => audience[language] ?? audience['en-US'] ?? '';
  return markedTexts(mode, {
    'ja-JP': {
      headline: `外部配信（Webhook）不達：${host}宛て、${named('ja-JP')}向け`,
      description: `${attempts}回送信しましたが、受信側が受け付けませんでした。後続の項目の送信は続けます。受信側の担当者に連絡し、復旧後に再送してください。`,
    },
    'ko-KR': {
      headline: `외부 전송(웹훅) 포기: ${host}, ${named('ko-KR')} 피드`,
      description: `${attempts}회 전송했으나 수신 측이 받지 않았습니다. 이후 항목은 계속 전송합니다. 수신 측 담당자에게 연락하고, 복구되면 다시 전송하십시오.`,
    },
    'en-US': {
      headline: `Webhook gave up: ${host}, feed of ${named('en-US')}`,
      description: `${attempts} attempts, and the receiver took none. Later items are still sent. Tell whoever runs the receiver, and resend once it is mended.`,
    },
  });
}
