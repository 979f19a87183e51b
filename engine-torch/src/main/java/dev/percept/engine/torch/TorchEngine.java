package dev.percept.engine.torch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.percept.core.EngineMissingException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, once, with thread pools that do not fight. */
public final class TorchEngine {
  private static final String POLICY = "OMP_WAIT_POLICY";

  private TorchEngine() {}

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
              + "); training needs org.bytedeco:pytorch with the classifier of this platform",
          e);
    }
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
