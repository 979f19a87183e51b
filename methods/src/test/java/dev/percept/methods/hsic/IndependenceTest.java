package dev.percept.methods.hsic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndependenceTest {
  private static final Run RUN = Run.of(3);

  @Test
  void momentsAreThoseOfAllPermutations() {
    int n = 6;
    float[] x = HsicTest.uniform(n, RUN.random("x"));
    float[] y = HsicTest.uniform(n, RUN.random("y"));
    double[][] a = HsicTest.centred(HsicTest.matrix(Kernel.sobolev(), x));
    double[][] b = HsicTest.centred(HsicTest.matrix(Kernel.rbf(), y));
    List<int[]> all = new ArrayList<>();
    permutations(new int[n], 0, 0, all);
    assertEquals(720, all.size());
    double sum = 0;
    double squares = 0;
    for (int[] order : all) {
      double product = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          product += a[i][j] * b[order[i]][order[j]];
        }
      }
      sum += product / all.size();
      squares += product * product / all.size();
    }
    Independence chance = Independence.of(moments(a), moments(b), n);
    assertEquals(sum, chance.mean(), 1e-12);
    assertEquals(Math.sqrt(squares - sum * sum), chance.deviation(), 1e-9);
    HsicIndex index = Hsic.ofRealMasks().measure(Tensor.of(Shape.of(n, 1), x), y, RUN).get(0);
    double scale = Math.sqrt(HsicTest.trace(a, a) * HsicTest.trace(b, b));
    assertEquals(sum / scale, index.chance(), 1e-12);
  }

  private static Independence.Moments moments(double[][] a) {
    double trace = 0;
    double diagonal = 0;
    for (int i = 0; i < a.length; i++) {
      trace += a[i][i];
      diagonal += a[i][i] * a[i][i];
    }
    return new Independence.Moments(trace, HsicTest.trace(a, a), diagonal);
  }

  private static void permutations(int[] order, int at, int used, List<int[]> all) {
    if (at == order.length) {
      all.add(order.clone());
    }
    for (int i = 0; i < order.length; i++) {
      if ((used >> i & 1) == 0) {
        order[at] = i;
        permutations(order, at + 1, used | 1 << i, all);
      }
    }
  }
}
