package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFileTest {
  @TempDir Path folder;

  private static final Evaluation WRITTEN =
      new Evaluation(
          Evaluation.SCHEMA,
          new Evaluation.Model("net.onnx", "00ff", "features"),
          List.of(new Evaluation.OfClass(3, "cat", 2)),
          2,
          "zero",
          0.95,
          0,
          Map.of("steps", "2"),
          Map.of("percept", "test"),
          List.of(new Evaluation.Metric("deletion-logit", "lower", "2 steps")),
          List.of(method("rise", false), method("random", true)),
          List.of(new Evaluation.Curve("deletion-logit", List.of(line("rise"), line("random")))),
          List.of(),
          List.of());

  private static Evaluation.Method method(String name, boolean random) {
    Evaluation.Difference over = random ? null : new Evaluation.Difference(1, 0.5, 1.5);
    Evaluation.Cell cell = new Evaluation.Cell(1.25, 1, 1.5, 2, !random, false, over);
    return new Evaluation.Method(
        name, "", random ? null : "zero", random, 10, 0, 0.5, List.of(cell));
  }

  private static Evaluation.Line line(String method) {
    return new Evaluation.Line(method, List.of(1., 0.5), List.of(0.9, 0.4), List.of(1.1, 0.6));
  }

  private String refusal(String from, String to) throws IOException {
    Path file = folder.resolve(EvaluationFile.NAME);
    EvaluationFile.write(WRITTEN, file);
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replace(from, to));
    return String.valueOf(
        assertThrows(PerceptException.class, () -> EvaluationFile.read(file)).getMessage());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve(EvaluationFile.NAME);
    EvaluationFile.write(WRITTEN, file);
    assertEquals(WRITTEN, EvaluationFile.read(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void unfitFilesAreRefusedWithAReason() throws IOException {
    assertTrue(refusal("\"schema\" : 1", "\"schema\" : 2").contains("has the format 2, read is 1"));
    assertTrue(refusal("\"better\" : \"lower\"", "\"better\" : \"left\"").contains("better left"));
    assertTrue(refusal("\"seed\"", "\"sead\"").contains("is damaged"));
    assertTrue(refusal("\"method\" : \"rise\"", "\"method\" : \"rice\"").contains("not those of"));
    assertTrue(refusal("0.9,", "").contains("as many points"));
    assertTrue(refusal("1.25", "\"1.25\"").contains("is damaged"));
    String missing =
        String.valueOf(
            assertThrows(
                    PerceptException.class, () -> EvaluationFile.read(folder.resolve("none.json")))
                .getMessage());
    assertTrue(missing.contains("make one with percept evaluate"));
    assertThrows(
        PerceptException.class,
        () -> EvaluationFile.write(WRITTEN, folder.resolve("none/evaluation.json")));
  }
}
