package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;

/**
 * A network with a hierarchy that is known. An input has a plane for each of four things, 8 x 8.
 * Late, at 2 x 2 locations, things 0 and 1 share a feature beside ones of their own, so that few
 * concepts mix them; earlier, at 4 x 4 and 8 x 8, every thing has features of its own. Logits are
 * weighted sums of the late features.
 */
final class HierarchyModel implements StackedModel {
  static final int THINGS = 4;
  static final int SIDE = 8;
  private static final int OUTPUTS = 3;

  /** Features of things, by cut; each of things 2 and 3 has its own late feature. */
  private static final double[][][] FEATURES = {
    {{1, 0.7, 0, 0, 0}, {1, 0, 0.7, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}},
    {
      {1, 2, 0, 0, 0, 0, 0, 0},
      {0, 0, 1, 1, 0, 0, 0, 0},
      {0, 0, 0, 0, 3, 1, 0, 0},
      {0, 0, 0, 0, 0, 0, 1, 1}
    },
    {{2, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 3}}
  };

  /** Logits by late feature; class 0 likes thing 0 and not thing 1. */
  private static final double[][] VOTES = {{1, 2, -3, 0.5, 0}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}};

  private final int cuts;

  HierarchyModel(int cuts) {
    this.cuts = cuts;
  }

  static int side(int cut) {
    return 2 << cut;
  }

  @Override
  public int cuts() {
    return cuts;
  }

  @Override
  public SplitModel at(int cut) {
    if (cut < 0 || cut >= cuts) {
      throw new IllegalArgumentException("cut: 0 to " + (cuts - 1) + ", found " + cut);
    }
    return new Level(cut);
  }

  /** How much of each thing there is at each location: features are read back, then averaged. */
  @Override
  public Activations onward(int from, Tensor activations) {
    int n = activations.rows();
    int side = side(from);
    int half = side(from - 1);
    double[][] before = FEATURES[from];
    int p = before[0].length;
    double[] things = new double[n * half * half * THINGS];
    for (int at = 0; at < n * side * side; at++) {
      int y = at / side % side / 2;
      int x = at % side / 2;
      int to = (at / (side * side) * half + y) * half + x;
      for (int t = 0; t < THINGS; t++) {
        double amount = 0;
        double all = 0;
        for (int f = 0; f < p; f++) {
          amount += before[t][f] > 0 ? activations.get(at * p + f) : 0;
          all += before[t][f];
        }
        things[to * THINGS + t] += amount / all / 4;
      }
    }
    return features(things, n, from - 1);
  }

  private static Activations features(double[] things, int n, int cut) {
    int locations = side(cut) * side(cut);
    int p = FEATURES[cut][0].length;
    float[] a = new float[n * locations * p];
    for (int i = 0; i < a.length; i++) {
      double sum = 0;
      for (int t = 0; t < THINGS; t++) {
        sum += things[i / p * THINGS + t] * FEATURES[cut][t][i % p];
      }
      a[i] = (float) sum;
    }
    return new Activations(
        Tensor.wrap(Shape.of(n, locations, p), a), new Grid(side(cut), side(cut)));
  }

  @Override
  public void close() {}

  private record Level(int cut) implements SplitModel {
    @Override
    public ModelInfo info() {
      return new ModelInfo("hierarchy", "", "level " + cut, "Relu", true, "by hand");
    }

    @Override
    public Shape inputShape() {
      return Shape.of(THINGS, SIDE, SIDE);
    }

    @Override
    public Grid grid() {
      return new Grid(side(cut), side(cut));
    }

    @Override
    public int features() {
      return FEATURES[cut][0].length;
    }

    @Override
    public int outputs() {
      return OUTPUTS;
    }

    @Override
    public Activations activations(Tensor inputs) {
      int n = inputs.rows();
      int side = side(cut);
      int block = SIDE / side;
      double[] things = new double[n * side * side * THINGS];
      for (int i = 0; i < inputs.shape().size(); i++) {
        int y = i / SIDE % SIDE / block;
        int x = i % SIDE / block;
        int plane = i / (SIDE * SIDE);
        int at = (plane / THINGS * side + y) * side + x;
        things[at * THINGS + plane % THINGS] += inputs.get(i) / (double) (block * block);
      }
      return HierarchyModel.features(things, n, cut);
    }

    @Override
    public Tensor pooled(Tensor inputs) {
      Tensor a = activations(inputs).values();
      int p = features();
      float[] mean = new float[a.rows() * p];
      for (int i = 0; i < mean.length; i++) {
        double sum = 0;
        for (int l = 0; l < grid().size(); l++) {
          sum += a.get((i / p * grid().size() + l) * p + i % p);
        }
        mean[i] = (float) (sum / grid().size());
      }
      return Tensor.wrap(Shape.of(a.rows(), p), mean);
    }

    @Override
    public Tensor head(Tensor activations) {
      Tensor a = activations;
      for (int from = cut; from > 0; from--) {
        a = new HierarchyModel(3).onward(from, a).values();
      }
      int n = a.rows();
      int p = FEATURES[0][0].length;
      float[] logits = new float[n * OUTPUTS];
      for (int i = 0; i < logits.length; i++) {
        double sum = 0;
        for (int l = 0; l < 4; l++) {
          for (int f = 0; f < p; f++) {
            sum += a.get((i / OUTPUTS * 4 + l) * p + f) / 4 * VOTES[i % OUTPUTS][f];
          }
        }
        logits[i] = (float) sum;
      }
      return Tensor.wrap(Shape.of(n, OUTPUTS), logits);
    }

    @Override
    public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
      int rows = codes.shape().dim(0) * codes.shape().dim(1);
      int p = features();
      int r = dictionary.concepts();
      float[] a = new float[rows * p];
      for (int i = 0; i < a.length; i++) {
        double sum = 0;
        for (int k = 0; k < r; k++) {
          sum += codes.get(i / p * r + k) * dictionary.atoms().get(k, i % p);
        }
        a[i] = (float) sum;
      }
      return head(Tensor.wrap(Shape.of(codes.shape().dim(0), grid().size(), p), a));
    }

    @Override
    public Tensor logits(Tensor inputs) {
      return head(activations(inputs).values());
    }

    @Override
    public void close() {}
  }
}
