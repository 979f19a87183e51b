package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Safetensors;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SaeFile;
import dev.percept.zoo.EmbeddedBcos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class SaeImportTest {
  @TempDir Path folder;

  private static Tensor noise(int rows, int columns) {
    RandomGenerator random = Run.of(1).random("noise");
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(Shape.of(rows, columns), values);
  }

  private String run(int expected, String... args) {
    StringWriter out = new StringWriter();
    int code = Main.run(args, new PrintWriter(out), new PrintWriter(out));
    assertEquals(expected, code, out.toString());
    return out.toString();
  }

  @Test
  void whatIsImportedFitsTheNetworkAndNoOther() throws Exception {
    Path model = EmbeddedBcos.copyTo(folder.resolve("zoo"));
    Path checkpoint = folder.resolve("sae.safetensors");
    Tensor encoder = noise(20, 64);
    Safetensors.write(
        checkpoint, Map.of("encoder.weight", encoder, "decoder.weight", noise(64, 20)));
    Path out = folder.resolve("imported");
    String[] command = {
      "sae",
      "import",
      checkpoint.toString(),
      "-m",
      model.toString(),
      "--layer",
      "layer3",
      "--k",
      "4",
      "-o",
      out.toString()
    };
    assertTrue(run(0, command).contains("20 latents"));
    SaeFile.Stored stored = SaeFile.read(out);
    assertArrayEquals(encoder.toArray(), stored.bank().encoder().toArray());
    assertEquals("layer3", stored.card().layer());

    // An earlier layer has fewer features.
    command[6] = "layer1";
    command[10] = folder.resolve("other").toString();
    String refusal = run(3, command);
    assertTrue(refusal.contains("layer"), refusal);
    assertFalse(Files.exists(folder.resolve("other")));
  }
}
