import { newWebhookSecret, webhookHeaders } from './webhook-signature.js';

describe('webhookHeaders', () => {
  it('signs the example of the Standard Webhooks specification as its libraries do', () => {
    const body = '{"test": 2432232314}';
    const headers = webhookHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), body, [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ]);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with every secret that is valid, each of its own', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];
    const signed = webhookHeaders('1', new Date(0), '{}', secrets)['webhook-signature'] ?? '';
    expect(signed.split(' ')).toHaveLength(2);
    expect(new Set(signed.split(' ')).size).toBe(2);
    expect(signed).not.toContain(secrets[0]);
  });
});
