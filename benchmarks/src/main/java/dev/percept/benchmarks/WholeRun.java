package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code percept explain} from start to end on drawn pictures and a network of ResNet-50's size,
 * beside the passes that it cannot do without: bare in ONNX Runtime, and in eager libtorch.
 *
 * <p>Every measurement is a process of its own. The passes are measured on a part of their number
 * and scaled; rounds of all measurements are interleaved, and the minimum of each is what counts.
 */
public final class WholeRun {
  private static final int SIDE = 224;
  private static final int CROPS = 16;
  private static final int BATCH = 8;
  private static final List<Integer> TORCH_BATCHES = List.of(8, 32);

  private final Options options;
  private final Path folder;
  private final Path model;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final int passes;

  private WholeRun(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
    this.model = folder.resolve("resnet50.onnx");
    this.passes = options.integer("pictures") * (CROPS + 1);
  }

  public static void main(String[] args) throws Exception {
    Options options =
        Options.of(
            Map.of("pictures", "100", "rounds", "2", "fraction", "0.25", "memory", "", "keep", ""),
            args);
    Path folder = Files.createTempDirectory("percept-whole-");
    try {
      WholeRun run = new WholeRun(options, folder);
      System.out.println(Machine.describe());
      RandomResNet50.write(run.model, RandomResNet50.WIDTH, SIDE, 1000, 0);
      run.compare();
      run.memory();
    } finally {
      if (options.text("keep").isEmpty()) {
        Folders.delete(folder);
      } else {
        System.out.println("kept: " + folder);
      }
    }
  }

  private void compare() throws IOException, InterruptedException {
    int pictures = options.integer("pictures");
    int measured = Math.max(64, (int) Math.round(passes * options.number("fraction")));
    // A whole number of the largest batch, or the batches would not do the same work.
    measured = (measured + 31) / 32 * 32;
    System.out.printf(
        "%d pictures of %d px, %d crops of 64 px, 10 concepts, random ResNet-50 (%.0f MB)%n",
        pictures, SIDE, pictures * CROPS, Files.size(model) / 1e6);
    System.out.printf(
        "passes: %d, measured on %d and scaled; %d threads; minimum of %d rounds%n",
        passes, measured, threads, options.integer("rounds"));
    Row bare = new Row("bare ONNX Runtime passes, batch " + BATCH);
    Row explain = new Row("percept explain, everything");
    List<Row> torch = new ArrayList<>();
    TORCH_BATCHES.forEach(b -> torch.add(new Row("eager libtorch passes, batch " + b)));
    double difference = 0;
    for (int round = 0; round < options.integer("rounds"); round++) {
      bare.add(passes(OrtPasses.class, measured, BATCH));
      for (int i = 0; i < torch.size(); i++) {
        torch.get(i).add(passes(TorchPasses.class, measured, TORCH_BATCHES.get(i)));
      }
      // The first probe inputs are the same, so the batch of 8 is what can be compared.
      difference =
          Math.max(
              difference,
              Probe.difference(answer(OrtPasses.class, BATCH), answer(TorchPasses.class, BATCH)));
      Child child = explain(pictures);
      explain.add(child);
    }
    System.out.printf("logits of the two engines: largest relative difference %.1e%n", difference);
    if (difference > 1e-3) {
      throw new IllegalStateException("the engines do not run the same network");
    }
    Row.header("/ bare ORT");
    bare.print(bare);
    explain.print(bare);
    torch.forEach(row -> row.print(bare));
    double eager = torch.stream().mapToDouble(Row::seconds).min().orElseThrow();
    System.out.printf(
        "%nexplain / bare ONNX Runtime %.3f (at most 1.15);"
            + " explain / eager libtorch %.3f (under 0.5); peak %.0f MB (under 900)%n",
        explain.seconds() / bare.seconds(), explain.seconds() / eager, explain.peak());
    System.out.println("timings of the last run: " + Files.readString(timings(pictures)).strip());
  }

  /** Peak memory of {@code percept explain} against the number of pictures. */
  private void memory() throws IOException, InterruptedException {
    for (String count : options.text("memory").split(",", -1)) {
      if (!count.isEmpty()) {
        Child child = explain(Integer.parseInt(count));
        System.out.printf(
            "%4s pictures: %.1f s, peak %.0f MB%n", count, child.seconds(), child.peakMegabytes());
      }
    }
  }

  private Row.Measured passes(Class<?> main, int measured, int batch)
      throws IOException, InterruptedException {
    List<String> flags = List.of("-Xms64m", "-Xmx2g", "-XX:+UseSerialGC");
    Child child =
        Child.run(
            Child.java(flags, main, model, SIDE, measured, threads, batch, answer(main, batch)),
            Map.of(
                "OMP_WAIT_POLICY", "passive",
                "MALLOC_TRIM_THRESHOLD_", "1048576",
                "ORT_DISABLE_TELEMETRY", "1"));
    return new Row.Measured(
        child.number("seconds") * passes / measured,
        child.number("cpu") * passes / measured,
        child.peakMegabytes());
  }

  private Path answer(Class<?> main, int batch) {
    return folder.resolve(main.getSimpleName() + "-" + batch + ".logits");
  }

  private Path timings(int pictures) {
    return folder.resolve("bundle-" + pictures).resolve("timings.json");
  }

  private Child explain(int pictures) throws IOException, InterruptedException {
    Path images = folder.resolve("pictures-" + pictures);
    if (!Files.exists(images)) {
      DrawnPictures.write(images, pictures, SIDE, 0);
    }
    Path bundle = folder.resolve("bundle-" + pictures);
    Folders.delete(bundle);
    return Child.run(
        List.of(
            Machine.percept().toString(),
            "explain",
            "-m",
            model.toString(),
            "-i",
            images.toString(),
            "-c",
            "0",
            "--patch",
            "64",
            "--crop-grid",
            "paper",
            "--concepts",
            "10",
            "-o",
            bundle.toString()),
        Map.of());
  }
}
