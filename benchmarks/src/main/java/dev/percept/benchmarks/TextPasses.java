package dev.percept.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.SobolImportance;
import dev.percept.methods.map.CropBox;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One measurement on texts, in a process of its own. Arguments: what, model, texts a class,
 * classes, concepts, designs, threads. Prints {@code seconds=} and {@code cpu=}, without loading
 * and warming up.
 */
final class TextPasses {
  private static final int BATCH = 8;

  private TextPasses() {}

  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[1]);
    int texts = Integer.parseInt(args[2]);
    int classes = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[6]);
    if (args[0].equals("bare")) {
      bare(model, new Drawn(texts * classes, 0), threads);
    } else {
      explain(model, args, threads);
    }
  }

  /**
   * Random tokens; lengths as short reviews have them, 8 to 96 with a mean of about 33, those of
   * special tokens included.
   */
  private record Drawn(int size, int first) implements Examples {
    /** The longest text. */
    static final int TOKENS = 96;

    int length(int index) {
      double x = Run.of(first + index).random("length").nextDouble();
      return (int) Math.round(8 + 88 * Math.pow(x, 2.5));
    }

    @Override
    public Shape shape() {
      return Shape.of(TextModel.ROWS, TOKENS);
    }

    @Override
    public String name(int index) {
      return "text " + (first + index);
    }

    @Override
    public void read(int index, FloatBuffer target) {
      RandomGenerator random = Run.of(first + index).random("tokens");
      int length = length(index);
      float[] values = new float[TextModel.ROWS * TOKENS];
      for (int t = 0; t < length; t++) {
        values[TextModel.IDS * TOKENS + t] = 1000 + random.nextInt(RandomBert.WORDS - 1000);
        values[TextModel.MASK * TOKENS + t] = 1;
      }
      target.put(values);
    }
  }

  /**
   * Every text once through the whole network, in a set-up that is fast: one session, a Java thread
   * a core, texts of about the same length together.
   */
  private static void bare(Path model, Drawn texts, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      try (OrtSession session = environment.createSession(model.toString(), options)) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        order.sort(Comparator.comparingInt(texts::length));
        int batches = (texts.size() + BATCH - 1) / BATCH;
        Run run = Run.of(0).withThreads(threads);
        run.parallel(threads, i -> pass(environment, session, texts, order, i));
        Watch watch = new Watch();
        // The long ones first, or one thread would end up alone with them.
        run.parallel(batches, i -> pass(environment, session, texts, order, batches - 1 - i));
        watch.print();
        System.out.println("tokens=" + IntStream.range(0, texts.size()).map(texts::length).sum());
      }
    }
  }

  private static void pass(
      OrtEnvironment environment, OrtSession session, Drawn texts, List<Integer> order, int batch) {
    int from = batch * BATCH;
    int n = Math.min(BATCH, order.size() - from);
    int length = texts.length(order.get(from + n - 1));
    LongBuffer ids = longs(n * length);
    LongBuffer mask = longs(n * length);
    for (int i = 0; i < n; i++) {
      int text = order.get(from + i);
      Tensor one = texts.batch(text, text + 1);
      for (int t = 0; t < length; t++) {
        ids.put(i * length + t, (long) one.get(TextModel.IDS * Drawn.TOKENS + t));
        mask.put(i * length + t, (long) one.get(TextModel.MASK * Drawn.TOKENS + t));
      }
    }
    long[] shape = {n, length};
    try (OnnxTensor a = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor b = OnnxTensor.createTensor(environment, mask, shape)) {
      session.run(Map.of("input_ids", a, "attention_mask", b)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LongBuffer longs(int size) {
    return java.nio.ByteBuffer.allocateDirect(size * Long.BYTES)
        .order(java.nio.ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  /** CRAFT on whole texts, one class after the other, everything that the command computes. */
  private static void explain(Path path, String[] args, int threads) {
    int texts = Integer.parseInt(args[2]);
    int designs = Integer.parseInt(args[5]);
    // One round of designs: the budget forbids another.
    Craft craft =
        new Craft(
            Nmf.of(Integer.parseInt(args[4])),
            new SobolImportance(8, designs / 8, 1, 0),
            Craft.Options.DEFAULT.withBatch(64));
    EngineOptions options = EngineOptions.DEFAULT.withMaxTokens(Drawn.TOKENS);
    try (OnnxTextModel model = OnnxEngine.openText(path, "auto", options)) {
      Run run = Run.of(0).withThreads(threads);
      Drawn warm = new Drawn(threads, 0);
      run.parallel(threads, i -> model.pooled(warm.batch(i, i + 1)));
      Watch watch = new Watch();
      for (int c = 0; c < Integer.parseInt(args[3]); c++) {
        Drawn drawn = new Drawn(texts, c * texts);
        List<CropBox> boxes = IntStream.range(0, texts).mapToObj(TextPasses::whole).toList();
        CraftResult found =
            craft.explain(model, drawn, drawn, boxes, new Target(c, "class " + c), run);
        System.out.println(
            "designs=" + found.importance().designs() + " " + found.importance().estimator());
      }
      watch.print();
    }
  }

  private static CropBox whole(int text) {
    return new CropBox(text, 0, 0, 1, 1);
  }
}
