package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.app.evaluate.MethodsEvaluator;
import dev.percept.bundle.Evaluation;
import dev.percept.bundle.EvaluationFile;
import dev.percept.report.EvaluationPage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateTest {
  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;
  private final Path masks;

  EvaluateTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 3);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
    this.masks = folder.resolve("masks");
    for (String label : TinyPictures.LABELS) {
      Files.createDirectories(masks.resolve(label));
      for (int i = 0; i < 3; i++) {
        BufferedImage mask = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = mask.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 24, 24);
        g.dispose();
        ImageIO.write(mask, "bmp", masks.resolve(label + "/" + label + i + ".bmp").toFile());
      }
    }
  }

  private Percept evaluate(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("evaluate", "-m", model, "-i", pictures, "--preprocess", "unit"));
    List<Object> given = Arrays.asList(more);
    if (!given.contains("-c")) {
      args.addAll(List.of("-c", "each", "--labels", labels));
    }
    if (!given.contains("-o")) {
      args.addAll(List.of("-o", folder.resolve("out")));
    }
    if (!given.contains("--method")) {
      args.addAll(List.of("--method", "occlusion"));
    }
    args.addAll(given);
    return Percept.run(args.toArray());
  }

  @Test
  void everyMetricOfBlackAndWhiteBoxesBesideRandomMaps() throws IOException {
    Path out = folder.resolve("all");
    Percept run =
        evaluate(
            "--method",
            "occlusion,saliency,grad-cam",
            "--masks",
            masks,
            "--reruns",
            1,
            "--steps",
            4,
            "--subsets",
            10,
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    Evaluation e = EvaluationFile.read(out.resolve(EvaluationFile.NAME));
    assertEquals(14, e.metrics().size());
    assertEquals(
        List.of("occlusion", "saliency", "grad-cam", "random-7", "random"),
        e.methods().stream().map(Evaluation.Method::name).toList());
    assertEquals(9, e.pictures());
    assertEquals(List.of(1, 2, 4), e.cascade().stream().map(Evaluation.Stage::layers).toList());
    for (int c = 0; c < e.metrics().size(); c++) {
      int column = c;
      String name = e.metrics().get(c).name();
      assertEquals(1, e.methods().stream().filter(m -> m.cells().get(column).best()).count(), name);
      boolean again =
          name.equals("average-stability")
              || name.equals("sensitivity-max")
              || name.equals("model-randomisation")
              || name.equals("random-logit");
      assertEquals(again ? 3 : 9, e.methods().get(0).cells().get(c).pictures(), name);
      assertNull(e.methods().get(4).cells().get(c).overRandom(), name);
      assertTrue(run.out().contains(name), name);
    }
    assertEquals(4, e.curves().size());
    assertEquals(5, e.curves().get(0).lines().get(0).values().size());
    // The page says what the file says, and nothing else.
    byte[] page = Files.readAllBytes(out.resolve(MethodsEvaluator.PAGE));
    assertEquals(-1, Arrays.mismatch(EvaluationPage.render(e), page));
    assertTrue(run.out().contains("page: "));
  }

  @Test
  void theSeedDecidesAndThreadsDoNot() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Object[] options = {"--metric", "deletion,mufidelity,random-logit", "--steps", 3};
    evaluate(with(options, "-o", one, "--threads", 1, "--batch", 1));
    evaluate(with(options, "-o", two, "--threads", 2, "--batch", 5));
    List<Evaluation.Method> a = EvaluationFile.read(one.resolve(EvaluationFile.NAME)).methods();
    List<Evaluation.Method> b = EvaluationFile.read(two.resolve(EvaluationFile.NAME)).methods();
    for (int m = 0; m < a.size(); m++) {
      for (int c = 0; c < a.get(m).cells().size(); c++) {
        // Batches of another size add up in another order in float32.
        assertEquals(
            a.get(m).cells().get(c).mean(), b.get(m).cells().get(c).mean(), 1e-3, "cell " + m + c);
      }
    }
  }

  @Test
  void jsonIsPrintedAndNothingElse() {
    Percept run = evaluate("--metric", "sparseness", "--json", "-c", "0", "--labels", labels);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().strip().startsWith("{") && run.out().strip().endsWith("}"));
    assertTrue(run.out().contains("\"sparseness\""));
  }

  private static Object[] with(Object[] options, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  private void refused(int status, String part, Object... options) {
    Percept run = evaluate(with(options, "-o", folder.resolve("refused")));
    assertEquals(status, run.status(), run.out() + run.err());
    List<String> sentences =
        run.errors().stream().filter(line -> line.startsWith("percept: ")).toList();
    assertEquals(1, sentences.size(), run.err());
    assertTrue(sentences.get(0).contains(part), run.err());
    assertFalse(Files.exists(folder.resolve("refused/evaluation.json")));
  }

  @Test
  void whatCannotBeEvaluatedIsRefusedInASentence() throws IOException {
    refused(ExitCode.USAGE, "expected one of occlusion, rise", "--method", "magic");
    refused(ExitCode.USAGE, "expected one of deletion", "--metric", "beauty");
    refused(ExitCode.USAGE, "expected one of zero, mean", "--baseline", "black");
    refused(ExitCode.USAGE, "'--steps': at least 1, found 0", "--steps", 0);
    refused(ExitCode.USAGE, "'--reruns': at least 1, found 0", "--reruns", 0);
    refused(ExitCode.UNFIT, "give masks of the pictures with --masks", "--metric", "pointing-game");
    refused(ExitCode.UNFIT, "no folder or picture", "--masks", folder.resolve("nowhere"));
    refused(ExitCode.UNFIT, "no mask of", "--masks", masks.resolve("sky"));
    Path black = folder.resolve("black");
    for (String label : TinyPictures.LABELS) {
      Files.createDirectories(black.resolve(label));
      for (int i = 0; i < 3; i++) {
        BufferedImage mask = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(mask, "png", black.resolve(label + "/" + label + i + ".png").toFile());
      }
    }
    refused(ExitCode.UNFIT, "has no white", "--masks", black, "--metric", "pointing-game");
    refused(ExitCode.UNFIT, "steps: at most one a place", "--steps", 5000, "--metric", "deletion");
    Path file = TinyPictures.text(folder.resolve("file.txt"), "x");
    Percept run = evaluate("-o", file);
    assertEquals(ExitCode.UNFIT, run.status());
    assertTrue(run.err().contains("is a file; choose a folder with -o"), run.err());
  }
}
