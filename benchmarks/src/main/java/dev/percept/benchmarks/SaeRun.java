package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An epoch of training a sparse autoencoder, beside the same step written plainly with dense
 * libtorch operators. Every measurement is a process of its own; rounds take turns.
 */
public final class SaeRun {
  private SaeRun() {}

  public static void main(String[] args) throws Exception {
    Options options =
        Options.of(
            Map.of(
                "rows",
                "100000",
                "features",
                "512",
                "latents",
                "4096",
                "k",
                "32",
                "batch",
                "4096",
                "epochs",
                "1",
                "rounds",
                "3",
                "threads",
                "2"),
            args);
    SaePasses.Sizes sizes =
        new SaePasses.Sizes(
            options.integer("rows"),
            options.integer("features"),
            options.integer("latents"),
            options.integer("k"),
            options.integer("batch"),
            options.integer("epochs"),
            options.integer("threads"));
    Path folder = Files.createTempDirectory("percept-sae-");
    try {
      System.out.println(Machine.describe());
      run("rows", folder, sizes);
      measure(folder, sizes, options.integer("rounds"));
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Path folder, SaePasses.Sizes sizes, int rounds)
      throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%d rows of %d, %d latents of which %d speak, batch %d, %d epoch(s), %d threads%n",
        sizes.rows(),
        sizes.features(),
        sizes.latents(),
        sizes.k(),
        sizes.batch(),
        sizes.epochs(),
        sizes.threads());
    Row plain = new Row("plain, dense libtorch");
    Row ours = new Row("percept");
    double plainR2 = 0;
    double ourR2 = 0;
    for (int round = 0; round < rounds; round++) {
      Child dense = run("plain", folder, sizes);
      plain.add(measured(dense));
      plainR2 = dense.number("train-r2");
      Child sparse = run("ours", folder, sizes);
      ours.add(measured(sparse));
      ourR2 = sparse.number("train-r2");
    }
    Row.header("/ plain");
    plain.print(plain);
    ours.print(plain);
    System.out.printf(
        Locale.ROOT,
        "%nR² in training: plain %.4f, percept %.4f; percept / plain %.3f (at most 1)%n",
        plainR2,
        ourR2,
        ours.seconds() / plain.seconds());
  }

  private static Child run(String what, Path folder, SaePasses.Sizes sizes)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of(what, folder));
    arguments.addAll(sizes.arguments());
    return Child.run(
        Child.java(
            List.of("-Xmx2g", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
            SaePasses.class,
            arguments.toArray()),
        Map.of("OMP_WAIT_POLICY", "passive"));
  }

  private static Row.Measured measured(Child child) {
    return new Row.Measured(child.number("seconds"), child.number("cpu"), child.peakMegabytes());
  }
}
