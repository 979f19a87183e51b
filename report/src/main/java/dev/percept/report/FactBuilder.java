package dev.percept.report;

import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.FactTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes what the page shows of a folder of 'percept fact explain'. */
final class FactBuilder {
  /** Rows of a class's list; what is further down is in “other”. */
  private static final int ROLES = 12;

  private final FactExplanation e;
  private final FactImages images;

  FactBuilder(FactFolder folder) {
    this.e = folder.explanation();
    long budget = Math.min(Selection.PAGE_BYTES, Selection.CLASS_BYTES * (long) e.classes().size());
    this.images = new FactImages(folder, budget);
  }

  FactModel build() {
    List<FactModel.PictureView> pictures = new ArrayList<>();
    for (FactTrace.Picture p : e.pictures()) {
      pictures.add(
          new FactModel.PictureView(
              p.name(), images.picture(p.file()), p.truth(), p.predicted(), p.probability()));
    }
    // What is looked at first is put in first: the page may be full before the end.
    faces();
    List<FactModel.TraceView> traces = e.traces().stream().map(this::trace).toList();
    FactHues hues = new FactHues(e);
    List<FactModel.ConceptView> concepts =
        e.concepts().stream().map(k -> concept(k, hues)).toList();
    FactChecks checks = new FactChecks(e);
    List<FactModel.ClassView> classes =
        e.classes().stream().map(c -> view(c, checks.of(c))).toList();
    return new FactModel(
        title(),
        "Percept",
        command(),
        new Nouns("picture", "pictures", "crop", "crops"),
        e.network().outputs(),
        e.cuts().stream()
            .map(c -> new FactModel.CutView(c.layer(), c.latents(), FactWords.cut(c)))
            .toList(),
        images.urls(),
        pictures,
        classes,
        concepts,
        traces,
        e.deletion(),
        e.consistency(),
        omitted(),
        FactChecks.rules(),
        e.notes(),
        e.sample().skipped(),
        FactWords.lead(e),
        FactWords.steps(e),
        FactWords.words(),
        FactWords.limits(e),
        provenance());
  }

  /** The first map of every concept, by which it is known all over the page. */
  private void faces() {
    for (FactConcept k : e.concepts()) {
      k.byPresence().stream().limit(1).forEach(s -> images.map(s.map()));
    }
  }

  private FactModel.TraceView trace(FactTrace t) {
    return new FactModel.TraceView(
        t.picture(),
        t.parts().stream()
            .map(
                p ->
                    new FactModel.PartView(
                        p.concept(), p.presence(), images.map(p.map()), images.box(p.map())))
            .toList(),
        t.scores(),
        t.removals());
  }

  private FactModel.ConceptView concept(FactConcept k, FactHues hues) {
    boolean last = k.cut() == e.cuts().size() - 1;
    return new FactModel.ConceptView(
        k.cut(),
        k.id(),
        last ? hues.of(k.id()) : -1,
        k.prevalence(),
        k.alwaysOn(),
        k.label(),
        k.size(),
        k.consistency(),
        k.stability(),
        k.serves(),
        sights(k.byPresence()),
        sights(k.byContribution()),
        k.origin());
  }

  private List<FactModel.SightView> sights(List<FactConcept.Sight> sights) {
    return sights.stream()
        .map(
            s ->
                new FactModel.SightView(
                    s.picture(), s.value(), images.map(s.map()), images.box(s.map())))
        .toList();
  }

  private FactModel.ClassView view(FactExplanation.OfClass c, List<Checks.Check> checks) {
    FactStory story = new FactStory(e, c);
    double rest = c.other();
    for (FactExplanation.Role role : c.roles().stream().skip(ROLES).toList()) {
      rest += role.mean();
    }
    List<Integer> shown = shown(c.target().index());
    return new FactModel.ClassView(
        c.target().index(),
        c.target().label(),
        facts(c),
        story.headline(),
        story.caution(checks),
        story.findings(),
        hero(c, shown),
        checks.stream().map(FactBuilder::check).toList(),
        List.of(),
        c.pictures(),
        c.accuracy(),
        c.logit(),
        c.bias(),
        rest,
        c.roles().stream()
            .limit(ROLES)
            .map(
                r ->
                    new FactModel.RoleView(
                        r.concept(), r.mean(), r.low(), r.high(), r.share(), r.elsewhere()))
            .toList(),
        shown);
  }

  /** Traces of pictures that are of the class or taken for it, the right ones first. */
  private List<Integer> shown(int target) {
    List<Integer> own =
        IntStream.range(0, e.traces().size())
            .filter(
                i -> {
                  FactTrace.Picture p = picture(i);
                  return p.predicted() == target || (p.truth() != null && p.truth() == target);
                })
            .boxed()
            .toList();
    return own.stream().sorted(Comparator.comparing(this::wrong)).toList();
  }

  private FactTrace.Picture picture(int trace) {
    return e.pictures().get(e.traces().get(trace).picture());
  }

  private boolean wrong(int trace) {
    FactTrace.Picture p = picture(trace);
    return p.truth() != null && p.truth() != p.predicted();
  }

  /** A picture in which the first concept gives much and has a map. */
  private int hero(FactExplanation.OfClass c, List<Integer> shown) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i : shown) {
      FactTrace t = e.traces().get(i);
      for (int k = 0; k < t.parts().size(); k++) {
        boolean first =
            !c.roles().isEmpty() && t.parts().get(k).concept() == c.roles().get(0).concept();
        double value = Math.abs(t.scores().get(0).contributions().get(k));
        if (!wrong(i) && first && images.map(t.parts().get(k).map()) != null && value > most) {
          most = value;
          best = i;
        }
      }
    }
    return best >= 0 || shown.isEmpty() ? best : shown.get(0);
  }

  private List<PageModel.Fact> facts(FactExplanation.OfClass c) {
    return List.of(
        new PageModel.Fact("network", e.network().file()),
        new PageModel.Fact("architecture", e.network().architecture()),
        new PageModel.Fact(
            "concepts at",
            String.join(", ", e.cuts().stream().map(FactExplanation.Cut::layer).toList())),
        new PageModel.Fact("class", c.target().label() + " (" + c.target().index() + ")"),
        new PageModel.Fact(
            "pictures",
            Plain.digits(c.pictures())
                + " of this class, "
                + Plain.digits(e.sample().count())
                + " in all"),
        new PageModel.Fact("recognised", Plain.percent(c.accuracy())));
  }

  private static PageModel.CheckView check(Checks.Check c) {
    return new PageModel.CheckView(
        c.name(),
        c.text(),
        c.value(),
        c.chance(),
        c.chanceText(),
        c.min(),
        c.max(),
        c.log(),
        c.verdict().word(),
        c.why());
  }

  private String title() {
    return "Percept: "
        + (e.classes().size() == 1
            ? e.classes().get(0).target().label()
            : Plain.count(e.classes().size()) + " classes")
        + ", "
        + e.network().file();
  }

  private String command() {
    StringBuilder command = new StringBuilder("percept fact explain");
    new TreeMap<>(e.options())
        .forEach(
            (name, value) -> {
              command.append(" --").append(name);
              if (!value.isEmpty()) {
                command.append(' ').append(PageBuilder.quoted(value));
              }
            });
    return command.toString();
  }

  private @Nullable String omitted() {
    return images.omitted() == 0
        ? null
        : Plain.count(images.omitted(), "input map")
            + " left out to keep this page small; the folder beside it has all of them.";
  }

  private List<PageModel.Fact> provenance() {
    List<PageModel.Fact> facts = new ArrayList<>();
    facts.add(new PageModel.Fact("network SHA-256", e.network().sha256()));
    for (FactExplanation.Cut cut : e.cuts()) {
      facts.add(
          new PageModel.Fact("autoencoder at " + cut.layer(), cut.kind() + ", " + cut.file()));
      facts.add(new PageModel.Fact("its SHA-256", cut.sha256()));
    }
    facts.add(new PageModel.Fact("pictures, fingerprint", e.sample().fingerprint()));
    facts.add(new PageModel.Fact("seed", Long.toString(e.seed())));
    for (Map.Entry<String, String> v : new TreeMap<>(e.versions()).entrySet()) {
      facts.add(new PageModel.Fact(v.getKey(), v.getValue()));
    }
    return facts;
  }
}
