package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.EmbeddedVit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consistency of concepts from the command line, on few pictures. */
class ExamC2Test {
  @TempDir Path folder;

  private static Percept exam(Object... more) {
    List<Object> all = new ArrayList<>(List.of("exam", "--c2", "--scenes", 10, "--concepts", 2));
    all.addAll(List.of(more));
    return Percept.run(all.toArray());
  }

  @Test
  void everyMethodIsMarkedOnTheSamePictures() {
    Percept run = exam("--json");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode report = JsonMapper.builder().build().readTree(run.out());
    assertEquals(60, report.get("pictures").asInt());
    assertTrue(report.get("judge").asString().contains("trained on the same classes"));
    assertEquals(4, report.get("rows").size());
    double baseline =
        report.get("rows").get(0).get("marks").get("baseline").get("value").asDouble();
    for (JsonNode row : report.get("rows")) {
      JsonNode marks = row.get("marks");
      assertEquals(baseline, marks.get("baseline").get("value").asDouble(), row.toString());
      JsonNode all = marks.get("overall");
      double score = all.get("score").get("mean").asDouble();
      assertTrue(score > all.get("elsewhere").get("mean").asDouble(), row.toString());
      assertTrue(all.get("pictureLow").asDouble() < score, row.toString());
    }
    JsonNode craft = report.get("rows").get(0);
    assertEquals("CRAFT, class by class", craft.get("method").asString());
    assertEquals(
        12, craft.get("marks").get("concepts").size() + craft.get("marks").get("skipped").size());
    assertEquals(
        64,
        report.get("rows").get(3).get("marks").get("concepts").size()
            + report.get("rows").get(3).get("marks").get("skipped").size());
  }

  @Test
  @Tag("slow")
  void latentsInsideTheNetworkAreMarkedBesideWhatIsFoundInIt() {
    Percept run = exam("--model", "bcos");
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().contains("FaCT latents, pixels"), run.out());
    assertTrue(run.out().contains("CRAFT, class by class"), run.out());
  }

  /** The embedded judge, given as a file, says what it says when it is taken by itself. */
  @Test
  void aJudgeOfOnesOwnIsAnyModelWithPlaces() {
    Path vit = EmbeddedVit.copyTo(folder.resolve("vit"));
    Percept own =
        exam("--judge", vit, "--judge-layer", EmbeddedVit.LAYER, "--judge-preprocess", "unit");
    assertEquals(ExitCode.OK, own.status(), own.err());
    assertTrue(own.out().contains(EmbeddedVit.LAYER), own.out());
    assertEquals(own.out().lines().skip(1).toList(), exam().out().lines().skip(1).toList());
  }

  @Test
  void whatCannotJudgeIsRefused() {
    Path cnn = EmbeddedModel.copyTo(folder.resolve("cnn"));
    assertRefused(ExitCode.UNFIT, "one vector a picture", "--judge", cnn);
    assertRefused(ExitCode.UNFIT, "nearest", "--judge", cnn, "--judge-layer", "nothing");
    assertRefused(ExitCode.USAGE, "'--judge FILE'", "--judge-layer", "nothing");
    assertRefused(ExitCode.USAGE, "give one of them", "--texts");
    assertRefused(ExitCode.USAGE, "'--model bcos'", "--sae", cnn);
    Percept alone = Percept.run("exam", "--judge", cnn);
    assertEquals(ExitCode.USAGE, alone.status());
    assertTrue(alone.err().contains("'--c2' alone"), alone.err());
    Percept other = Percept.run("exam", "--model", "bcos", "--recursive", 1);
    assertEquals(ExitCode.USAGE, other.status());
    assertTrue(other.err().contains("takes the exam itself"), other.err());
  }

  private static void assertRefused(int status, String word, Object... more) {
    Percept run = exam(more);
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains(word), run.err());
  }
}
