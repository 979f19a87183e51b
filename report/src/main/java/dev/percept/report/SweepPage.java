package dev.percept.report;

import dev.percept.bundle.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of a sweep, drawn from {@code sweep.json} alone; as safe and self-contained as {@link
 * ReportPage}.
 */
public final class SweepPage {
  private static final List<SweepModel.Chart> CHARTS =
      List.of(
          chart(
              "stability",
              "Found again",
              "Cosine to the matched concept of other fits: other starts, halves of the pictures. Over concepts.",
              false),
          chart(
              "consistency",
              "Crops of a concept are alike",
              "Mean cosine of two of its crops; grey: of any two crops of that size. Over concepts.",
              false),
          chart(
              "crop-r2",
              "Crops, rebuilt",
              "Share of the variance of crops that the concepts keep. Small crops vary more: it is not the same data from size to size. Over pictures.",
              false),
          chart(
              "picture-r2",
              "Whole pictures, rebuilt",
              "The same at every place of whole pictures, which are the same for every crop size. Over pictures.",
              false),
          chart(
              "kept",
              "Answers kept",
              "Pictures whose first answer stays when activations are rebuilt from concepts. Wilson’s interval.",
              true),
          chart(
              "carrying",
              "Concepts that carry 80\u00a0%",
              "How many, the most important first, carry 80\u00a0% of the importance: fewer is simpler. Over pictures.",
              false),
          chart(
              "effective",
              "Effective number of concepts",
              "e to the entropy of the shares of importance. Over pictures.",
              false),
          chart(
              "exam-auroc",
              "Parts found (exam)",
              "Best area under the curve of a concept for each part that was drawn; 0.5 says nothing. Over parts.",
              false),
          chart(
              "exam-rank",
              "Importance is effect (exam)",
              "Rank correlation of importance with what the answer loses without the part. Over concepts.",
              false));

  private final Sweep of;

  private SweepPage(Sweep of) {
    this.of = of;
  }

  private static SweepModel.Chart chart(String figure, String title, String say, boolean share) {
    return new SweepModel.Chart(figure, title, say, share);
  }

  /** The page in UTF-8. The same sweep gives the same bytes. */
  public static byte[] render(Sweep sweep) {
    SweepModel model = new SweepPage(sweep).model();
    return Assets.page(Template.SWEEP, model.title(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  private SweepModel model() {
    Sweep.Side first = of.sides().get(0);
    String label = first.target().label();
    SweepWords words = new SweepWords(of);
    return new SweepModel(
        "Percept: " + label + " with other settings, " + first.model(),
        label + ", " + first.model(),
        ask(words.axis(), label),
        words.headline(),
        "Intervals are 95\u00a0% and say what other concepts, or other pictures of the same kind,"
            + " would give. Two points whose intervals overlap are not told apart.",
        facts(),
        words.axis(),
        CHARTS.stream()
            .filter(
                c ->
                    of.sides().stream()
                        .flatMap(s -> s.points().stream())
                        .anyMatch(p -> p.figures().containsKey(c.figure())))
            .toList(),
        of.sides(),
        words.own(),
        of.notes(),
        "Every point is a fit of its own, on activations that were computed once. Chance: concepts"
            + " with the same values at shuffled features, encoded and marked in the same way.",
        glossary(),
        provenance(),
        "Drawn from sweep.json, which lies beside this page.");
  }

  private static String ask(String axis, String label) {
    return switch (axis) {
      case "concepts" -> "How many concepts for “" + label + "”?";
      case "pictures" -> "How many pictures for “" + label + "”?";
      case "layer" -> "Where to look for concepts of “" + label + "”?";
      default -> "What size of crops for “" + label + "”?";
    };
  }

  private List<PageModel.Fact> facts() {
    List<PageModel.Fact> facts = new ArrayList<>();
    for (int i = 0; i < of.sides().size(); i++) {
      Sweep.Side side = of.sides().get(i);
      String line = i == 0 ? "solid line" : "dashed line";
      facts.add(
          new PageModel.Fact(
              of.sides().size() == 1 ? "model" : line,
              side.model()
                  + ", "
                  + side.width()
                  + " × "
                  + side.height()
                  + ", "
                  + side.extractor()
                  + ", class “"
                  + side.target().label()
                  + "”"));
    }
    Sweep.Side first = of.sides().get(0);
    facts.add(new PageModel.Fact("pictures", Plain.digits(first.pictures())));
    int points = of.sides().stream().mapToInt(s -> s.points().size()).sum();
    facts.add(new PageModel.Fact("points", Plain.digits(points)));
    facts.add(new PageModel.Fact("seed", Long.toString(of.seed())));
    return facts;
  }

  private static List<PageModel.Fact> glossary() {
    return List.of(
        new PageModel.Fact(
            "Own patch",
            "A vision transformer cuts its picture into squares before it looks. Their side is read"
                + " from the model: from kernel and stride of the convolution that reads the picture,"
                + " or from how many places attend to each other."),
        new PageModel.Fact(
            "Crop size",
            "Pixels of the model’s own input. A crop is stretched to the whole input, so small ones"
                + " are blurred: what a model does with them is not what it does with a picture."),
        new PageModel.Fact(
            "Crops",
            "Small crops are many; of each picture at most the number under provenance was drawn."
                + " Large ones are few, and stability from few crops is worth less."));
  }

  private List<PageModel.Fact> provenance() {
    List<PageModel.Fact> facts = new ArrayList<>();
    for (Sweep.Side side : of.sides()) {
      facts.add(new PageModel.Fact("SHA-256 of " + side.model(), side.modelSha256()));
      facts.add(new PageModel.Fact("pictures of " + side.model(), side.fingerprint()));
    }
    of.options().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    of.versions().forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    return facts;
  }
}
