package dev.percept.report;

import dev.percept.bundle.FactExplanation;
import java.util.List;
import java.util.Locale;

/** What the page of faithful explanations says whatever the numbers. */
final class FactWords {
  private FactWords() {}

  /** A method in words. */
  static String method(String name) {
    return switch (name) {
      case "exact" -> "exact contributions";
      case "sobol" -> "Sobol indices";
      case "saliency" -> "saliency";
      case "leave one out" -> "taking each away alone";
      case "gradient x input" -> "gradient × input";
      case "random" -> "random order";
      case "fact" -> "these concepts";
      case "fact-codes" -> "these concepts, by their codes";
      case "craft" -> "CRAFT";
      case "channels" -> "channels of the layer";
      case "pca" -> "PCA";
      case "k-means" -> "k-means";
      default -> name;
    };
  }

  /** A layer with an autoencoder, in a sentence. */
  static String cut(FactExplanation.Cut cut) {
    return String.format(
        Locale.ROOT,
        "%s: %s concepts, %.0f of them active at each of %d × %d places; %s never active, %s in"
            + " most pictures",
        cut.layer(),
        Plain.digits(cut.latents()),
        cut.active(),
        cut.rows(),
        cut.columns(),
        Plain.digits(cut.dead()),
        Plain.digits(cut.alwaysOn()));
  }

  static String lead(FactExplanation e) {
    return "FaCT: a network whose every answer is a sum (B-cos), with a layer replaced by a sparse"
        + " dictionary (an autoencoder). The concepts are not fitted to the network from outside:"
        + " the answer goes through them, and what each adds to it is read off, not estimated."
        + (e.network().completeAtInput()
            ? ""
            : " In this network the sums hold from behind the position embedding on, not from the"
                + " pixels.");
  }

  static List<PageModel.Fact> steps(FactExplanation e) {
    FactExplanation.Cut cut = e.cuts().get(e.cuts().size() - 1);
    return List.of(
        new PageModel.Fact(
            "A network that multiplies",
            "For every picture x the network is a matrix W(x), and the score is W(x) times x plus a"
                + " constant."),
        new PageModel.Fact(
            "Concepts inside",
            "At "
                + cut.layer()
                + " each place is rebuilt from about "
                + String.format(Locale.ROOT, "%.0f", cut.active())
                + " of "
                + Plain.digits(cut.latents())
                + " concepts, and the network goes on from there."),
        new PageModel.Fact(
            "Contributions",
            "What a concept adds to a score: its activation times its entry of W(x), summed over"
                + " the places. All of them and the constant are the score."),
        new PageModel.Fact(
            "Input maps",
            "The same, from the concept back to the pixels: which colours where made it active."));
  }

  static List<PageModel.Fact> words() {
    return List.of(
        new PageModel.Fact(
            "Concept",
            "A unit of the autoencoder’s dictionary, with a number. All classes share them. What it"
                + " stands for is for you to see in its pictures."),
        new PageModel.Fact(
            "Contribution",
            "What a concept adds to a score in one picture. Positive speaks for the class, negative"
                + " (striped) against it."),
        new PageModel.Fact(
            "Score, bias",
            "The score is the logit, the number that decides. The bias is a constant that every"
                + " picture starts with, the same for each."),
        new PageModel.Fact(
            "Other", "Contributions of all concepts that have no line of their own, together."),
        new PageModel.Fact(
            "Presence",
            "How strongly a concept is active in a picture, summed over places; the strongest"
                + " picture is 1."),
        new PageModel.Fact(
            "Input map",
            "Colours and places that made the concept active, as the network weighs them. Where the"
                + " map is clear, the picture plays no part in it."),
        new PageModel.Fact(
            "Taken away",
            "The network is run again without the concept. It then multiplies by something else, so"
                + " the score may fall by more or less than the contribution."),
        new PageModel.Fact(
            "Spread over classes",
            "Entropy of the classes in which a concept is active, in bits. 0: one class alone. By"
                + " chance: that of the pictures themselves."),
        new PageModel.Fact(
            "Size", "Share of the picture that holds 80\u00a0% of a concept’s positive map."),
        new PageModel.Fact(
            "C²",
            "Whether the places that a concept attends to look alike to a judge that has never seen"
                + " this network: mean cosine of what the judge sees there, less that of a random"
                + " concept. 1 is the same thing everywhere, 0 is chance."),
        new PageModel.Fact(
            "Found again",
            "Cosine with the matched concept of autoencoders trained from other starts on other"
                + " pictures; the badge is filled from 0.80, half filled from 0.60."),
        new PageModel.Fact(
            "Always on",
            "Active in more than 60\u00a0% of the pictures: a background that says little about any"
                + " one of them."),
        new PageModel.Fact(
            "Built from",
            "Contributions of the concepts of an earlier layer to a later concept, over the"
                + " pictures in which that is strongest."));
  }

  static List<String> limits(FactExplanation e) {
    return List.of(
        "The sums are exact for this network with its autoencoders. What the autoencoders lost of"
            + " the network without them is on no page.",
        "A contribution says what was added, not what would happen without it. That is measured"
            + " beside it, one concept at a time.",
        "A concept is a direction that training found. Another training may cut the same evidence"
            + " into other pieces: see “found again”.",
        "Numbers are not names. Whether a concept is a fin, a colour or a sticker is a reader’s"
            + " conclusion from its pictures.",
        "An input map weighs pixels by what this network multiplies them with; a dark or empty"
            + " place may still have been needed for that weight.",
        "It all holds for the "
            + Plain.digits(e.sample().count())
            + " pictures that were looked at; what they do not show cannot appear here.");
  }
}
