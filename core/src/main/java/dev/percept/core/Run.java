package dev.percept.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * The circumstances of a computation: seed, threads, progress, cancellation. Passed explicitly;
 * there is no global state. The same seed and threads on the same machine give the same bits.
 */
public final class Run {
  private final long seed;
  private final int threads;
  private final Progress progress;
  private final AtomicBoolean cancelled;

  private Run(long seed, int threads, Progress progress, AtomicBoolean cancelled) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: at least 1, found " + threads);
    }
    this.seed = seed;
    this.threads = threads;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /** A run with a seed, as many threads as the machine has cores, and nobody watching. */
  public static Run of(long seed) {
    return new Run(
        seed, Runtime.getRuntime().availableProcessors(), Progress.NONE, new AtomicBoolean());
  }

  /** The same run with another seed. */
  public Run withSeed(long seed) {
    return new Run(seed, threads, progress, cancelled);
  }

  /** The same run with another number of threads. */
  public Run withThreads(int threads) {
    return new Run(seed, threads, progress, cancelled);
  }

  /** The same run, watched by {@code progress}. */
  public Run withProgress(Progress progress) {
    return new Run(seed, threads, progress, cancelled);
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** How many threads to use. */
  public int threads() {
    return threads;
  }

  /**
   * A stream of random numbers for one purpose, for example {@code "nmf.init"}. Streams of
   * different purposes are independent, so a new step shifts no other.
   */
  public RandomGenerator random(String purpose) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    // SplittableRandom mixes its seed; the odd factor keeps (seed, purpose) pairs apart.
    return new SplittableRandom(hash ^ (seed * 0x9e3779b97f4a7c15L)).split();
  }

  /** Begins a stage of work. */
  public Progress.Stage stage(String what, long steps) {
    throwIfCancelled();
    return progress.begin(what, steps);
  }

  /** Asks all work under this run (and runs derived from it) to stop soon. */
  public void cancel() {
    cancelled.set(true);
  }

  /**
   * To be called now and then by long work.
   *
   * @throws CancellationException after {@link #cancel()}
   */
  public void throwIfCancelled() {
    if (cancelled.get()) {
      throw new CancellationException("cancelled");
    }
  }

  /**
   * Runs {@code task} for 0 ... tasks - 1 on {@link #threads()} threads. Tasks must write to places
   * of their own, so that the result does not depend on the schedule. The first failure stops the
   * rest and is thrown here.
   */
  public void parallel(int tasks, IntConsumer task) {
    int workers = Math.min(threads, tasks);
    if (workers <= 1) {
      for (int i = 0; i < tasks; i++) {
        throwIfCancelled();
        task.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            body -> {
              Thread thread = new Thread(body, "percept-worker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int w = 0; w < workers; w++) {
        futures.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < tasks && !failed.get();
                      i = next.getAndIncrement()) {
                    try {
                      throwIfCancelled();
                      task.accept(i);
                    } catch (Throwable t) {
                      failed.set(true);
                      throw t;
                    }
                  }
                }));
      }
      await(futures);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(List<Future<?>> futures) {
    Throwable failure = null;
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
