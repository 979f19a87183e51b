package dev.percept.methods.text;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableTextModel;
import dev.percept.core.EmbeddingPullback;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import java.util.function.UnaryOperator;

/** The mean of the embeddings of words: identity i has the embedding of row i of a table. */
final class SmallTextModel implements DifferentiableTextModel {
  private final float[][] table;
  private final int length;

  SmallTextModel(float[][] table, int length) {
    this.table = table;
    this.length = length;
  }

  /** One text, padded. */
  Tensor text(int... ids) {
    float[] values = new float[TextModel.ROWS * length];
    for (int t = 0; t < ids.length; t++) {
      values[t] = ids[t];
      values[length + t] = 1;
    }
    return Tensor.wrap(Shape.of(1, TextModel.ROWS, length), values);
  }

  @Override
  public Tensor tokens(Tensor inputs) {
    int n = inputs.rows();
    int p = features();
    float[] all = new float[n * length * p];
    for (int i = 0; i < n; i++) {
      for (int t = 0; t < length; t++) {
        if (inputs.get((i * TextModel.ROWS + TextModel.MASK) * length + t) > 0) {
          int id = (int) inputs.get(i * TextModel.ROWS * length + t);
          System.arraycopy(table[id], 0, all, (i * length + t) * p, p);
        }
      }
    }
    return Tensor.wrap(Shape.of(n, length, p), all);
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Tensor tokens = tokens(inputs);
    int p = features();
    float[] means = new float[inputs.rows() * p];
    for (int i = 0; i < inputs.rows(); i++) {
      int count = count(inputs, i);
      for (int t = 0; t < length; t++) {
        for (int j = 0; j < p; j++) {
          means[i * p + j] += tokens.get((i * length + t) * p + j) / count;
        }
      }
    }
    return Tensor.wrap(Shape.of(inputs.rows(), p), means);
  }

  private int count(Tensor inputs, int i) {
    int count = 0;
    for (int t = 0; t < length; t++) {
      count += (int) inputs.get((i * TextModel.ROWS + TextModel.MASK) * length + t);
    }
    return count;
  }

  @Override
  public EmbeddingPullback pullEmbeddings(Tensor inputs, UnaryOperator<Tensor> cotangent) {
    int p = features();
    Tensor values = pooled(inputs).reshape(inputs.rows(), 1, p);
    Tensor back = cotangent.apply(values);
    float[] gradients = new float[inputs.rows() * length * p];
    for (int i = 0; i < inputs.rows(); i++) {
      int count = count(inputs, i);
      for (int t = 0; t < count; t++) {
        for (int j = 0; j < p; j++) {
          gradients[(i * length + t) * p + j] = back.get(i * p + j) / count;
        }
      }
    }
    return new EmbeddingPullback(
        values, tokens(inputs), Tensor.wrap(Shape.of(inputs.rows(), length, p), gradients));
  }

  @Override
  public Activations activations(Tensor inputs) {
    return new Activations(pooled(inputs).reshape(inputs.rows(), 1, features()), grid());
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("small", "0".repeat(64), "mean", "Mean", true, "Java");
  }

  @Override
  public Shape inputShape() {
    return Shape.of(TextModel.ROWS, length);
  }

  @Override
  public Grid grid() {
    return new Grid(1, 1);
  }

  @Override
  public int features() {
    return table[0].length;
  }

  @Override
  public int outputs() {
    return features();
  }

  @Override
  public Tensor head(Tensor activations) {
    return activations.reshape(activations.rows(), features());
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return pooled(inputs);
  }

  @Override
  public void close() {}
}
