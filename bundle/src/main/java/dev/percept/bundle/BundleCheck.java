package dev.percept.bundle;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the parts of a bundle belong together: the same classes and concepts everywhere, tensors
 * of the promised shapes, files that exist. Run when writing and when reading.
 */
final class BundleCheck {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private final Bundle bundle;
  private final Map<String, Tensor> dictionary;
  private final Map<String, Tensor> codes;
  private final Map<String, Tensor> maps;
  private final Collection<String> files;

  private BundleCheck(
      Bundle bundle,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes,
      Map<String, Tensor> maps,
      Collection<String> files) {
    this.bundle = bundle;
    this.dictionary = dictionary;
    this.codes = codes;
    this.maps = maps;
    this.files = files;
  }

  /**
   * Checks a whole bundle.
   *
   * @param files paths of the excerpts and pictures
   * @throws IllegalArgumentException that names the first thing that does not fit
   */
  static void check(
      Bundle bundle,
      Importances importances,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes,
      Map<String, Tensor> maps,
      Collection<String> files) {
    Complete.check("bundle", bundle);
    Complete.check("importances", importances);
    require(
        bundle.kind().equals("pictures") || bundle.kind().equals("texts"),
        "bundle.kind: expected pictures or texts, found '"
            + BundlePaths.shown(bundle.kind())
            + "'");
    require(!bundle.classes().isEmpty(), "bundle.classes: expected at least one class, found none");
    require(
        importances.classes().size() == bundle.classes().size(),
        "importances.classes: expected "
            + bundle.classes().size()
            + " as in the bundle, found "
            + importances.classes().size());
    BundleCheck check = new BundleCheck(bundle, dictionary, codes, maps, new HashSet<>(files));
    Set<String> keys = new HashSet<>();
    Set<Integer> targets = new HashSet<>();
    for (int i = 0; i < bundle.classes().size(); i++) {
      Bundle.ClassPart part = bundle.classes().get(i);
      require(
          KEY.matcher(part.key()).matches() && keys.add(part.key()),
          "bundle.classes.key: expected letters, digits, - and _, each once, found '"
              + BundlePaths.shown(part.key())
              + "'");
      require(
          part.target().index() >= 0 && targets.add(part.target().index()),
          part.key() + ".target: expected an index of its own, found " + part.target().index());
      check.part(part, importances.classes().get(i));
    }
  }

  private void part(Bundle.ClassPart part, Importances.OfClass importance) {
    String key = part.key();
    require(
        part.target().equals(importance.target()),
        key + ": expected the same target in the importances, found " + importance.target());
    int r = part.concepts().size();
    int n = part.files().size();
    require(r >= 1, key + ".concepts: expected at least one, found none");
    ids(key + ".concepts", part.concepts().stream().map(Bundle.ConceptPart::id).toList(), r);
    ids(
        key + ".importances",
        importance.concepts().stream().map(Importances.OfConcept::id).toList(),
        r);
    tensor(dictionary, key + "/dictionary", Shape.of(r, bundle.model().features()));
    tensor(codes, key + "/codes", Shape.of(n, bundle.model().rows(), bundle.model().columns(), r));
    int specials = bundle.model().leading() + bundle.model().trailing();
    if (specials > 0) {
      tensor(codes, key + "/tokens", Shape.of(n, specials, r));
    }
    tensor(codes, key + "/crops", Shape.of(part.crops(), r));
    tensor(codes, key + "/importance", Shape.of(n, r));
    curve(key + ".deletion", part.deletion(), r);
    curve(key + ".insertion", part.insertion(), r);
    if (part.rankCurve() != null) {
      rankCurve(key + ".rankCurve", part.rankCurve(), r);
    }
    for (Bundle.ConceptPart concept : part.concepts()) {
      concept.excerpts().forEach(e -> excerpt(key, e, n));
    }
    for (Bundle.PicturePart picture : part.pictures()) {
      String name = key + ".pictures[" + BundlePaths.shown(picture.name()) + "]";
      row(name, picture.row(), n);
      file(name, picture.file());
      require(
          picture.without().size() == r,
          name + ".without: expected " + r + " answers, found " + picture.without().size());
      for (Bundle.Score score : picture.scores()) {
        require(
            score.contributions().size() == r,
            name
                + ".scores.contributions: expected "
                + r
                + " values, found "
                + score.contributions().size());
      }
      require(
          picture.scores().isEmpty() || picture.scores().get(0).target().equals(part.target()),
          name + ".scores: expected the explained class first");
    }
    PartsCheck parts = new PartsCheck(this, part);
    parts.maps(maps);
    parts.tree(dictionary, codes);
    require(
        bundle.kind().equals("texts") == (part.texts() != null),
        key + ".texts: expected them exactly where the bundle's kind is texts");
    if (part.texts() != null) {
      new TextsCheck(part, part.texts()).check(maps, files);
    }
  }

  void excerpt(String key, Bundle.Excerpt e, int n) {
    String name = key + ".excerpts[" + BundlePaths.shown(e.file()) + "]";
    row(name, e.picture(), n);
    file(name, e.file());
    // A share of the side, with room for the last digit of a sum.
    boolean inside =
        e.x() >= 0
            && e.y() >= 0
            && e.width() > 0
            && e.height() > 0
            && e.x() + e.width() <= 1 + 1e-6
            && e.y() + e.height() <= 1 + 1e-6;
    require(
        inside,
        name
            + ": expected a box inside the picture, found x "
            + e.x()
            + ", y "
            + e.y()
            + ", width "
            + e.width()
            + ", height "
            + e.height());
  }

  private void file(String name, String path) {
    require(
        BundlePaths.isValid(path) && files.contains(path),
        name + ".file: expected a file of the bundle, found '" + BundlePaths.shown(path) + "'");
  }

  private static void row(String name, int row, int n) {
    require(
        row >= 0 && row < n, name + ": expected a picture from 0 to " + (n - 1) + ", found " + row);
  }

  private static void ids(String name, List<Integer> ids, int r) {
    boolean whole = ids.size() == r && new HashSet<>(ids).size() == r;
    for (int id : ids) {
      whole &= id >= 0 && id < r;
    }
    require(whole, name + ": expected the ids 0 to " + (r - 1) + " once each, found " + ids);
  }

  private static void curve(String name, Bundle.Curve curve, int r) {
    ids(name + ".order", curve.order(), r);
    for (List<Double> values :
        List.of(
            curve.logit(),
            curve.probability(),
            curve.randomLogit().mean(),
            curve.randomLogit().low(),
            curve.randomLogit().high(),
            curve.randomProbability().mean(),
            curve.randomProbability().low(),
            curve.randomProbability().high())) {
      boolean finite = values.size() == r + 1;
      for (double value : values) {
        finite &= Double.isFinite(value);
      }
      require(finite, name + ": expected " + (r + 1) + " finite values, found " + values);
    }
  }

  private static void rankCurve(String name, Bundle.RankCurve curve, int r) {
    require(
        curve.chosen() == r,
        name + ".chosen: expected the number of concepts, " + r + ", found " + curve.chosen());
    int before = 0;
    boolean tried = false;
    for (Bundle.RankPoint point : curve.points()) {
      require(
          point.concepts() > before,
          name + ".points: expected ascending numbers of concepts, found " + point.concepts());
      require(
          Double.isFinite(point.heldOutR2())
              && Double.isFinite(point.stability())
              && Double.isFinite(point.chance()),
          name + ".points: expected finite values, found " + point);
      before = point.concepts();
      tried |= before == r;
    }
    require(tried, name + ".points: expected one of " + r + " concepts, found none");
    require(
        Double.isFinite(curve.stable()) && Double.isFinite(curve.worth()),
        name + ": expected finite thresholds, found " + curve.stable() + ", " + curve.worth());
  }

  static void tensor(Map<String, Tensor> tensors, String name, Shape shape) {
    Tensor tensor = tensors.get(name);
    require(tensor != null, "tensor " + name + ": expected " + shape + ", found none");
    if (tensor != null) {
      require(
          tensor.shape().equals(shape),
          "tensor " + name + ": expected " + shape + ", found " + tensor.shape());
      require(tensor.isFinite(), "tensor " + name + ": expected finite values, found others");
    }
  }

  static void require(boolean fits, String message) {
    if (!fits) {
      throw new IllegalArgumentException(message);
    }
  }
}
