package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * CRAFT on two classes of texts with an encoder of DistilBERT's size, beside the passes that it
 * cannot do without: every text once through the whole network, in ONNX Runtime alone.
 */
public final class TextRun {
  private TextRun() {}

  public static void main(String[] args) throws Exception {
    Options options =
        Options.of(
            Map.of(
                "texts", "512",
                "classes", "2",
                "concepts", "20",
                "designs", "32",
                "layers", "6",
                "width", "768",
                "heads", "12",
                "rounds", "1"),
            args);
    Path folder = Files.createTempDirectory("percept-texts-");
    try {
      Path model = folder.resolve("encoder.onnx");
      RandomBert.write(
          model, options.integer("layers"), options.integer("width"), options.integer("heads"), 0);
      System.out.println(Machine.describe());
      System.out.printf(
          "%s classes of %s texts, r = %s, %s designs; %s layers of width %s (%.0f MB)%n",
          options.text("classes"),
          options.text("texts"),
          options.text("concepts"),
          options.text("designs"),
          options.text("layers"),
          options.text("width"),
          Files.size(model) / 1e6);
      Row bare = new Row("bare passes, every text once");
      Row explain = new Row("CRAFT, both classes, with checks");
      for (int round = 0; round < options.integer("rounds"); round++) {
        bare.add(measured("bare", model, options));
        explain.add(measured("explain", model, options));
      }
      Row.header("/ bare ORT");
      bare.print(bare);
      explain.print(bare);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Row.Measured measured(String what, Path model, Options options)
      throws IOException, InterruptedException {
    Child child =
        Child.run(
            Child.java(
                List.of("-Xms64m", "-Xmx2g", "-XX:+UseSerialGC"),
                TextPasses.class,
                what,
                model,
                options.text("texts"),
                options.text("classes"),
                options.text("concepts"),
                options.text("designs"),
                Runtime.getRuntime().availableProcessors()),
            Map.of(
                "OMP_WAIT_POLICY", "passive",
                "MALLOC_TRIM_THRESHOLD_", "1048576",
                "ORT_DISABLE_TELEMETRY", "1"));
    child.output().stream()
        .filter(line -> line.startsWith("tokens=") || line.startsWith("designs="))
        .forEach(System.out::println);
    return new Row.Measured(child.number("seconds"), child.number("cpu"), child.peakMegabytes());
  }
}
