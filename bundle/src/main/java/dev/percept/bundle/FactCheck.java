package dev.percept.bundle;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the parts of an explanation belong together: indices, sums, files, shapes. */
final class FactCheck {
  /**
   * Contributions are single-precision numbers and come back from a file with all their digits:
   * what does not add up to this share of what was added was changed.
   */
  private static final double ADDS_UP = 1e-6;

  private final FactExplanation e;
  private final Set<String> files;
  private final Set<Long> known = new HashSet<>();

  private FactCheck(FactExplanation e, Set<String> files) {
    this.e = e;
    this.files = files;
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  static void check(FactExplanation explanation, Map<String, Tensor> values, Set<String> files) {
    FactCheck check = new FactCheck(explanation, files);
    check.whole();
    check.concepts();
    check.classes();
    check.traces();
    check.curves();
    check.values(values);
  }

  private void whole() {
    int outputs = e.network().outputs().size();
    require(outputs > 0, "network.outputs", "at least 1", outputs);
    require(e.network().bias().size() == outputs, "network.bias", outputs, e.network().bias());
    require(!e.cuts().isEmpty(), "cuts", "at least 1", 0);
    for (FactExplanation.Cut cut : e.cuts()) {
      require(
          cut.latents() > 0 && cut.rows() > 0 && cut.columns() > 0, "cuts", "sizes above 0", cut);
    }
    require(e.sample().count() > 0, "sample.count", "at least 1", e.sample().count());
    for (FactTrace.Picture picture : e.pictures()) {
      file(picture.file());
      require(files.contains(picture.file()), "pictures", "a listed file", picture.file());
      output("pictures.predicted", picture.predicted());
      if (picture.truth() != null) {
        output("pictures.truth", picture.truth());
      }
    }
  }

  private void concepts() {
    for (FactConcept k : e.concepts()) {
      String name = "concept " + k.cut() + "/" + k.id();
      require(k.cut() >= 0 && k.cut() < e.cuts().size(), name, "a cut that is there", k.cut());
      int latents = e.cuts().get(k.cut()).latents();
      require(k.id() >= 0 && k.id() < latents, name, "below " + latents, k.id());
      require(known.add(key(k.cut(), k.id())), name, "once", "twice");
      k.serves().forEach(s -> output(name + ".serves", s.target()));
      for (List<FactConcept.Sight> sights : List.of(k.byPresence(), k.byContribution())) {
        for (FactConcept.Sight sight : sights) {
          picture(name, sight.picture());
          file(sight.map());
        }
      }
      require(k.origin() == null || k.cut() > 0, name + ".origin", "none at the first cut", "one");
    }
    for (FactConcept k : e.concepts()) {
      if (k.origin() != null) {
        k.origin().sources().forEach(s -> concept(k.cut() - 1, s.concept()));
      }
    }
  }

  private void classes() {
    require(!e.classes().isEmpty(), "classes", "at least 1", 0);
    for (FactExplanation.OfClass c : e.classes()) {
      output("classes.target", c.target().index());
      double sum = c.bias() + c.other();
      double size = Math.abs(c.bias()) + Math.abs(c.other());
      for (FactExplanation.Role role : c.roles()) {
        concept(last(), role.concept());
        sum += role.mean();
        size += Math.abs(role.mean());
      }
      adds("class " + c.target().index(), sum, c.logit(), size, 0);
    }
  }

  private void traces() {
    for (int i = 0; i < e.traces().size(); i++) {
      FactTrace trace = e.traces().get(i);
      String name = "trace " + i;
      picture(name, trace.picture());
      for (FactTrace.Part part : trace.parts()) {
        concept(last(), part.concept());
        file(part.map());
      }
      require(!trace.scores().isEmpty(), name + ".scores", "at least 1", 0);
      for (FactTrace.Score score : trace.scores()) {
        output(name, score.target());
        int n = score.contributions().size();
        require(n == trace.parts().size(), name, "a contribution a part", n);
        double sum = score.bias() + score.other();
        double size = Math.abs(score.bias()) + Math.abs(score.other());
        for (double c : score.contributions()) {
          sum += c;
          size += Math.abs(c);
        }
        adds(name, sum, score.logit(), size, score.gap() * score.added());
      }
      for (FactTrace.Removal r : trace.removals()) {
        output(name, r.predicted());
        require(
            trace.parts().stream().anyMatch(p -> p.concept() == r.concept()),
            name + ".removals",
            "a part",
            r.concept());
        int n = r.logits().size();
        require(n == trace.scores().size(), name + ".removals", "a logit a score", n);
      }
    }
  }

  private void curves() {
    FactDeletion deletion = e.deletion();
    if (deletion == null) {
      return;
    }
    int points = deletion.shares().size();
    require(points >= 2 && deletion.shares().get(0) == 0, "deletion.shares", "0, …", points);
    for (FactDeletion.Curve curve : deletion.curves()) {
      require(
          curve.logit().size() == points && curve.accuracy().size() == points,
          "deletion." + curve.method(),
          points + " points",
          curve.logit().size());
    }
    for (boolean always : new boolean[] {false, true}) {
      boolean any = deletion.curves().stream().anyMatch(c -> c.withAlwaysOn() == always);
      boolean exact =
          deletion.curves().stream()
              .anyMatch(c -> c.withAlwaysOn() == always && c.method().equals(FactDeletion.EXACT));
      require(exact || !any, "deletion", "a curve of " + FactDeletion.EXACT, "none");
    }
  }

  private void values(Map<String, Tensor> values) {
    int latents = e.cuts().get(last()).latents();
    shape(values, "presence", Shape.of(e.sample().count(), latents));
    for (int i = 0; i < e.traces().size(); i++) {
      shape(values, "contributions/" + i, Shape.of(e.traces().get(i).scores().size(), latents));
    }
    require(values.size() == e.traces().size() + 1, "values", "no other tensor", values.keySet());
  }

  private static void shape(Map<String, Tensor> values, String name, Shape shape) {
    Tensor found = values.get(name);
    require(
        found != null && found.shape().equals(shape),
        "values." + name,
        shape,
        found == null ? "none" : found.shape());
  }

  private int last() {
    return e.cuts().size() - 1;
  }

  private static long key(int cut, int id) {
    return ((long) cut << 32) | id;
  }

  private void concept(int cut, int id) {
    require(known.contains(key(cut, id)), "concept " + cut + "/" + id, "an entry", "none");
  }

  private void picture(String what, int index) {
    require(index >= 0 && index < e.pictures().size(), what, "a picture that is there", index);
  }

  private void output(String what, int index) {
    int outputs = e.network().outputs().size();
    require(index >= 0 && index < outputs, what, "a class below " + outputs, index);
  }

  private void file(@Nullable String name) {
    require(name == null || files.contains(name), "files", "'" + name + "'", "none");
  }

  /** Whether a sum is what it should be, but for rounding and what was said to be missing. */
  private static void adds(String what, double sum, double logit, double size, double gap) {
    boolean fits = Math.abs(sum - logit) <= gap + ADDS_UP * (1 + size + Math.abs(logit));
    require(fits, what, "a sum of " + logit, sum);
  }

  private static void require(boolean fits, String what, Object expected, @Nullable Object found) {
    if (!fits) {
      throw new IllegalArgumentException(
          "fact." + what + ": expected " + expected + ", found " + found);
    }
  }
}
