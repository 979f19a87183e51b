package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
  @Test
  void threadsAreAsAsked() {
    TorchEngine.start(1);
    assertEquals(1, torch.get_num_threads());
    TorchEngine.start(2);
    assertEquals(2, torch.get_num_threads());
  }

  @Test
  void aVariableOfTheCEnvironmentCanBeSet() {
    assertTrue(TorchEngine.setEnvironment("PERCEPT_TEST_VARIABLE", "passive"));
    String library = Platform.isWindows() ? "msvcrt" : Platform.C_LIBRARY_NAME;
    Function get = NativeLibrary.getInstance(library).getFunction("getenv");
    assertEquals("passive", get.invokeString(new Object[] {"PERCEPT_TEST_VARIABLE"}, false));
  }
}
