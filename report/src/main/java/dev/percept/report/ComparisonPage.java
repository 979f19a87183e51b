package dev.percept.report;

import dev.percept.bundle.Comparison;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The page that sets importance estimators beside each other, drawn from {@code
 * importance-comparison.json} alone; as safe and self-contained as {@link ReportPage}.
 */
public final class ComparisonPage {
  private static final Map<String, String> NAMES =
      Map.of(
          "affine-exact", "exact Sobol indices",
          "jansen", "sampled Sobol indices",
          "occlusion", "occlusion",
          "rise", "RISE",
          "hsic", "HSIC",
          "gradient-x-code", "gradient × code",
          "integrated-gradients", "Integrated Gradients",
          "smoothgrad", "SmoothGrad");

  private final Comparison of;

  private ComparisonPage(Comparison of) {
    this.of = of;
  }

  /** The page in UTF-8. The same comparison gives the same bytes. */
  public static byte[] render(Comparison comparison) {
    ComparisonModel model = new ComparisonPage(comparison).model();
    return Assets.page(Template.COMPARISON, model.title(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(Comparison comparison, Path file) {
    PageFile.write(file, render(comparison));
  }

  private ComparisonModel model() {
    String label = of.target().label();
    return new ComparisonModel(
        "Percept: importance of " + label + " compared, " + of.model(),
        label + ", " + of.model(),
        "Which importance to believe, for “" + label + "”",
        headline(),
        caution(),
        "Concepts were found once. Every estimator was asked how much each of them matters to the"
            + " logit of the class, on the same pictures, by masking codes; then its order was tried"
            + " out on the model.",
        facts(),
        words(),
        provenance(),
        "Drawn from importance-comparison.json, which lies beside this page.",
        of.pictures(),
        of.concepts(),
        of.estimators(),
        of.random(),
        of.agreement(),
        of.missing(),
        of.notes());
  }

  /** The best by deletion, and which others cannot be told from it. */
  private String headline() {
    Comparison.Estimator best = best();
    List<String> alike = new ArrayList<>();
    for (Comparison.Estimator e : of.estimators()) {
      if (!e.equals(best) && e.behind().low() <= 0) {
        alike.add(name(e));
      }
    }
    if (best.marks().deletionGain().low() <= 0) {
      return "No estimator ranks these concepts better than chance can: "
          + name(best)
          + " comes first by "
          + Plain.decimal(best.marks().deletionGain().mean())
          + " logits.";
    }
    String first = capital(name(best)) + " ruins the score fastest";
    int others = of.estimators().size() - 1;
    if (others == 0) {
      return capital(name(best)) + " ruins the score faster than chance.";
    }
    if (alike.isEmpty()) {
      return first + ", and no other comes near it.";
    }
    return first
        + ", but "
        + (alike.size() == others ? "no other can" : Plain.list(alike) + " cannot")
        + " be told from it on these pictures.";
  }

  private Comparison.Estimator best() {
    return of.estimators().stream()
        .max(Comparator.comparingDouble(e -> e.marks().deletionGain().mean()))
        .orElseThrow();
  }

  private String caution() {
    return of.affine()
        ? "The head is affine in the concepts: gradients, occlusion and Integrated Gradients are the"
            + " same numbers here, exactly, and Sobol indices are their squares as shares. Differences"
            + " between the others are the noise of sampling."
        : "The head is not affine in the concepts: each estimator asks another question, and where"
            + " they disagree concepts act together or the score saturates.";
  }

  private List<PageModel.Fact> facts() {
    return List.of(
        new PageModel.Fact("class", of.target().label() + " (" + of.target().index() + ")"),
        new PageModel.Fact("pictures", Plain.digits(of.pictures())),
        new PageModel.Fact("concepts", Integer.toString(of.concepts().size())),
        new PageModel.Fact("model", of.model()),
        new PageModel.Fact("cut at", of.layer()),
        new PageModel.Fact("head", of.affine() ? "affine (verified)" : "not affine"),
        new PageModel.Fact("estimators", Integer.toString(of.estimators().size())));
  }

  private static List<PageModel.Fact> words() {
    return List.of(
        new PageModel.Fact(
            "Deletion, insertion",
            "The mean logit over the steps as concepts go and come. Every picture has its own order,"
                + " by its own importance; where values have no sign (Sobol, HSIC) the mean sign of"
                + " the concept decides whether it goes first or last."),
        new PageModel.Fact(
            "µFidelity",
            "Several concepts go at once: does the sum of their importance say what the score loses?"
                + " It asks for values, not for an order, so Sobol indices, which are squares, do"
                + " not reach 1 even where they are exact."),
        new PageModel.Fact(
            "Gradient × code",
            "Slope of the score in each concept where all are there: what the first bit of it taken"
                + " away would cost."),
        new PageModel.Fact(
            "Integrated Gradients",
            "The slopes on the way from no concept to all, averaged; they add up to the score."),
        new PageModel.Fact("SmoothGrad", "Slopes around the picture, averaged over noisy masks."),
        new PageModel.Fact("Occlusion", "What the score loses without that concept alone."),
        new PageModel.Fact(
            "RISE", "Mean score with the concept less mean score without it, others there or not."),
        new PageModel.Fact(
            "Sobol",
            "Total index: the share of the score’s variance under random masks that goes if the"
                + " concept is held still."),
        new PageModel.Fact(
            "HSIC",
            "How far the score depends on the concept under random masks, in any way; 0 is"
                + " independence."));
  }

  private List<PageModel.Fact> provenance() {
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("model SHA-256", of.modelSha256()));
    facts.add(new PageModel.Fact("seed", Long.toString(of.seed())));
    of.options().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    of.versions().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    return facts;
  }

  private static String name(Comparison.Estimator e) {
    return NAMES.getOrDefault(e.name(), e.name());
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
