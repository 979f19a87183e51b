package dev.percept.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.percept.bundle.Bundle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page's script reads: everything is decided here, and the script only draws. Names are
 * short where there are many.
 *
 * @param title of the document
 * @param command that made the bundle, without absolute paths
 * @param provenance name and value, at the end
 * @param rules thresholds of the checks
 * @param notes sentences about the whole run
 * @param skipped pictures that could not be read
 * @param hasMaps whether the layer has more than one location
 * @param nouns what inputs and their parts are called
 * @param names by class index, then concept id
 */
record PageModel(
    String title,
    String product,
    String command,
    List<Fact> provenance,
    List<Checks.Rule> rules,
    List<String> notes,
    List<String> skipped,
    int rows,
    int columns,
    boolean hasMaps,
    int outputs,
    List<Step> steps,
    String methodLead,
    List<ClassView> classes,
    Nouns nouns,
    Map<Integer, Map<Integer, String>> names) {

  /** A name and a value. */
  record Fact(String name, String value) {}

  /** A step of the method with the name of its drawing. */
  record Step(String art, String name, String say) {}

  /**
   * A class.
   *
   * @param hero the picture at the top, index into {@code pictures}; -1 where none is shown
   * @param checks those of {@link Checks}, with the verdict as a word
   * @param omitted what was left out to stay within the size; null where nothing was
   * @param estimator in words
   * @param meaning what its numbers say
   * @param sampled whether importance has an interval of its own
   * @param maps kinds of maps beside codes
   * @param tree concepts that were taken apart; null where that was not asked for
   * @param ranks how the number of concepts was chosen; null where it was given
   * @param texts words of texts; null for pictures
   */
  record ClassView(
      int index,
      String label,
      List<Fact> facts,
      List<Part> headline,
      List<Part> caution,
      List<Story.Finding> findings,
      int hero,
      List<CheckView> checks,
      List<String> warnings,
      @Nullable String omitted,
      String estimator,
      String meaning,
      boolean sampled,
      boolean settled,
      int total,
      List<ConceptView> concepts,
      List<PictureView> pictures,
      Bundle.Curve deletion,
      Bundle.Curve insertion,
      @Nullable RankView ranks,
      List<MapView> maps,
      @Nullable TreeView tree,
      @Nullable TextsView texts) {}

  /**
   * How the number of concepts was chosen.
   *
   * @param say the choice in a sentence
   */
  record RankView(List<Bundle.RankPoint> points, double stable, int chosen, String say) {}

  /**
   * A kind of map.
   *
   * @param about what such maps say and what they do not
   * @param settings with baseline and cost, in words
   */
  record MapView(
      String name, String about, String settings, boolean signed, int rows, int columns) {}

  /** A check with its verdict as a word. */
  record CheckView(
      String name,
      String text,
      double value,
      double chance,
      String chanceText,
      double min,
      double max,
      boolean log,
      String word,
      String why) {}

  /**
   * A concept, from the most important down.
   *
   * @param hue 0 to 5, or -1 for those after the sixth
   * @param where mean map
   */
  record ConceptView(
      int id,
      int hue,
      double total,
      double low,
      double high,
      double dataLow,
      double dataHigh,
      int sign,
      double prevalence,
      @Nullable Double reliability,
      int leads,
      double stability,
      double consistency,
      String where,
      List<CropView> crops) {}

  /**
   * A crop.
   *
   * @param g group
   * @param v value
   * @param name of its picture
   * @param p index of the shown picture that it is cut from; null where it has its own image
   * @param src its own image; null where it is cut from a shown one
   * @param t its text, index into the class's passages; null for pictures
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CropView(
      String g,
      double v,
      String name,
      @Nullable Integer p,
      @Nullable String src,
      @Nullable Integer t,
      double x,
      double y,
      double w,
      double h) {}

  /**
   * A shown picture.
   *
   * @param maps codes, one a concept id
   * @param t its text, index into the class's passages; -1 for pictures
   * @param also one list a kind of map beside codes, empty where that kind has none of this picture
   */
  record PictureView(
      String name,
      String src,
      int t,
      Bundle.Label predicted,
      double predictedProbability,
      double logit,
      double probability,
      List<String> maps,
      List<List<String>> also,
      List<Bundle.Answer> without,
      List<Bundle.Score> scores,
      @Nullable Double rest) {}
}
