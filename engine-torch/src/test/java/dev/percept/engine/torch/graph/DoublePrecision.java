package dev.percept.engine.torch.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TextGraphs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Compares vector-Jacobian products with finite differences in double precision. */
public final class DoublePrecision {
  private static final double STEP = 1e-6;

  /** Central differences of double numbers by steps of 1e-6 are good to some 1e-9 of the values. */
  private static final double TOLERANCE = 1e-6;

  private DoublePrecision() {}

  /** Checks f of a model, at an input of values around {@code middle}. */
  public static void check(Cuts cuts, int batch, double middle, boolean fuse) {
    SubGraphs graphs = new SubGraphs(cuts.model(), cuts.shapes());
    Shape shape = Shape.of(graphs.inputDims()).batch(batch);
    try (Constants constants = new Constants(cuts.model(), Precision.DOUBLE);
        Program f =
            new Program(
                constants, "whole", graphs.whole(cuts.logits()), List.of(SubGraphs.LOGITS), fuse)) {
      check(f, shape, middle);
    }
  }

  /** Checks g of a model of texts by the embeddings of words, at those of {@code texts}. */
  @SuppressWarnings("try") // scopes are there to be closed
  public static void checkEmbeddings(Cuts cuts, dev.percept.core.Tensor texts, boolean fuse) {
    TextGraphs graphs = new TextGraphs(cuts);
    Cut cut = cuts.find(Cuts.AUTO);
    try (Constants constants = new Constants(cuts.model(), Precision.DOUBLE);
        Program words =
            new Program(
                constants, "words", graphs.embeddings(), List.of(TextGraphs.EMBEDDINGS), fuse);
        Program g =
            new Program(
                constants,
                "behind",
                graphs.frontOfEmbeddings(cut),
                List.of(SubGraphs.ACTIVATIONS),
                fuse);
        PointerScope scope = new PointerScope()) {
      Tensor in = Precision.DOUBLE.in(Memory.load(texts));
      double[] x =
          Memory.doubles(words.run(Map.of(SubGraphs.INPUT, in), RectifierRule.EXACT).get(0));
      Shape shape =
          Shape.of(texts.rows(), texts.shape().dim(2), x.length / (texts.shape().size() / 3));
      check(new Ends(g, TextGraphs.EMBEDDINGS, Map.of(SubGraphs.INPUT, in)), shape, x);
    }
  }

  /** A part, what is varied, and what goes in beside it. */
  private record Ends(Program program, String input, Map<String, Tensor> others) {
    Tensor run(Tensor x) {
      Map<String, Tensor> inputs = new HashMap<>(others);
      inputs.put(input, x);
      return program.run(inputs, RectifierRule.EXACT).get(0);
    }
  }

  private static void check(Program f, Shape shape, double middle) {
    RandomGenerator random = Run.of(3).random("finite.differences");
    check(new Ends(f, SubGraphs.INPUT, Map.of()), shape, normal(random, shape.size(), middle));
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private static void check(Ends f, Shape shape, double[] x) {
    RandomGenerator random = Run.of(2).random("finite.differences");
    double[] direction = normal(random, shape.size(), 0);
    double[] y = forward(f, shape, x, 0, direction);
    double[] v = normal(random, y.length, 0);
    double analytic = 0;
    try (PointerScope scope = new PointerScope()) {
      Tensor leaf = Memory.of(Memory.longs(shape), x).set_requires_grad(true);
      Tensor out = f.run(leaf);
      assertEquals(torch.ScalarType.Double, out.scalar_type().intern());
      Tensor seed = Memory.of(out.shape(), v);
      double[] gradient =
          Memory.doubles(
              torch
                  .grad(
                      new TensorVector(out),
                      new TensorVector(leaf),
                      new TensorVector(seed),
                      new BoolOptional(),
                      false,
                      true)
                  .get(0));
      for (int i = 0; i < gradient.length; i++) {
        analytic += gradient[i] * direction[i];
      }
    }
    double[] up = forward(f, shape, x, STEP, direction);
    double[] down = forward(f, shape, x, -STEP, direction);
    double numeric = 0;
    double scale = 0;
    for (int i = 0; i < v.length; i++) {
      double change = (up[i] - down[i]) / (2 * STEP);
      numeric += v[i] * change;
      scale += Math.abs(v[i] * change);
    }
    assertTrue(scale > 0, "nothing changes");
    assertEquals(numeric, analytic, TOLERANCE * scale);
  }

  private static double[] normal(RandomGenerator random, int n, double middle) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = middle + 0.5 * random.nextGaussian();
    }
    return values;
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private static double[] forward(
      Ends f, Shape shape, double[] x, double step, double[] direction) {
    double[] at = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      at[i] = x[i] + step * direction[i];
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor in = Memory.of(Memory.longs(shape), at);
      return Memory.doubles(f.run(in));
    }
  }
}
