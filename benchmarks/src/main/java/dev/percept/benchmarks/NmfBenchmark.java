package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.Factorization;
import dev.percept.methods.factorization.Nmf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * NMF beside scikit-learn's, on the same planted data, in turns, with the same number of threads,
 * each with its own default options (nndsvda start, tolerance 1e-4, at most 200 sweeps).
 */
public final class NmfBenchmark {
  private NmfBenchmark() {}

  public static void main(String[] args) throws Exception {
    Options options =
        Options.of(
            Map.of(
                "rows",
                "20000",
                "features",
                "2048",
                "concepts",
                "20",
                "noise",
                "0.021",
                "rounds",
                "5",
                "threads",
                "2",
                "python",
                "/usr/bin/python3"),
            args);
    Path folder = Files.createTempDirectory("percept-nmf-");
    try {
      System.out.println(Machine.describe());
      compare(options, folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void compare(Options options, Path folder) throws IOException {
    int concepts = options.integer("concepts");
    int threads = options.integer("threads");
    Tensor data =
        Planted.data(
            options.integer("rows"),
            options.integer("features"),
            concepts,
            options.number("noise"),
            0);
    Path matrix = folder.resolve("planted.npy");
    Planted.writeNpy(data, matrix);
    Run run = Run.of(0).withThreads(threads);
    Row ours = new Row("percept Nmf");
    try (SklearnNmf sklearn =
        new SklearnNmf(options.text("python"), matrix, concepts, threads, folder)) {
      Row theirs = new Row("scikit-learn " + sklearn.version());
      System.out.printf(
          "NMF of planted %s, r = %d, %d threads; minimum of %d rounds in turns%n",
          data.shape(), concepts, threads, options.integer("rounds"));
      double ourError = 0;
      double theirError = 0;
      for (int round = 0; round < options.integer("rounds"); round++) {
        Watch watch = new Watch();
        Factorization fit = Nmf.of(concepts).fit(data, run);
        ours.add(new Row.Measured(watch.seconds(), watch.cpu(), Double.NaN));
        SklearnNmf.Fit other = sklearn.fit();
        theirs.add(new Row.Measured(other.seconds(), other.cpu(), Double.NaN));
        ourError = fit.relativeError();
        theirError = other.relativeError();
        if (round == 0) {
          System.out.printf(
              "sweeps: percept %d (2 inner passes each), scikit-learn %d%n",
              fit.sweeps(), other.sweeps());
        }
      }
      System.out.printf(
          "relative error of the fit: percept %.6f, scikit-learn %.6f%n", ourError, theirError);
      Row.header("/ sklearn");
      ours.print(theirs);
      theirs.print(theirs);
      System.out.printf(
          "%npercept / scikit-learn %.3f (at most 0.5), error %s%n",
          ours.seconds() / theirs.seconds(), ourError <= theirError ? "no worse" : "WORSE");
    }
  }
}
