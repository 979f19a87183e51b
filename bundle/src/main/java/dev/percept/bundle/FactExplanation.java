package dev.percept.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code fact.json}: what a network that is linear in what it sees adds up, in concepts that are
 * part of its forward pass. A function of network, autoencoders, pictures, options and seed.
 *
 * <p>Concepts are shared by all classes. Every logit is {@code bias + Σ contributions}, where the
 * concept's contribution is {@code Σ over places of z · ∂logit/∂z} in explanation mode
 * (Parchami-Araghi et al., NeurIPS 2025).
 *
 * @param schema {@link #SCHEMA}
 * @param options of the command, by name without dashes, no path
 * @param seed the seed
 * @param versions of Percept, Java and the engine
 * @param network the network
 * @param cuts where autoencoders stand in it, from the input to the logits; the last is explained
 * @param sample the pictures that everything was measured on
 * @param faith whether the sums are exact, and what the autoencoders cost
 * @param classes the explained classes
 * @param pictures every picture that is shown somewhere
 * @param traces pictures that are explained one by one
 * @param concepts every concept that is named somewhere, of all cuts
 * @param deletion what taking concepts away does, null if it was not measured
 * @param consistency whether a concept's places look alike, null if it was not measured
 * @param notes sentences for the reader
 */
public record FactExplanation(
    String schema,
    Map<String, String> options,
    long seed,
    Map<String, String> versions,
    Network network,
    List<Cut> cuts,
    Sample sample,
    Faith faith,
    List<OfClass> classes,
    List<FactTrace.Picture> pictures,
    List<FactTrace> traces,
    List<FactConcept> concepts,
    @Nullable FactDeletion deletion,
    @Nullable FactConsistency consistency,
    List<String> notes) {
  /** The name and version of this format; readers refuse a newer major version. */
  public static final String SCHEMA = "percept.fact/1.0";

  public FactExplanation {
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    cuts = List.copyOf(cuts);
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
    traces = List.copyOf(traces);
    concepts = List.copyOf(concepts);
    notes = List.copyOf(notes);
  }

  /**
   * The network.
   *
   * @param file name of its file
   * @param sha256 of its bytes
   * @param architecture in words
   * @param completeAtInput whether contributions add up from the pixels on, or only from behind a
   *     position embedding
   * @param outputs names of the logits, in their order
   * @param bias of every logit: what it has before any concept speaks
   */
  public record Network(
      String file,
      String sha256,
      String architecture,
      boolean completeAtInput,
      List<String> outputs,
      List<Double> bias) {
    public Network {
      outputs = List.copyOf(outputs);
      bias = List.copyOf(bias);
    }
  }

  /**
   * A layer whose output a sparse autoencoder replaces.
   *
   * @param layer its name
   * @param file name of the autoencoder's file or folder
   * @param sha256 of the autoencoder
   * @param kind {@code topk}, {@code batch-topk}, {@code jump-relu}
   * @param latents concepts of its dictionary
   * @param rows of its places
   * @param columns of its places
   * @param features activations a place
   * @param active concepts that are active at a place, on average
   * @param dead concepts that are active in no picture
   * @param alwaysOn concepts that are active in more than 60 % of the pictures
   * @param r2 variance of the activations that it keeps, per dimension
   * @param randomR2 the same of a random dictionary with the same sparsity
   * @param stability mean cosine with matched concepts of other seeds and data, null if the
   *     autoencoder was trained once
   * @param randomStability the same of a random dictionary
   */
  public record Cut(
      String layer,
      String file,
      String sha256,
      String kind,
      int latents,
      int rows,
      int columns,
      int features,
      double active,
      int dead,
      int alwaysOn,
      double r2,
      double randomR2,
      @Nullable Double stability,
      @Nullable Double randomStability) {}

  /**
   * The pictures that everything was measured on.
   *
   * @param count how many
   * @param width of the network's input in pixels
   * @param height of the network's input in pixels
   * @param fingerprint SHA-256 over names and contents
   * @param skipped what could not be read, with the reason
   */
  public record Sample(int count, int width, int height, String fingerprint, List<String> skipped) {
    public Sample {
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Whether the sums are exact, and what the autoencoders cost.
   *
   * @param gap the largest |bias + Σ contributions − logit| over Σ |contribution|
   * @param shuffledGap the same with the contributions of another picture, on average: what numbers
   *     of this size miss by when they do not belong to the picture
   * @param sums how many pictures and logits were added up
   * @param accuracy top-1 share of the network with the autoencoders
   * @param plainAccuracy the same without them
   * @param chance share of the most frequent class among the pictures
   * @param agreement share of the pictures whose answer the autoencoders leave as it is
   * @param randomAgreement the same with a random dictionary of the same sparsity
   * @param labelled pictures whose class is known
   */
  public record Faith(
      double gap,
      double shuffledGap,
      int sums,
      double accuracy,
      double plainAccuracy,
      double chance,
      double agreement,
      double randomAgreement,
      int labelled) {}

  /**
   * A class, and what its logit is made of over its pictures: {@code bias + Σ mean + other =
   * logit}.
   *
   * @param target the class
   * @param pictures how many of the sample are of this class
   * @param accuracy share of them that the network, autoencoders included, calls so
   * @param logit mean over its pictures
   * @param bias the logit's constant
   * @param other mean of what all concepts give that are not in {@code roles}
   * @param roles concepts by the magnitude of their mean contribution
   */
  public record OfClass(
      Bundle.Label target,
      int pictures,
      double accuracy,
      double logit,
      double bias,
      double other,
      List<Role> roles) {
    public OfClass {
      roles = List.copyOf(roles);
    }
  }

  /**
   * What a concept does for a class.
   *
   * @param concept its number, at the last cut
   * @param mean contribution to the class's logit, over the pictures of the class
   * @param low lower end of the 95 % bootstrap interval over pictures
   * @param high upper end
   * @param share its magnitude, of all concepts' together
   * @param elsewhere mean contribution to the same logit over pictures of other classes; NaN where
   *     there are none
   */
  public record Role(
      int concept, double mean, double low, double high, double share, double elsewhere) {}
}
