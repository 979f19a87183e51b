package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES =
      List.of(
          "/conv1/Conv_output_0",
          "/layer1/layer1.0/Relu_output_0",
          "/layer4/layer4.1/Add_output_0",
          "/layer4/layer4.2/Relu_output_0",
          "features");

  @Test
  void findsTheBlockThatIsMeant() {
    assertEquals(
        List.of("/layer4/layer4.2/Relu_output_0", "/layer4/layer4.1/Add_output_0"),
        Nearest.of("layer4", NAMES).subList(0, 2));
    assertEquals("features", Nearest.of("Feature", NAMES).get(0));
    assertEquals("features", Nearest.of("faetures", NAMES).get(0));
    assertEquals("/conv1/Conv_output_0", Nearest.of("conv_1", NAMES).get(0));
  }

  @Test
  void namesAtMostThree() {
    assertEquals(3, Nearest.of("x", NAMES).size());
    assertEquals(1, Nearest.of("x", List.of("only")).size());
  }

  @Test
  void longNamesEndQuickly() {
    String endless = "x".repeat(1 << 20);
    assertEquals(List.of(endless), Nearest.of(endless, List.of(endless)));
  }
}
