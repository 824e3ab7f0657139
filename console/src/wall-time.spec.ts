import { messagesFor } from './messages/catalogue.js';
import { wallTime } from './wall-time.js';

const AT = Date.parse('2026-03-02T16:10:05Z');

describe('a moment of the room', () => {
  it('is a plain time on the live watch', () => {
    expect(wallTime(AT, 'Asia/Seoul', 'watch', messagesFor('ko-KR'))).toBe('01:10:05 KST');
  });

  it.each([
    ['en-US', 'replay', '3 Mar 2026 01:10:05 KST (real time)'],
    ['ja-JP', 'exercise', '実時刻 2026年3月3日 01:10:05 KST'],
    ['ko-KR', undefined, '실제 시각 2026년 3월 3일 01:10:05 KST'],
  ] as const)('says so and names its day in %s beside the time of another run', (tag, job, text) => {
    expect(wallTime(AT, 'Asia/Seoul', job, messagesFor(tag))).toBe(text);
  });
});
