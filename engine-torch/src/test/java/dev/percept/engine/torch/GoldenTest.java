package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gradients of a small trained network against those of PyTorch. */
class GoldenTest {
  /** Float32 through three layers, other kernels; nothing else differs. */
  private static final double TOLERANCE = 1e-4;

  @TempDir static Path folder;
  private static TorchSplitModel model;

  @BeforeAll
  static void open() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (InputStream in = GoldenTest.class.getResourceAsStream("small_cnn/model.onnx")) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    model = TorchEngine.open(file);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Tensor golden(String name) {
    Npy array = Npy.resource(GoldenTest.class, "small_cnn/" + name + ".npy");
    return Tensor.wrap(Shape.of(array.dims()), array.floats());
  }

  private static Pullback pull(RectifierRule rule) {
    double[] targets = Npy.resource(GoldenTest.class, "small_cnn/target.npy").values();
    return model.pullLogits(
        golden("X"),
        v -> {
          // All four go through at once, so that a row is that of its target.
          assertEquals(4, v.rows());
          float[] one = new float[v.shape().size()];
          for (int i = 0; i < v.rows(); i++) {
            one[i * model.outputs() + (int) targets[i]] = 1;
          }
          return Tensor.wrap(v.shape(), one);
        },
        rule);
  }

  private static Tensor absolute(Tensor t) {
    float[] values = t.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return Tensor.wrap(t.shape(), values);
  }

  @Test
  void gradientsAreThoseOfPyTorch() {
    Pullback pulled = pull(RectifierRule.EXACT);
    Near.assertNear(golden("logits"), pulled.values(), TOLERANCE, "logits");
    Near.assertNear(golden("saliency"), absolute(pulled.gradients()), TOLERANCE, "saliency");
    Tensor x = golden("X");
    float[] product = pulled.gradients().toArray();
    for (int i = 0; i < product.length; i++) {
      product[i] *= x.get(i);
    }
    Near.assertNear(
        golden("input_x_gradient"), Tensor.wrap(x.shape(), product), TOLERANCE, "product");
  }

  @Test
  void guidedBackpropagationIsCaptums() {
    Tensor found = pull(RectifierRule.GUIDED).gradients();
    Near.assertNear(golden("guided_backprop"), found, TOLERANCE, "guided");
  }
}
