package dev.percept.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Integrated Gradients and RISE on one picture, beside the same number of passes of the bare model.
 * Every measurement is a process of its own; rounds take turns, and the minimum of each counts.
 */
public final class AttributionRun {
  private static final int SIDE = 224;

  private final Options options;
  private final Path model;
  private final Path answer;
  private final int threads = Runtime.getRuntime().availableProcessors();

  private AttributionRun(Options options, Path folder) {
    this.options = options;
    this.model =
        options.text("model").isEmpty()
            ? folder.resolve("resnet50.onnx")
            : Path.of(options.text("model"));
    this.answer = folder.resolve("answer");
  }

  public static void main(String[] args) throws Exception {
    Options options =
        Options.of(
            Map.of("model", "", "masks", "4000", "steps", "50", "rounds", "2", "batch", "8"), args);
    Path folder = Files.createTempDirectory("percept-attribution-");
    try {
      AttributionRun run = new AttributionRun(options, folder);
      if (options.text("model").isEmpty()) {
        RandomResNet50.write(run.model, RandomResNet50.WIDTH, SIDE, 1000, 0);
      }
      System.out.println(Machine.describe());
      run.measure();
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure() throws IOException, InterruptedException {
    int masks = options.integer("masks");
    int steps = options.integer("steps");
    Row bareMasks = new Row(masks + " bare ONNX Runtime passes");
    Row rise = new Row("RISE, " + masks + " masks");
    Row bareSteps = new Row(steps + " bare ONNX Runtime passes");
    Row backward = new Row(steps + " forward and back, libtorch");
    Row integrated = new Row("Integrated Gradients, " + steps + " steps");
    for (int round = 0; round < options.integer("rounds"); round++) {
      bareMasks.add(bare(masks));
      rise.add(run("rise", masks));
      bareSteps.add(bare(steps));
      backward.add(run("gradients", steps));
      integrated.add(run("integrated", steps));
    }
    Row.header("/ bare");
    bareMasks.print(bareMasks);
    rise.print(bareMasks);
    Row.header("/ bare");
    bareSteps.print(bareSteps);
    backward.print(bareSteps);
    integrated.print(bareSteps);
    Row.header("/ back");
    integrated.print(backward);
  }

  private Row.Measured bare(int passes) throws IOException, InterruptedException {
    return measured(
        Child.java(
            List.of("-Xmx2g"),
            OrtPasses.class,
            model,
            SIDE,
            passes,
            threads,
            options.integer("batch"),
            answer));
  }

  private Row.Measured run(String what, int passes) throws IOException, InterruptedException {
    return measured(
        Child.java(
            List.of("-Xmx2g", "-XX:+UseSerialGC"),
            AttributionPasses.class,
            what,
            model,
            passes,
            options.integer("batch")));
  }

  private static Row.Measured measured(List<String> command)
      throws IOException, InterruptedException {
    Child child = Child.run(command, Map.of("OMP_WAIT_POLICY", "passive"));
    return new Row.Measured(child.number("seconds"), child.number("cpu"), child.peakMegabytes());
  }
}
