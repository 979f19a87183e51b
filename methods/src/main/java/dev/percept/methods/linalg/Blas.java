package dev.percept.methods.linalg;

import dev.percept.core.EngineMissingException;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Matrix products in OpenBLAS, on one native thread a call: whoever wants more calls from several
 * Java threads. Loading this library sets OpenBLAS to one thread for the whole process.
 *
 * <p>The bits of a product may depend on its shape, so what must not depend on a batch (codes of
 * new inputs) does not come through here.
 */
public final class Blas {
  private Blas() {}

  /**
   * Loads the library, if that has not happened yet.
   *
   * @throws EngineMissingException if there is none for this machine
   */
  public static void require() {
    Loaded.LIBRARY.require();
  }

  /**
   * {@code C = op(A) op(B) + beta C} in row-major order, op being nothing or the transpose.
   *
   * @param transA whether A is transposed
   * @param transB whether B is transposed
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A)
   * @param a direct, from its position on; rows {@code lda} apart
   * @param b direct, from its position on; rows {@code ldb} apart
   * @param c direct, from its position on; rows {@code ldc} apart; modified
   */
  @SuppressWarnings("TooManyParameters")
  public static void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      FloatBuffer a,
      int lda,
      FloatBuffer b,
      int ldb,
      float beta,
      FloatBuffer c,
      int ldc) {
    require();
    check("a", a, transA ? k : m, transA ? m : k, lda);
    check("b", b, transB ? n : k, transB ? k : n, ldb);
    check("c", c, m, n, ldc);
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        transA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        transB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        m,
        n,
        k,
        1f,
        a,
        lda,
        b,
        ldb,
        beta,
        c,
        ldc);
  }

  /** Native code checks nothing, so an error here would be a crash there. */
  private static void check(String name, FloatBuffer buffer, int rows, int columns, int stride) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException(name + ": must be a direct buffer, found one on the heap");
    }
    long needed = rows == 0 ? 0 : (long) (rows - 1) * stride + columns;
    if (stride < columns || buffer.remaining() < needed) {
      throw new IllegalArgumentException(
          name
              + ": "
              + rows
              + " x "
              + columns
              + " with rows "
              + stride
              + " apart needs "
              + needed
              + " values, found "
              + buffer.remaining());
    }
  }

  /** Loaded on first use, so that a missing library is reported where it is needed. */
  private static final class Loaded {
    static final NativeEngine LIBRARY =
        NativeEngine.load(
            "OpenBLAS",
            () -> {
              NativeThreads.settle();
              Loader.load(openblas_nolapack.class);
              openblas_nolapack.blas_set_num_threads(1);
            });
  }
}
