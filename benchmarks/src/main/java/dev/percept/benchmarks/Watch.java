package dev.percept.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Times a stretch of work in this process and prints it for the parent, see {@link Child#number}.
 */
final class Watch {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long start = System.nanoTime();
  private final long cpu = system.getProcessCpuTime();

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Processor seconds of all threads. */
  double cpu() {
    return (system.getProcessCpuTime() - cpu) / 1e9;
  }

  void print() {
    System.out.println("seconds=" + seconds());
    System.out.println("cpu=" + cpu());
  }
}
