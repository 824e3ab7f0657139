/** Sends a signal to one process; false when there is no such process. */
export function signalTo(pid: number, signal: NodeJS.Signals): boolean {
  // 0 would be this process and all that it has started.
  if (pid <= 0) {
    return false;
  }
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // It may have ended since somebody looked.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
    return false;
  }
}
