package dev.percept.engine.torch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.percept.core.EngineMissingException;
import dev.percept.core.PerceptException;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.TensorShapes;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Opens ONNX models with gradients, and loads libtorch, once, with thread pools that do not fight.
 */
public final class TorchEngine {
  private static final String POLICY = "OMP_WAIT_POLICY";

  private TorchEngine() {}

  /**
   * Opens a model cut at {@code layer}, with gradients.
   *
   * @param layer {@code auto}, a tensor or a node
   * @throws PerceptException if the file, the layer or an option is unfit, or gradients cannot pass
   *     through operators of the model, which are all named
   * @throws EngineMissingException if libtorch cannot be loaded on this machine
   */
  public static TorchSplitModel open(Path model, String layer, TorchOptions options) {
    return open(cuts(model, options), layer, options);
  }

  /** Opens a model at the cut that is found. */
  public static TorchSplitModel open(Path model) {
    return open(model, Cuts.AUTO, TorchOptions.DEFAULT);
  }

  /**
   * Opens a model whose cuts somebody has worked out, perhaps the other engine.
   *
   * @throws PerceptException as {@link #open(Path, String, TorchOptions)}
   */
  public static TorchSplitModel open(Cuts cuts, String layer, TorchOptions options) {
    if (cuts.model().texts() != null) {
      throw new PerceptException(
          cuts.model().name() + " reads texts, not pictures; give it texts (--texts)");
    }
    return split(cuts, layer, options);
  }

  /**
   * Opens a model of texts cut at {@code layer}, with gradients at the embeddings of words.
   *
   * @param layer {@code auto}, a tensor or a node, behind the place where the head stops looking at
   *     single tokens
   * @throws PerceptException as {@link #open(Path, String, TorchOptions)}, and if no texts go in
   */
  public static TorchTextModel openText(Path model, String layer, TorchOptions options) {
    return openText(cuts(model, options), layer, options);
  }

  /** Opens a model of texts whose cuts somebody has worked out, perhaps the other engine. */
  public static TorchTextModel openText(Cuts cuts, String layer, TorchOptions options) {
    if (cuts.model().texts() == null) {
      throw new PerceptException(
          cuts.model().name()
              + " reads no texts: no input of whole numbers, n x tokens, chooses rows of a table;"
              + " give it pictures (-i), or export it with input_ids");
    }
    return new TorchTextModel(cuts, split(cuts, layer, options), options);
  }

  private static TorchSplitModel split(Cuts cuts, String layer, TorchOptions options) {
    startForProducts(options.threads());
    options.precision().requireDevice();
    return new TorchSplitModel(cuts, layer, options, options.precision(), true);
  }

  /** For tests: in double precision, or without fusing patterns. */
  static TorchSplitModel open(Path model, String layer, Precision precision, boolean fuse) {
    start(1);
    TorchOptions options = TorchOptions.DEFAULT;
    return new TorchSplitModel(cuts(model, options), layer, options, precision, fuse);
  }

  /**
   * Where a model can be cut. Shapes that do not follow from the file are measured by executing the
   * part of the model that makes them.
   *
   * @throws PerceptException if the file is unfit
   */
  public static Cuts cuts(Path path, TorchOptions options) {
    OnnxModel model = OnnxModel.read(path);
    TensorShapes shapes = TensorShapes.of(model, options.cut());
    if (Measuring.isNeeded(model, shapes)) {
      start(options.threads());
      Measuring.complete(model, shapes);
    }
    return Cuts.of(model, options.cut(), shapes);
  }

  /** Name and version of the engine, the version being that of its Java bindings. */
  public static String version() {
    String version = torch.class.getPackage().getImplementationVersion();
    return version == null ? "libtorch" : "libtorch " + version;
  }

  /**
   * Loads libtorch if that has not been done and sets how many threads one operation may use.
   * Everything in this package calls it first.
   *
   * <p>Idle OpenMP threads spin unless {@code OMP_WAIT_POLICY} says otherwise, and then take the
   * cores from other pools. The variable is set to {@code passive} here where it is not set, which
   * works only if no library with OpenMP was loaded before.
   *
   * @throws EngineMissingException if libtorch cannot be loaded on this machine
   */
  public static void start(int threads) {
    try {
      Natives.load();
      torch.set_num_threads(threads);
    } catch (LinkageError e) {
      throw new EngineMissingException(
          "libtorch cannot be loaded on "
              + Platform.RESOURCE_PREFIX
              + " ("
              + e.getMessage()
              + "); gradients and training need org.bytedeco:pytorch with the classifier of this platform",
          e);
    }
  }

  /**
   * As {@link #start(int)}, and OpenBLAS uses as many threads: its own pool, left as it is, spins
   * and starves that of OpenMP. Measured, passes took six times as long.
   */
  public static void startForProducts(int threads) {
    start(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }

  /**
   * As {@link #start(int)}, for many small products in a row, as training has them: OpenBLAS uses
   * one thread. Measured on two busy cores, with its pool beside that of OpenMP a step of a small
   * transformer takes four times as much processor time.
   */
  public static void startForSmallProducts(int threads) {
    start(threads);
    openblas_nolapack.blas_set_num_threads(1);
  }

  /** Sets a variable of the C environment, which Java itself cannot. */
  static boolean setEnvironment(String name, String value) {
    if (Platform.isWindows()) {
      Function put = NativeLibrary.getInstance("msvcrt").getFunction("_putenv_s");
      return put.invokeInt(new Object[] {name, value}) == 0;
    }
    Function set = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("setenv");
    return set.invokeInt(new Object[] {name, value, 1}) == 0;
  }

  /** Loading happens once, when this class is initialised. */
  private static final class Natives {
    static {
      if (System.getenv(POLICY) == null) {
        setEnvironment(POLICY, "passive");
      }
      Loader.load(torch.class);
    }

    static void load() {
      // Touching the class is enough.
    }
  }
}
