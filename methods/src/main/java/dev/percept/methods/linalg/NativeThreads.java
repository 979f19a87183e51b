package dev.percept.methods.linalg;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Settles how idle native threads wait, before any native library is loaded.
 *
 * <p>OpenMP threads spin while they wait unless {@code OMP_WAIT_POLICY} says otherwise, and the
 * thread pools of several engines in one process then take the cores from each other. The launcher
 * sets the variable; this class does it for programs that use Percept as a library. It works only
 * for libraries that are loaded afterwards.
 */
public final class NativeThreads {
  private static final boolean PASSIVE = makePassive();

  private NativeThreads() {}

  /**
   * Makes idle OpenMP threads sleep, unless the environment has a wait policy already. Calling it
   * again changes nothing.
   *
   * @return whether a wait policy is in the environment of this process now
   */
  public static boolean settle() {
    return PASSIVE;
  }

  private static boolean makePassive() {
    if (System.getenv("OMP_WAIT_POLICY") != null) {
      return true;
    }
    try {
      return setEnvironment("OMP_WAIT_POLICY", "passive");
    } catch (LinkageError | RuntimeException e) {
      // Without JNA's native part the policy stays as it is: slower, not wrong.
      return false;
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
}
