package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassComparison;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The page of two classes, drawn from {@code class-comparison.json} alone; as safe and
 * self-contained as {@link ReportPage}.
 */
public final class ClassComparisonPage {
  private static final int PAIRS = 5;

  private final ClassComparison of;

  private ClassComparisonPage(ClassComparison of) {
    this.of = of;
  }

  /** The page in UTF-8. The same comparison gives the same bytes. */
  public static byte[] render(ClassComparison comparison) {
    ClassComparisonModel model = new ClassComparisonPage(comparison).model();
    return Assets.page(Template.CLASSES, model.title(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  private ClassComparisonModel model() {
    String a = of.a().label().label();
    String b = of.b().label().label();
    return new ClassComparisonModel(
        "Percept: " + a + " and " + b + ", " + of.model(),
        a + " and " + b + ", " + of.model(),
        "What do “" + a + "” and “" + b + "” share, and what does the model use of it?",
        ContrastStory.headline(of),
        ContrastStory.conclusion(of),
        facts(),
        confused(),
        rules(),
        of,
        "One set of concepts was found in "
            + (of.modality().equals("pictures") ? "crops of pictures" : "parts of texts")
            + " of both classes together. Its codes were compared between the classes, and each"
            + " class’s own logit was asked, on its own "
            + of.modality()
            + ", how far it depends on each concept.",
        words(),
        provenance(),
        "Drawn from class-comparison.json, which lies beside this page.");
  }

  private List<PageModel.Fact> facts() {
    return List.of(
        side(of.a()),
        side(of.b()),
        new PageModel.Fact("concepts", Integer.toString(of.concepts().size())),
        new PageModel.Fact("model", of.model()),
        new PageModel.Fact("cut at", of.layer()),
        new PageModel.Fact(
            "answers kept",
            Plain.percent(of.a().kept())
                + " and "
                + Plain.percent(of.b().kept())
                + " (random: "
                + Plain.percent(of.a().randomKept())
                + " and "
                + Plain.percent(of.b().randomKept())
                + ")"),
        new PageModel.Fact(
            "R²",
            Plain.decimal(of.a().r2())
                + " and "
                + Plain.decimal(of.b().r2())
                + " (random: "
                + Plain.decimal(of.a().randomR2())
                + " and "
                + Plain.decimal(of.b().randomR2())
                + ")"));
  }

  private PageModel.Fact side(ClassComparison.Side side) {
    return new PageModel.Fact(
        side.label().label(), Plain.digits(side.examples()) + " " + of.modality());
  }

  private record Pair(String text, double share) {}

  private List<String> confused() {
    List<Bundle.Label> classes = of.confusion().classes();
    List<List<Integer>> counts = of.confusion().counts();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      for (int j = i + 1; j < classes.size(); j++) {
        int forth = counts.get(i).get(j);
        int back = counts.get(j).get(i);
        int both = sum(counts.get(i)) + sum(counts.get(j));
        if (forth + back > 0) {
          pairs.add(
              new Pair(
                  classes.get(i).label()
                      + " and "
                      + classes.get(j).label()
                      + ": "
                      + (forth + back)
                      + " of "
                      + both
                      + " are taken for the other ("
                      + forth
                      + " and "
                      + back
                      + ")",
                  (double) (forth + back) / both));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(p -> -p.share()));
    return pairs.isEmpty()
        ? List.of("No two of these classes are taken for each other.")
        : pairs.stream().limit(PAIRS).map(Pair::text).toList();
  }

  private static int sum(List<Integer> row) {
    return row.stream().mapToInt(Integer::intValue).sum();
  }

  private String rules() {
    ClassComparison.Thresholds t = of.thresholds();
    return "Two questions that are easily mixed up. To the right: the class’s score depends on it;"
        + " the upright line is an equal share. Up and down: one class has more of it, in units of"
        + " the concept; inside the band both have it alike ("
        + Plain.decimal(t.shared())
        + " units), beyond the dotted line they differ ("
        + Plain.decimal(t.differs())
        + "; chance reaches "
        + Plain.decimal(t.chance())
        + "). Crosses are 95\u00a0% intervals; where one crosses a line the concept is hollow:"
        + " undecided.";
  }

  private static List<PageModel.Fact> words() {
    return List.of(
        new PageModel.Fact(
            "Unit",
            "The spread of a concept’s strength within a class, or its mean strength in both"
                + " together, whichever is smaller."),
        new PageModel.Fact(
            "Alike",
            "The whole interval of the difference lies within the band. That no difference was found"
                + " is not enough: with few examples none ever is."),
        new PageModel.Fact(
            "Different",
            "The whole interval lies beyond the band and beyond what the most different of all"
                + " concepts reaches when examples are dealt to the classes at random."),
        new PageModel.Fact(
            "Used",
            "The whole interval of the total Sobol index lies above an equal share of the class’s"
                + " importance, which is what concepts drawn at random have on average."),
        new PageModel.Fact(
            "Each logit by itself",
            "Importance is for each class’s own score. What raises both scores by the same amount is"
                + " used for both, and yet decides nothing between the two."));
  }

  private List<PageModel.Fact> provenance() {
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("model SHA-256", of.modelSha256()));
    facts.add(new PageModel.Fact(of.a().label().label(), of.a().fingerprint()));
    facts.add(new PageModel.Fact(of.b().label().label(), of.b().fingerprint()));
    facts.add(new PageModel.Fact("importance", of.estimator()));
    facts.add(new PageModel.Fact("extractor", of.extractor()));
    facts.add(new PageModel.Fact("seed", Long.toString(of.seed())));
    of.options().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    of.versions().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    return facts;
  }
}
