package dev.percept.app;

import dev.percept.core.Progress;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress on standard error: a bar with the time left on a terminal, a line every ten seconds in a
 * log. Stages that end sooner leave no trace in a log.
 */
final class ConsoleProgress implements Progress {
  private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final boolean terminal;
  private final PrintWriter log;

  private ConsoleProgress(boolean terminal, PrintWriter log) {
    this.terminal = terminal;
    this.log = log;
  }

  /** Progress for this process; the launcher says whether standard error is a terminal. */
  static Progress onStandardError(PrintWriter log) {
    return new ConsoleProgress(Boolean.getBoolean("percept.tty"), log);
  }

  @Override
  public Stage begin(String what, long steps) {
    return terminal ? new Bar(what, steps, System.err) : new Lines(what, steps, log);
  }

  private static final class Bar implements Stage {
    private final ProgressBar bar;

    Bar(String what, long steps, PrintStream to) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .clearDisplayOnFinish()
              .setConsumer(new ConsoleProgressBarConsumer(to, 80))
              .build();
    }

    @Override
    public void advance(long steps) {
      bar.stepBy(steps);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private static final class Lines implements Stage {
    private final String what;
    private final long steps;
    private final PrintWriter log;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong next = new AtomicLong(start + LINE_EVERY_NANOS);

    Lines(String what, long steps, PrintWriter log) {
      this.what = what;
      this.steps = steps;
      this.log = log;
    }

    @Override
    public void advance(long more) {
      long d = done.addAndGet(more);
      long now = System.nanoTime();
      long due = next.get();
      if (now >= due && next.compareAndSet(due, now + LINE_EVERY_NANOS)) {
        double seconds = (now - start) / 1e9;
        long left = Math.round(seconds * (steps - d) / Math.max(1, d));
        log.println(what + ": " + d + " of " + steps + ", about " + left + " s left");
      }
    }
  }
}
