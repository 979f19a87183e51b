package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes what the page shows of a whole bundle. Times are not shown: the page of equal runs is
 * equal.
 */
final class PageBuilder {
  private final LoadedBundle loaded;
  private final Bundle bundle;
  private final Names names;
  private final Nouns nouns;

  PageBuilder(LoadedBundle loaded, Names names) {
    this.loaded = loaded;
    this.bundle = loaded.bundle();
    this.names = names;
    this.nouns = Nouns.of(loaded.bundle());
  }

  PageModel build() {
    List<PageModel.ClassView> classes = new ArrayList<>();
    for (int i = 0; i < bundle.classes().size(); i++) {
      classes.add(new ClassBuilder(loaded, i, Selection.budget(bundle)).build());
    }
    List<String> notes = new ArrayList<>(bundle.warnings());
    notes.addAll(names.strangers(bundle));
    Bundle.Model model = bundle.model();
    return new PageModel(
        title(),
        "Percept",
        command(),
        provenance(),
        Checks.rules().stream()
            .map(
                r ->
                    new Checks.Rule(
                        nouns.say(r.name()), nouns.say(r.good()), nouns.say(r.doubtful())))
            .toList(),
        notes,
        bundle.provenance().skipped(),
        model.rows(),
        model.columns(),
        model.rows() * model.columns() > 1,
        model.outputs(),
        steps(),
        "CRAFT: cut the "
            + nouns.many()
            + " into "
            + nouns.parts()
            + ", run them half way through the network, and look for a"
            + " few parts that recur. Then ask which of them the answer depends on, and where they"
            + " are.",
        classes,
        nouns,
        names.byClass());
  }

  private String title() {
    int n = bundle.classes().size();
    return "Percept: "
        + (n == 1 ? bundle.classes().get(0).target().label() : Plain.count(n) + " classes")
        + ", "
        + bundle.model().file();
  }

  /** The command that made the bundle, as it would be typed. */
  private String command() {
    StringBuilder command = new StringBuilder("percept explain");
    if (!bundle.provenance().options().containsKey("model")) {
      command.append(" --model ").append(quoted(bundle.model().file()));
    }
    bundle
        .provenance()
        .options()
        .forEach(
            (name, value) -> {
              command.append(" --").append(name);
              if (!value.equals("true") && !value.isEmpty()) {
                command.append(' ').append(quoted(value));
              }
            });
    return command.toString();
  }

  /** A word as a shell reads it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:,=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String tokens(Bundle.Model model) {
    int tokens = model.leading() + model.trailing();
    return tokens == 0
        ? ""
        : " and " + tokens + (tokens == 1 ? " token that is" : " tokens that are") + " no place";
  }

  private List<PageModel.Fact> provenance() {
    Bundle.Model model = bundle.model();
    Bundle.Provenance p = bundle.provenance();
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("model file", model.file()));
    facts.add(new PageModel.Fact("model SHA-256", grouped(p.modelSha256())));
    facts.add(
        new PageModel.Fact(
            "cut at",
            model.layer()
                + " ("
                + model.operator()
                + "), "
                + model.features()
                + " channels at "
                + model.rows()
                + " × "
                + model.columns()
                + " places"
                + tokens(model)
                + ", "
                + (model.nonNegative() ? "never negative" : "of either sign")
                + (bundle.classes().stream().anyMatch(c -> c.rectification() != null)
                    ? ", explained with negative values set to 0"
                    : "")));
    facts.add(
        new PageModel.Fact(
            "input",
            String.join(" × ", model.input().stream().map(String::valueOf).toList())
                + ", "
                + model.preprocess()));
    facts.add(
        new PageModel.Fact(
            nouns.many(),
            Plain.digits(p.pictures())
                + " used, "
                + Plain.digits(p.skipped().size())
                + " skipped"));
    facts.add(new PageModel.Fact("data fingerprint", grouped(p.dataFingerprint())));
    facts.add(
        new PageModel.Fact(
            nouns.parts(),
            texts()
                ? "each a " + bundle.crops().grid()
                : bundle.crops().patch()
                    + " pixels a side, "
                    + bundle.crops().perPicture()
                    + " a picture, "
                    + bundle.crops().grid()
                    + " grid"));
    facts.add(new PageModel.Fact("concepts by", bundle.extractor() + ", seed " + p.seed()));
    facts.add(
        new PageModel.Fact(
            "made with",
            String.join(
                ", ",
                p.versions().entrySet().stream()
                    .map((Map.Entry<String, String> e) -> e.getKey() + " " + e.getValue())
                    .toList())));
    return List.copyOf(facts);
  }

  /** A hash in groups of eight, so that it may break over lines and can be compared by eye. */
  private static String grouped(String hash) {
    return hash.replaceAll("(.{8})(?=.)", "$1 ");
  }

  /** How many concepts a class has: classes may differ where the number was chosen. */
  private String concepts() {
    IntSummaryStatistics sizes =
        bundle.classes().stream().mapToInt(c -> c.concepts().size()).summaryStatistics();
    return sizes.getMin() == sizes.getMax()
        ? Plain.count(sizes.getMax(), "concept")
        : Plain.count(sizes.getMin()) + " to " + Plain.count(sizes.getMax(), "concept");
  }

  private List<PageModel.Step> steps() {
    Bundle.Model model = bundle.model();
    // Where classes differ the head of one is affine on its pictures by accident: the other counts.
    String estimator =
        loaded.importances().classes().stream()
            .map(Importances.OfClass::estimator)
            .filter(e -> !e.equals("affine-exact"))
            .findFirst()
            .orElse("affine-exact");
    return List.of(
        new PageModel.Step(
            texts() ? "texts" : "pictures",
            nouns.say("Pictures"),
            Plain.digits(bundle.provenance().pictures())
                + (bundle.classes().size() == 1
                    ? " of one class"
                    : " of " + Plain.count(bundle.classes().size()) + " classes")),
        new PageModel.Step(
            texts() ? "units" : "crops",
            nouns.say("Crops"),
            texts()
                ? "each text is split: every " + bundle.crops().grid() + " is one"
                : Plain.count(bundle.crops().perPicture())
                    + " of "
                    + bundle.crops().patch()
                    + " × "
                    + bundle.crops().patch()
                    + " pixels from each"),
        new PageModel.Step(
            "half",
            "Half the network",
            "g gives "
                + Plain.digits(model.features())
                + " numbers "
                + (texts() ? "an excerpt" : "a crop")
                + "; h does the rest"),
        new PageModel.Step(
            "factorise",
            "Factorise",
            bundle.extractor().toUpperCase(Locale.ROOT)
                + nouns.say(": each crop is a sum of ")
                + concepts()),
        new PageModel.Step("importance", "Importance", ImportanceWords.step(estimator)),
        new PageModel.Step(
            texts() ? "words" : "maps",
            "Where",
            texts()
                ? "word by word: what a word says alone, and what is lost without it"
                : model.rows() * model.columns() > 1
                    ? "strength at each of "
                        + model.rows()
                        + " × "
                        + model.columns()
                        + " places of the layer"
                        + (model.leading() + model.trailing() > 0
                            ? "; tokens that are no place are in no map"
                            : "")
                    : "the layer has one place: it cannot say where"));
  }

  private boolean texts() {
    return bundle.kind().equals("texts");
  }
}
