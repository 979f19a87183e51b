package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import dev.percept.bundle.LoadedBundle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what the page shows of one class. */
final class ClassBuilder {
  private static final int HUES = 6;

  private final LoadedBundle loaded;
  private final Bundle.ClassPart part;
  private final Importances.OfClass importance;
  private final List<Importances.OfConcept> ranked;
  private final Selection selection;
  private final Maps maps;
  private final MapViews kinds;
  private final Nouns nouns;
  private final Map<String, Integer> passages;

  ClassBuilder(LoadedBundle loaded, int index, long budget) {
    this.loaded = loaded;
    this.part = loaded.bundle().classes().get(index);
    this.importance = loaded.importances().classes().get(index);
    this.ranked = Story.ranked(importance);
    this.selection = Selection.of(loaded, part, budget);
    this.maps = new Maps(loaded.codes(part, "codes"));
    this.kinds = new MapViews(loaded, part, maps);
    this.nouns = Nouns.of(loaded.bundle());
    this.passages = TextsView.places(part);
  }

  PageModel.ClassView build() {
    Story story = new Story(part, importance);
    List<Checks.Check> checks = Checks.of(loaded.bundle(), part);
    boolean weak =
        checks.stream().anyMatch(c -> c.id().equals("kept") && c.verdict() == Verdict.POOR);
    return new PageModel.ClassView(
        part.target().index(),
        part.target().label(),
        facts(),
        nouns.say(story.headline(weak)),
        nouns.say(Caution.of(part, importance, checks)),
        story.findings().stream().map(f -> new Story.Finding(f.c(), nouns.say(f.text()))).toList(),
        hero(story.said()),
        checks.stream().map(this::view).toList(),
        part.warnings().stream().map(nouns::say).toList(),
        omitted(),
        story.estimator(),
        nouns.say(ImportanceWords.meaning(importance.estimator())),
        importance.designs() > 0,
        importance.settled(),
        part.files().size(),
        concepts(),
        selection.pictures().stream().map(this::picture).toList(),
        part.deletion(),
        part.insertion(),
        ranks(),
        kinds.views(),
        TreeView.of(part, this::treeCrops),
        TextsView.of(loaded, part));
  }

  private List<PageModel.Fact> facts() {
    Bundle bundle = loaded.bundle();
    return List.of(
        new PageModel.Fact("model", bundle.model().file()),
        new PageModel.Fact(
            "layer",
            bundle.model().layer() + ", " + Plain.digits(bundle.model().features()) + " channels"),
        new PageModel.Fact("class", name(part.target())),
        new PageModel.Fact(
            nouns.many(),
            Plain.digits(part.files().size())
                + ", cut into "
                + Plain.digits(part.crops())
                + (part.texts() == null ? " crops" : " units (" + part.texts().unit() + ")")),
        new PageModel.Fact(
            "concepts", ranked.size() + (part.rankCurve() == null ? "" : ", chosen by the data")),
        new PageModel.Fact("seed", Long.toString(bundle.provenance().seed())),
        new PageModel.Fact("model SHA-256", shortened(bundle.provenance().modelSha256())));
  }

  /** The name of a class with its index, unless the index is all the name it has. */
  private static String name(Bundle.Label target) {
    String index = Integer.toString(target.index());
    return target.label().equals(index) ? index : target.label() + " (" + index + ")";
  }

  private static String shortened(String hash) {
    return hash.length() <= 16
        ? hash
        : hash.substring(0, 8) + " … " + hash.substring(hash.length() - 8);
  }

  private PageModel.@Nullable RankView ranks() {
    Bundle.RankCurve curve = part.rankCurve();
    return curve == null
        ? null
        : new PageModel.RankView(
            curve.points(), curve.stable(), curve.chosen(), RankWords.choice(curve));
  }

  /** The picture at the top: recognised, and showing the concepts of the headline best. */
  private int hero(List<Importances.OfConcept> said) {
    int best = selection.pictures().isEmpty() ? -1 : 0;
    double most = -1;
    for (int i = 0; i < selection.pictures().size(); i++) {
      Bundle.PicturePart picture = selection.pictures().get(i);
      double shows = 0;
      for (Importances.OfConcept c : said) {
        shows += maps.strongest(picture.row(), c.id());
      }
      // One that the model gets wrong stands at the top only if it gets none right.
      shows += picture.predicted().index() == part.target().index() ? 10 : 0;
      if (shows > most) {
        most = shows;
        best = i;
      }
    }
    return best;
  }

  private PageModel.CheckView view(Checks.Check c) {
    return new PageModel.CheckView(
        nouns.say(c.name()),
        c.text(),
        c.value(),
        c.chance(),
        c.chanceText(),
        c.min(),
        c.max(),
        c.log(),
        c.verdict().word(),
        nouns.say(c.why()));
  }

  private @Nullable String omitted() {
    int left = part.pictures().size() - selection.pictures().size();
    boolean crops = selection.perGroup() < Integer.MAX_VALUE;
    if (left == 0 && !crops) {
      return null;
    }
    List<String> what = new ArrayList<>();
    if (left > 0) {
      what.add(Plain.count(left) + " of the " + Plain.count(part.pictures().size(), "picture"));
    }
    if (crops) {
      what.add("some crops");
    }
    return "To keep the page small enough to mail, "
        + Plain.list(what)
        + " of this class are left out here; they are in the bundle.";
  }

  private List<PageModel.ConceptView> concepts() {
    Map<Integer, Bundle.ConceptPart> parts = new HashMap<>();
    part.concepts().forEach(c -> parts.put(c.id(), c));
    Map<Integer, Integer> shown = new HashMap<>();
    for (int i = 0; i < selection.pictures().size(); i++) {
      shown.put(selection.pictures().get(i).row(), i);
    }
    Map<Integer, Integer> hues = hues(ranked.stream().map(Importances.OfConcept::id).toList());
    List<PageModel.ConceptView> views = new ArrayList<>();
    for (Importances.OfConcept c : ranked) {
      List<PageModel.CropView> crops = new ArrayList<>();
      Bundle.ConceptPart concept = parts.get(c.id());
      if (concept != null) {
        selection.excerpts(concept).forEach(e -> crops.add(crop(e, shown.get(e.picture()))));
      }
      views.add(
          new PageModel.ConceptView(
              c.id(),
              hues.getOrDefault(c.id(), -1),
              c.total(),
              c.low(),
              c.high(),
              c.dataLow(),
              c.dataHigh(),
              c.sign(),
              c.prevalence(),
              c.reliability(),
              c.leads(),
              c.stability(),
              c.consistency(),
              maps.mean(c.id()),
              crops));
    }
    return views;
  }

  /** Crops of a sub-concept. */
  private List<PageModel.CropView> treeCrops(List<Bundle.Excerpt> excerpts) {
    List<Integer> rows = selection.pictures().stream().map(Bundle.PicturePart::row).toList();
    return selection.excerpts(excerpts).stream()
        .map(e -> crop(e, rows.contains(e.picture()) ? rows.indexOf(e.picture()) : null))
        .toList();
  }

  /**
   * A hue for each of the six most important: its own number where that is one of the six, else the
   * next that is free, so that a hue belongs to an id as far as it can.
   *
   * @param ids from the most important down
   */
  static Map<Integer, Integer> hues(List<Integer> ids) {
    List<Integer> first = ids.subList(0, Math.min(HUES, ids.size()));
    Map<Integer, Integer> hues = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (int id : first) {
      if (id < HUES) {
        hues.put(id, id);
        taken.add(id);
      }
    }
    int next = 0;
    for (int id : first) {
      if (!hues.containsKey(id)) {
        while (taken.contains(next)) {
          next++;
        }
        hues.put(id, next);
        taken.add(next);
      }
    }
    return hues;
  }

  private PageModel.CropView crop(Bundle.Excerpt e, @Nullable Integer shown) {
    return new PageModel.CropView(
        e.group(),
        e.value(),
        part.files().get(e.picture()),
        shown,
        shown == null && part.texts() == null ? dataUrl(loaded.bytes(e.file())) : null,
        passages.get(e.file()),
        e.x(),
        e.y(),
        e.width(),
        e.height());
  }

  private PageModel.PictureView picture(Bundle.PicturePart p) {
    List<String> all = new ArrayList<>();
    if (loaded.bundle().model().rows() * loaded.bundle().model().columns() > 1) {
      for (int k = 0; k < ranked.size(); k++) {
        all.add(maps.picture(p.row(), k));
      }
    }
    return new PageModel.PictureView(
        p.name(),
        part.texts() == null ? dataUrl(loaded.bytes(p.file())) : "",
        passages.getOrDefault(p.file(), -1),
        p.predicted(),
        p.predictedProbability(),
        p.logit(),
        p.probability(),
        all,
        kinds.of(p),
        p.without(),
        p.scores(),
        p.restLogSumExp());
  }

  /** An image as a data URL; the type is read from its first bytes, not from its name. */
  static String dataUrl(byte[] image) {
    boolean png = image.length > 3 && image[1] == 'P' && image[2] == 'N' && image[3] == 'G';
    return "data:image/"
        + (png ? "png" : "jpeg")
        + ";base64,"
        + Base64.getEncoder().encodeToString(image);
  }
}
