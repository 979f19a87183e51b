package dev.percept.report;

import dev.percept.bundle.SaeSweep;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The page of autoencoders of several sizes in one network, drawn from their {@code sweep.json}
 * alone; as safe and self-contained as {@link ReportPage}.
 */
public final class SaePage {
  private static final Template TEMPLATE =
      new Template(
          "sae.html",
          List.of("tokens.css", "base.css", "sections.css", "adapt.css", "sweep.css", "sae.css"),
          List.of("dom.js", "theme.js", "sae.js"));

  private SaePage() {}

  /** What the page's script reads. */
  private record Model(
      String title,
      String where,
      String ask,
      String headline,
      String caution,
      List<PageModel.Fact> facts,
      List<PageModel.Fact> words,
      List<PageModel.Fact> provenance,
      SaeSweep sweep) {}

  /** The page in UTF-8. The same sweep gives the same bytes. */
  public static byte[] render(SaeSweep sweep) {
    String title = "Percept: autoencoders in " + sweep.model() + " at " + sweep.layer();
    Model model =
        new Model(
            title,
            sweep.model() + ", " + sweep.layer(),
            "How few concepts does " + sweep.model() + " get by with at " + sweep.layer() + "?",
            headline(sweep),
            caution(sweep),
            facts(sweep),
            words(),
            provenance(sweep),
            sweep);
    return Assets.page(TEMPLATE, title, PageFile.json(model)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(SaeSweep sweep, Path file) {
    PageFile.write(file, render(sweep));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
  }

  private static String headline(SaeSweep sweep) {
    SaeSweep.Point p = sweep.points().get(sweep.chosen());
    String speaking = String.format(Locale.ROOT, "%.0f of %d latents", p.l0(), p.latents());
    return Double.isNaN(sweep.accuracy())
        ? "With " + speaking + " at a place, " + percent(p.kept()) + " of the answers stay."
        : "With "
            + speaking
            + " at a place the network is right in "
            + percent(p.accuracy())
            + ", alone in "
            + percent(sweep.accuracy())
            + ".";
  }

  private static String caution(SaeSweep sweep) {
    String chosen =
        "Checkpoints were chosen on the "
            + sweep.heldOut()
            + " pictures that these figures are of, so they flatter a little.";
    return sweep.weighting().equals("exact")
        ? chosen
        : "This is no B-cos network: which places matter was "
            + (sweep.weighting().equals("estimated")
                ? "estimated from gradients"
                : "not known, so all counted alike")
            + ", and what concepts contribute to an answer can be estimated only. "
            + chosen;
  }

  private static List<PageModel.Fact> facts(SaeSweep sweep) {
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("pictures trained on", Plain.digits(sweep.trained())));
    facts.add(new PageModel.Fact("held out", Plain.digits(sweep.heldOut())));
    facts.add(
        new PageModel.Fact(
            "places of a picture", sweep.positions() + ", drawn by " + weighting(sweep)));
    facts.add(new PageModel.Fact("taken", sweep.points().get(sweep.chosen()).name()));
    facts.add(new PageModel.Fact("seed", Long.toString(sweep.seed())));
    return facts;
  }

  private static String weighting(SaeSweep sweep) {
    return switch (sweep.weighting()) {
      case "exact" -> "exact contribution";
      case "estimated" -> "estimated contribution";
      default -> "chance";
    };
  }

  private static List<PageModel.Fact> words() {
    return List.of(
        new PageModel.Fact(
            "L0", "How many latents speak at a place, on average. Fewer is a shorter explanation."),
        new PageModel.Fact(
            "Accuracy", "Of the network when the layer is replaced by what the latents say."),
        new PageModel.Fact(
            "R²", "Share of the variance of activations that is kept, about each feature's mean."),
        new PageModel.Fact("Dead", "Latents that speak in no held-out picture."),
        new PageModel.Fact(
            "Always on",
            "Latents that speak in more than 60\u00a0% of the pictures: they tell none apart."),
        new PageModel.Fact(
            "Stable",
            "The latent came back, with a cosine of at least 0.7, in every training from another"
                + " start and on other pictures. Partly: sometimes, or less alike. Not: no more"
                + " alike than 95\u00a0% of the atoms of a random dictionary."));
  }

  private static List<PageModel.Fact> provenance(SaeSweep sweep) {
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("SHA-256 of " + sweep.model(), sweep.modelSha256()));
    new java.util.TreeMap<>(sweep.options())
        .forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    new java.util.TreeMap<>(sweep.versions())
        .forEach((name, value) -> facts.add(new PageModel.Fact(name, value)));
    return facts;
  }
}
