package dev.percept.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A concept: a latent of a sparse autoencoder.
 *
 * @param cut index into {@link FactExplanation#cuts}
 * @param id its number in the autoencoder
 * @param prevalence share of the sample's pictures in which it is active
 * @param alwaysOn whether it is active in more than 60 % of the pictures
 * @param label how its activation spreads over classes, null where classes are not known
 * @param size share of the input that holds 80 % of its input map, null where it was not measured
 * @param consistency C², whether its places look alike to a judge, beside that of random maps on
 *     the same pictures; null where it was not measured
 * @param stability whether it comes back in autoencoders trained anew, null where there are none
 * @param serves the classes that it speaks for and against, by the magnitude of what it gives
 * @param byPresence where it is strongest, one picture each
 * @param byContribution where it gives the most, in magnitude, to the logit that the network says
 * @param origin what it is made of at the cut before, null at the first cut
 */
public record FactConcept(
    int cut,
    int id,
    double prevalence,
    boolean alwaysOn,
    @Nullable Against label,
    @Nullable Against size,
    @Nullable Against consistency,
    @Nullable Against stability,
    List<Serves> serves,
    List<Sight> byPresence,
    List<Sight> byContribution,
    @Nullable Origin origin) {

  public FactConcept {
    serves = List.copyOf(serves);
    byPresence = List.copyOf(byPresence);
    byContribution = List.copyOf(byContribution);
  }

  /**
   * A number beside what chance gives.
   *
   * @param value the number
   * @param chance the same without the concept: classes as they are in the sample, a random concept
   */
  public record Against(double value, double chance) {}

  /**
   * A class and a concept.
   *
   * @param target the class
   * @param share of all that the concept gives to logits that the network says, in magnitude
   * @param mean contribution to that logit in pictures so called
   */
  public record Serves(int target, double share, double mean) {}

  /**
   * A concept in a picture.
   *
   * @param picture index into {@link FactExplanation#pictures}
   * @param value presence, the strongest of the sample being 1; or the contribution
   * @param map PNG with the input map, null where there is none
   */
  public record Sight(int picture, double value, @Nullable String map) {}

  /**
   * What a concept is made of: contributions of the concepts of the cut before to its presence,
   * over the pictures in which it is strongest. {@code Σ shares + other + constant = 1}.
   *
   * @param pictures how many
   * @param sources the largest, in magnitude
   * @param other share of all others
   * @param constant share that no concept gives: what is added between the cuts
   * @param others how many those others are
   * @param equal share of each, were all that give anything to give alike: what to compare with
   * @param gap of the sum, over the sum of magnitudes
   */
  public record Origin(
      int pictures,
      List<Source> sources,
      double other,
      double constant,
      int others,
      double equal,
      double gap) {
    public Origin {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A concept of the cut before.
   *
   * @param concept its number there
   * @param share of the later concept's presence; negative where it holds it back
   */
  public record Source(int concept, double share) {}
}
