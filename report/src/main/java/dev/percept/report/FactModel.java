package dev.percept.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactConsistency;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script of the page of {@code percept fact explain} reads: everything is decided here,
 * and the script only draws.
 *
 * @param title of the document
 * @param product name and version, for the bar at the top
 * @param command that made the folder, without absolute paths
 * @param nouns what inputs are called
 * @param outputs names of the logits
 * @param cuts layers with autoencoders, from the input to the logits
 * @param images data URLs
 * @param pictures every picture that is shown
 * @param classes the explained classes
 * @param concepts of all cuts
 * @param traces pictures explained one by one
 * @param omitted what was left out to stay within the size, null where nothing was
 */
record FactModel(
    String title,
    String product,
    String command,
    Nouns nouns,
    List<String> outputs,
    List<CutView> cuts,
    List<String> images,
    List<PictureView> pictures,
    List<ClassView> classes,
    List<ConceptView> concepts,
    List<TraceView> traces,
    @Nullable FactDeletion deletion,
    @Nullable FactConsistency consistency,
    @Nullable String omitted,
    List<Checks.Rule> rules,
    List<String> notes,
    List<String> skipped,
    String methodLead,
    List<PageModel.Fact> steps,
    List<PageModel.Fact> words,
    List<String> limits,
    List<PageModel.Fact> provenance) {

  /**
   * A layer with an autoencoder.
   *
   * @param say what stands there, in a sentence
   */
  record CutView(String layer, int latents, String say) {}

  /**
   * A picture.
   *
   * @param image index into the images
   */
  record PictureView(
      String name, int image, @Nullable Integer truth, int predicted, double probability) {}

  /**
   * A class.
   *
   * @param concepts by the magnitude of what they give, those after the sixth without a hue
   * @param pictures traces of this class or taken for it, right ones first
   * @param hero trace at the top, -1 where none is shown
   */
  record ClassView(
      int index,
      String label,
      List<PageModel.Fact> facts,
      List<Part> headline,
      List<Part> caution,
      List<Finding> findings,
      int hero,
      List<PageModel.CheckView> checks,
      List<String> warnings,
      int total,
      double accuracy,
      double logit,
      double bias,
      double other,
      List<RoleView> concepts,
      List<Integer> pictures) {}

  /**
   * A sentence beside a concept.
   *
   * @param c the concept whose picture stands beside it
   */
  record Finding(int c, List<Part> text) {}

  /** What a concept does for a class. */
  record RoleView(int id, double mean, double low, double high, double share, double elsewhere) {}

  /**
   * A concept.
   *
   * @param hue 0 to 5, or -1
   */
  record ConceptView(
      int cut,
      int id,
      int hue,
      double prevalence,
      boolean alwaysOn,
      FactConcept.@Nullable Against label,
      FactConcept.@Nullable Against size,
      FactConcept.@Nullable Against consistency,
      FactConcept.@Nullable Against stability,
      List<FactConcept.Serves> serves,
      List<SightView> byPresence,
      List<SightView> byContribution,
      FactConcept.@Nullable Origin origin) {}

  /**
   * A concept in a picture.
   *
   * @param p picture
   * @param v value
   * @param m its input map, index into the images; null where none is shown
   * @param box where the map is strong, as shares of the side: left, top, width, height
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SightView(int p, double v, @Nullable Integer m, @Nullable List<Double> box) {}

  /** A concept in an explained picture. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PartView(int id, double presence, @Nullable Integer m, @Nullable List<Double> box) {}

  /** An explained picture. */
  record TraceView(
      int p,
      List<PartView> parts,
      List<FactTrace.Score> scores,
      List<FactTrace.Removal> removals) {}
}
