package dev.percept.app.contrast;

import dev.percept.app.explain.CutChecks;
import dev.percept.app.explain.OutputFolder;
import dev.percept.app.explain.RectificationWords;
import dev.percept.bundle.ClassComparison;
import dev.percept.bundle.ClassComparisonFile;
import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.RectifiedModel;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.contrast.Confusion;
import dev.percept.methods.craft.Rectification;
import dev.percept.methods.craft.TwoClasses;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.report.ClassComparisonPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares two classes, and writes what was found with its page. Pictures and texts alike. */
public final class ClassComparer {
  /** The page's name. */
  public static final String PAGE = "class-comparison.html";

  private static final int CHECKED = 4;

  private ClassComparer() {}

  /** What was written. */
  public record Written(ClassComparison comparison, Path page) {}

  /**
   * Compares.
   *
   * @throws PerceptException if something named is missing or unfit
   */
  public static Written compare(ContrastRequest request, Run run) {
    OutputFolder out = OutputFolder.of(request.out());
    try (Subjects subjects = request.source().open(run)) {
      if (subjects.groups().size() < 2) {
        throw new PerceptException(
            "two classes are compared, and there are "
                + subjects.modality()
                + " of "
                + subjects.groups().size()
                + "; name a folder with a sub-folder for each class, or a file with labels");
      }
      Confusion confusion = confusion(subjects, request.batch(), run);
      List<Subjects.Group> pair = pair(request, subjects, confusion);
      Examples first = pair.get(0).examples();
      CutChecks.require(
          subjects.model().check(first.batch(0, Math.min(CHECKED, first.size()))), subjects.info());
      TwoClasses.Result result =
          new TwoClasses(
                  request.extractor(),
                  new AutoImportance(request.sobol()),
                  request.contrast(),
                  request.batch())
              .compare(explained(request, subjects), side(pair.get(0)), side(pair.get(1)), run);
      ClassComparison comparison =
          new ComparisonParts(request, subjects, pair)
              .comparison(result, confusion, notes(request, subjects, pair, run), run);
      run.throwIfCancelled();
      Path json = out.write(ClassComparisonFile.NAME, ClassComparisonFile.bytes(comparison));
      ClassComparison written = ClassComparisonFile.read(json);
      return new Written(written, out.write(PAGE, ClassComparisonPage.render(written)));
    }
  }

  private static SplitModel explained(ContrastRequest request, Subjects subjects) {
    return request.rectify() ? RectifiedModel.of(subjects.model()) : subjects.model();
  }

  /** What the reader should know, first of all what rectifying costs. */
  private static List<String> notes(
      ContrastRequest request, Subjects subjects, List<Subjects.Group> pair, Run run) {
    List<String> notes = new ArrayList<>();
    for (Subjects.Group group : request.rectify() ? pair : List.<Subjects.Group>of()) {
      Rectification cost =
          Rectification.measure(
              subjects.model(), group.examples(), group.target(), request.batch(), run);
      notes.add(
          RectificationWords.warning(cost, subjects.info(), group.target(), subjects.modality()));
    }
    notes.addAll(subjects.notes());
    return notes;
  }

  private static TwoClasses.Side side(Subjects.Group group) {
    return new TwoClasses.Side(group.examples(), group.units(), group.target());
  }

  private static Confusion confusion(Subjects subjects, int batch, Run run) {
    List<Target> classes = subjects.groups().stream().map(Subjects.Group::target).toList();
    List<Tensor> logits = new ArrayList<>();
    for (Subjects.Group group : subjects.groups()) {
      logits.add(logits(subjects, group.examples(), batch, run));
    }
    return Confusion.of(classes, logits);
  }

  private static Tensor logits(Subjects subjects, Examples examples, int batch, Run run) {
    int outputs = subjects.model().outputs();
    int n = examples.size();
    float[] all = new float[n * outputs];
    try (Progress.Stage stage = run.stage("answers", n)) {
      run.parallel(
          (n + batch - 1) / batch,
          b -> {
            int from = b * batch;
            int to = Math.min(n, from + batch);
            subjects
                .model()
                .logits(examples.batch(from, to))
                .copyTo(0, all, from * outputs, (to - from) * outputs);
            stage.advance(to - from);
          });
    }
    return Tensor.wrap(Shape.of(n, outputs), all);
  }

  private static List<Subjects.Group> pair(
      ContrastRequest request, Subjects subjects, Confusion confusion) {
    List<Subjects.Group> groups = subjects.groups();
    if (request.classes().isEmpty()) {
      List<Confusion.Pair> confused = confusion.mostConfused();
      if (confused.isEmpty()) {
        throw new PerceptException(
            "no two of these classes are ever confused, so no pair stands out; name two with -c");
      }
      return List.of(groups.get(confused.get(0).a()), groups.get(confused.get(0).b()));
    }
    List<Subjects.Group> pair = new ArrayList<>();
    for (String query : request.classes()) {
      Target target = subjects.labels().resolve(query);
      pair.add(
          groups.stream()
              .filter(g -> g.target().index() == target.index())
              .findFirst()
              .orElseThrow(
                  () ->
                      new PerceptException(
                          "there are no "
                              + subjects.modality()
                              + " of class '"
                              + target.label()
                              + "'; there are: "
                              + String.join(
                                  ", ", groups.stream().map(g -> g.target().label()).toList()))));
    }
    if (pair.get(0).target().index() == pair.get(1).target().index()) {
      throw new PerceptException(
          "'"
              + pair.get(0).target().label()
              + "' cannot be compared with itself; name another class with the second -c");
    }
    return pair;
  }
}
