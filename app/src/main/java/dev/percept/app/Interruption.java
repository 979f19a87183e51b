package dev.percept.app;

import dev.percept.core.Run;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C asks the runs of this process to stop and waits until they have tidied up, so that no
 * temporary folder and no half-written bundle is left. A signal is a matter of the whole process,
 * which is why this, alone, is static.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 20;
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final List<Run> RUNS = new CopyOnWriteArrayList<>();

  private Interruption() {}

  /** To be called once, by the process's main method. */
  static void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(Interruption::stop, "percept-stop"));
  }

  /** Makes Ctrl-C cancel {@code run}. */
  static Run stops(Run run) {
    RUNS.add(run);
    return run;
  }

  /** The command has ended, well or not; nothing is left to wait for. */
  static void ended() {
    ENDED.countDown();
  }

  private static void stop() {
    if (ENDED.getCount() == 0) {
      return;
    }
    RUNS.forEach(Run::cancel);
    try {
      if (!ENDED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("percept: stopped before everything was tidied up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
