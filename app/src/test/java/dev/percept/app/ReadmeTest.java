package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.EmbeddedReviews;
import dev.percept.zoo.reviews.Review;
import dev.percept.zoo.reviews.Reviews;
import dev.percept.zoo.reviews.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java programs of README.md are real: the lines are those of {@link ReadmeProgram} and {@link
 * ReadmeTextsProgram}.
 */
class ReadmeTest {
  private static final Path ROOT = root();

  /** Tests run in the folder of their module, or in the root. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.resolve("..").normalize();
  }

  @Test
  void theReadmeShowsThePrograms() throws IOException {
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    for (String name : List.of("ReadmeProgram", "ReadmeTextsProgram")) {
      List<String> source =
          Files.readAllLines(ROOT.resolve("app/src/test/java/dev/percept/app/" + name + ".java"));
      int begin = indexOf(source, "// README begins");
      int end = indexOf(source, "// README ends");
      String program =
          String.join("\n", source.subList(begin + 1, end)).stripIndent().stripTrailing();
      int fence = readme.indexOf("```java");
      assertTrue(fence >= 0, "README.md has the program " + name);
      readme = readme.subList(fence + 1, readme.size());
      assertEquals(program, String.join("\n", readme.subList(0, readme.indexOf("```"))), name);
    }
  }

  private static int indexOf(List<String> lines, String mark) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(mark)) {
        return i;
      }
    }
    throw new AssertionError("no line '" + mark + "'");
  }

  @Test
  void theProgramRuns(@TempDir Path folder) {
    Path model = EmbeddedModel.copyTo(folder);
    Path pictures = folder.resolve("creatures");
    DemoPictures.write(pictures, 4, Run.of(0));
    String label = Species.BIRD.label();
    List<String> lines =
        printed(
            () ->
                ReadmeProgram.explain(
                    model, pictures.resolve(label), new Target(Species.BIRD.index(), label)));
    assertEquals(11, lines.size(), lines.toString());
    double sum = 0;
    for (String line : lines.subList(0, 10)) {
      assertTrue(line.endsWith(" of bird's logit"), line);
      sum += Double.parseDouble(line.substring(0, line.indexOf(' ')));
    }
    assertEquals(1, sum, 1e-6, "the head of the embedded model is affine: indices add up to 1");
    assertTrue(lines.get(10).matches("accuracy kept: [01]\\.\\d+"), lines.get(10));
  }

  @Test
  void theProgramForTextsRuns(@TempDir Path folder) {
    Path model = EmbeddedReviews.copyTo(folder);
    List<String> reviews =
        Reviews.reviews(Split.TEST, Topic.PRICE, 0, 60).stream().map(Review::text).toList();
    List<String> lines =
        printed(
            () ->
                ReadmeTextsProgram.explain(
                    model,
                    folder.resolve(EmbeddedReviews.VOCABULARY),
                    reviews,
                    new Target(Topic.PRICE.index(), Topic.PRICE.label())));
    assertEquals(5, lines.size(), lines.toString());
    double sum = 0;
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      sum += Double.parseDouble(parts[0]);
      assertTrue(reviews.stream().anyMatch(review -> review.contains(parts[1])), line);
    }
    assertEquals(1, sum, 1e-6, "the head of the embedded model is affine: indices add up to 1");
  }

  /** What a program writes to standard output. */
  private static List<String> printed(Runnable program) {
    PrintStream console = System.out;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(console);
    }
    return seen.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
