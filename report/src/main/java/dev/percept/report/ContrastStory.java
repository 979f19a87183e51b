package dev.percept.report;

import dev.percept.bundle.ClassComparison;
import java.util.ArrayList;
import java.util.List;

/** What a comparison of classes comes to in words, never more than its intervals allow. */
public final class ContrastStory {
  private final ClassComparison of;

  private ContrastStory(ClassComparison of) {
    this.of = of;
  }

  /** The conclusion. */
  public static String conclusion(ClassComparison comparison) {
    return new ContrastStory(comparison).conclusion();
  }

  /** Whether the two overlap, in one sentence. */
  static String headline(ClassComparison comparison) {
    return new ContrastStory(comparison).headline();
  }

  private String headline() {
    String pair = "“" + of.a().label().label() + "” and “" + of.b().label().label() + "”";
    if (of.tooFew()) {
      return "Too few " + of.modality() + " to tell what " + pair + " share.";
    }
    return switch (of.overlap().verdict()) {
      case "overlapping" -> pair + " overlap: the model decides them mostly by what both have.";
      case "distinct" -> pair + " are told apart by what one of them has more of.";
      default -> "Whether " + pair + " overlap stays open.";
    };
  }

  private String conclusion() {
    if (of.tooFew()) {
      return "With "
          + of.a().examples()
          + " and "
          + of.b().examples()
          + " "
          + of.modality()
          + " nothing can be told: at least "
          + of.thresholds().fewest()
          + " of each class are needed.";
    }
    List<String> parts = new ArrayList<>();
    List<Integer> separating = in("discriminating-used");
    List<Integer> both = ids(k -> k.quadrant().equals("shared-used") && k.overlaps().equals("yes"));
    List<Integer> one = ids(k -> k.quadrant().equals("shared-used") && !k.overlaps().equals("yes"));
    List<Integer> idle = in("discriminating-unused");
    List<Integer> used = ids(k -> k.quadrant().equals("undecided") && used(k));
    List<Integer> differing =
        ids(k -> k.quadrant().equals("undecided") && k.difference().differs().equals("yes"));
    List<Integer> open =
        ids(
            k ->
                k.quadrant().equals("undecided")
                    && !used.contains(k.id())
                    && !differing.contains(k.id()));
    if (!separating.isEmpty()) {
      parts.add("the model uses " + concepts(separating) + ", in which the two classes differ");
    }
    if (!both.isEmpty()) {
      parts.add("the model uses " + concepts(both) + " for both, and both have it alike");
    }
    if (!one.isEmpty()) {
      parts.add(
          "the model uses "
              + concepts(one)
              + " for one of them at least, though both have it alike");
    }
    if (!idle.isEmpty()) {
      parts.add("the classes differ in " + concepts(idle) + ", which the model hardly uses");
    }
    if (!used.isEmpty()) {
      parts.add(
          "the model uses " + concepts(used) + "; whether the classes differ there stays open");
    }
    if (!differing.isEmpty()) {
      parts.add(
          "the classes differ in "
              + concepts(differing)
              + "; whether the model uses that stays open");
    }
    String said;
    if (parts.isEmpty()) {
      said = "Of no concept can it be told that the model uses it or that the classes differ in it";
      if (open.size() == of.concepts().size()) {
        return said + ": every interval crosses a threshold.";
      }
      said += "; " + concepts(in("negligible")) + " can be left out of account";
    } else {
      said = String.join(". ", parts.stream().map(ContrastStory::capital).toList());
    }
    if (!open.isEmpty()) {
      said += ". Of " + Plain.count(open.size(), "concept") + " nothing can be said";
    }
    return said + ". " + overlap();
  }

  private String overlap() {
    ClassComparison.Part shared = of.overlap().shared();
    ClassComparison.Part apart = of.overlap().discriminating();
    return switch (of.overlap().verdict()) {
      case "overlapping" ->
          "What both share carries "
              + range(shared)
              + " of the importance, so the classes overlap for this model.";
      case "distinct" ->
          "What tells them apart carries "
              + range(apart)
              + " of the importance, so the classes are distinct for this model.";
      default ->
          "What both share carries "
              + range(shared)
              + " of the importance and what tells them apart "
              + range(apart)
              + ": whether the classes overlap stays open.";
    };
  }

  /** Whether either class uses it. */
  private static boolean used(ClassComparison.OfConcept concept) {
    return concept.a().used().equals("yes") || concept.b().used().equals("yes");
  }

  private static String range(ClassComparison.Part part) {
    return Plain.percent(part.value())
        + " ("
        + Plain.percent(part.low())
        + " to "
        + Plain.percent(part.high())
        + ")";
  }

  private interface Which {
    boolean test(ClassComparison.OfConcept concept);
  }

  private List<Integer> ids(Which which) {
    return of.concepts().stream().filter(which::test).map(ClassComparison.OfConcept::id).toList();
  }

  private List<Integer> in(String quadrant) {
    return ids(k -> k.quadrant().equals(quadrant));
  }

  private static String concepts(List<Integer> ids) {
    List<String> numbers = ids.stream().map(id -> Integer.toString(id)).toList();
    return (ids.size() == 1 ? "concept " : "concepts ") + Plain.list(numbers);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
