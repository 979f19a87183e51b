package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code percept sweep} on networks whose answer can be worked out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepTest {
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Path model;
  private final Path pictures;

  SweepTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 8);
  }

  private List<Object> arguments(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "sweep",
                "-m",
                model,
                "-i",
                pictures.resolve("apple"),
                "-c",
                "0",
                "--preprocess",
                "unit",
                "--refits",
                "1",
                "-o",
                out));
    if (!Arrays.asList(more).contains("--patch")) {
      args.addAll(List.of("--patch", "6,12,24"));
    }
    if (!Arrays.asList(more).contains("--concepts")) {
      args.addAll(List.of("--concepts", "3,4"));
    }
    args.addAll(Arrays.asList(more));
    return args;
  }

  private Percept sweep(Path out, Object... more) {
    return Percept.run(arguments(out, more).toArray());
  }

  @Test
  void everyPointOfTheGridIsMeasuredBesideChance() {
    Path out = folder.resolve("grid");
    Percept run = sweep(out, "--beside", TinyModels.saturating(folder.resolve("other.onnx")));
    assertEquals(ExitCode.OK, run.status(), run.err());
    Written written = Written.in(out);
    JsonNode root = written.json("sweep.json");
    assertEquals(2, root.get("sides").size());
    JsonNode points = root.get("sides").get(0).get("points");
    assertEquals(6, points.size());
    Set<String> seen = new TreeSet<>();
    for (JsonNode p : points) {
      seen.add(p.get("patch").asInt() + "/" + p.get("concepts").asInt());
      assertEquals(FIGURES, names(p.get("figures")));
      assertEquals("affine-exact", p.get("estimator").asString());
      // A location of 8 x 8 stands for 4 of 32 pixels.
      assertEquals(4, p.get("cell").asInt());
      JsonNode stability = p.get("figures").get("stability");
      assertTrue(
          stability.get("value").asDouble() > stability.get("chance").asDouble(), p.toString());
      assertTrue(
          p.get("figures").get("effective").get("value").asDouble()
              <= p.get("concepts").asInt() + 1e-9);
      // At most 64 of the 49 crops of 6 pixels, of each of 8 pictures.
      assertEquals(p.get("patch").asInt() == 6 ? 8 * 49 : p.get("crops").asInt(), crops(p));
    }
    assertEquals(Set.of("6/3", "6/4", "12/3", "12/4", "24/3", "24/4"), seen);
    assertEquals(
        "jansen", root.get("sides").get(1).get("points").get(0).get("estimator").asString());
    assertTrue(run.out().contains("stability"), run.out());
    assertTrue(written.names().contains("sweep.csv"));
    assertEquals(1 + 12 * FIGURES.size(), written.text("sweep.csv").lines().count());
    assertTrue(written.text("sweep.html").contains("tiny.onnx"));
    assertEquals(List.of(), written.holding(folder.toString()), "no path of this machine");
  }

  private static final Set<String> FIGURES =
      new TreeSet<>(
          List.of(
              "crop-r2",
              "picture-r2",
              "consistency",
              "stability",
              "carrying",
              "effective",
              "kept",
              "right"));

  private static int crops(JsonNode p) {
    return p.get("crops").asInt();
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.properties().forEach(e -> names.add(e.getKey()));
    return names;
  }

  @Test
  void anInterruptedSweepEndsInTheSameBytesWithoutMeasuringAgain() throws IOException {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    assertEquals(ExitCode.OK, sweep(whole).status());
    // As if it had been stopped after two points of six: what came later is not there yet.
    assertEquals(ExitCode.OK, sweep(resumed, "--patch", "6").status());
    Files.delete(resumed.resolve("sweep.json"));
    Files.writeString(resumed.resolve("points/0123456789abcdef01234567.json.part"), "{\"sch");
    List<Path> before = files(resumed.resolve("points"));
    List<String> times = new ArrayList<>();
    for (Path file : before) {
      times.add(file + " " + Files.getLastModifiedTime(file));
    }
    Percept second = sweep(resumed);
    assertEquals(ExitCode.OK, second.status(), second.err());
    assertTrue(second.err().contains("2 points were there from an earlier start"), second.err());
    for (int i = 0; i < before.size(); i++) {
      assertEquals(times.get(i), before.get(i) + " " + Files.getLastModifiedTime(before.get(i)));
    }
    for (String name : List.of("sweep.json", "sweep.csv", "sweep.html")) {
      assertEquals(Written.in(whole).text(name), Written.in(resumed).text(name), name);
    }
  }

  @Test
  void aSweepThatIsKilledGoesOn() throws Exception {
    Path whole = folder.resolve("unkilled");
    Path killed = folder.resolve("killed");
    Object[] grid = {"--patch", "4,8,12,16,24", "--concepts", "2,3,4"};
    assertEquals(ExitCode.OK, sweep(whole, grid).status());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    arguments(killed, grid).forEach(a -> command.add(a.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("err.txt").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (files(killed.resolve("points")).size() < 2 && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      process.destroyForcibly();
    }
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    int left = files(killed.resolve("points")).size();
    assertTrue(left >= 2 && left < 15, "killed in the middle: " + left);
    assertFalse(Files.exists(killed.resolve("sweep.json")));
    Percept second = sweep(killed, grid);
    assertEquals(ExitCode.OK, second.status(), second.err());
    assertTrue(second.err().contains(" there from an earlier start"), second.err());
    for (String name : List.of("sweep.json", "sweep.csv", "sweep.html")) {
      assertEquals(Written.in(whole).text(name), Written.in(killed).text(name), name);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void activationsAreBoundedAndDamageDoesNoHarm() throws IOException {
    Path plain = folder.resolve("plain");
    assertEquals(ExitCode.OK, sweep(plain).status());
    List<Path> kept;
    try (Stream<Path> all = Files.list(plain.resolve("activations"))) {
      kept = all.sorted().toList();
    }
    assertEquals(4, kept.size(), "pictures, and crops of three sizes: " + kept);
    for (Path file : kept) {
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
    }
    try (Stream<Path> points = Files.list(plain.resolve("points"))) {
      for (Path point : points.filter(f -> f.toString().endsWith(".json")).toList()) {
        Files.writeString(point, "{}");
      }
    }
    String first = Written.in(plain).text("sweep.json");
    Percept again = sweep(plain);
    assertEquals(ExitCode.OK, again.status(), again.err());
    assertEquals(first, Written.in(plain).text("sweep.json"));
  }

  @Test
  void layersAndPicturesAreAxesToo() {
    Path out = folder.resolve("axes");
    Percept run =
        sweep(
            out,
            "--patch",
            "12",
            "--concepts",
            "3",
            "--layers",
            "coarse," + TinyModels.FEATURES,
            "--pictures",
            "4,8",
            "--json");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode points = Written.tree(run.out()).get("sides").get(0).get("points");
    List<String> seen = new ArrayList<>();
    points.forEach(p -> seen.add(p.get("layer").asString() + p.get("pictures").asInt()));
    assertEquals(List.of("coarse4", "coarse8", "features4", "features8"), seen);
    assertEquals(
        2 * points.get(0).get("crops").asInt(), points.get(1).get("crops").asInt(), "half of them");
  }

  @Test
  void whatDoesNotFitIsSaidInOneSentenceAtOnce() throws IOException {
    Path out = folder.resolve("refused");
    Percept large = sweep(out, "--patch", "12,33");
    assertEquals(ExitCode.UNFIT, large.status());
    assertEquals(
        List.of(
            "percept: a crop of 33 pixels is larger than the input of 'tiny.onnx', 32 x 32; leave"
                + " it out of --patch"),
        large.errors());
    assertEquals(List.of(), files(out.resolve("points")), "nothing was measured");
    for (List<String> bad :
        List.of(
            List.of("--patch", "12,x"),
            List.of("--patch", "1"),
            List.of("--patch", "12,12"),
            List.of("--concepts", "0"),
            List.of("--pictures", "-3"),
            List.of("--crops", "0"),
            List.of("--beside-class", "1"))) {
      assertEquals(ExitCode.USAGE, sweep(out, bad.toArray()).status(), bad.toString());
    }
    Percept many = sweep(out, "--pictures", "4,9");
    assertEquals(ExitCode.UNFIT, many.status());
    assertTrue(many.err().contains("than the 8 that there are"), many.err());
    Percept exam = sweep(out, "--exam");
    assertEquals(ExitCode.UNFIT, exam.status(), exam.err());
    assertEquals(1, exam.errors().size(), exam.err());
    Path foreign = folder.resolve("foreign");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve("thesis.txt"), "mine");
    Percept other = sweep(foreign);
    assertEquals(ExitCode.UNFIT, other.status());
    assertTrue(other.err().contains("thesis.txt"), other.err());
    assertEquals(1, other.errors().size(), other.err());
    Percept signed =
        Percept.run(
            "sweep",
            "-m",
            TinyModels.signed(folder.resolve("signed.onnx")),
            "-i",
            pictures.resolve("apple"),
            "-c",
            "0",
            "-o",
            folder.resolve("signed"));
    assertEquals(ExitCode.UNFIT, signed.status(), signed.err());
    assertTrue(signed.err().contains("semi-nmf"), signed.err());
    assertTrue(signed.err().contains("--rectify"), signed.err());
  }
}
