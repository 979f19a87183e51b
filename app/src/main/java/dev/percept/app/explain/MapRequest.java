package dev.percept.app.explain;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.PerceptException;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionMethods;
import dev.percept.methods.factorization.KMeans;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which concept maps are made beside up-sampled codes.
 *
 * @param methods names of attribution methods; empty for codes alone
 * @param pictures of each class that they are made for, at most
 */
public record MapRequest(List<String> methods, int pictures) {
  /** The name of up-sampled codes, which are always there. */
  public static final String CODES = "codes";

  /** Codes alone. */
  public static final MapRequest NONE = new MapRequest(List.of(), 1);

  public MapRequest {
    methods = List.copyOf(methods);
    if (pictures < 1) {
      throw new IllegalArgumentException("map pictures: at least 1, found " + pictures);
    }
    for (String name : methods) {
      if (AttributionMethods.named(name).isEmpty()) {
        throw new IllegalArgumentException(
            "maps: no method '" + name + "'; there are " + String.join(", ", names()));
      }
    }
  }

  /** What can be asked for. */
  public static List<String> names() {
    return Stream.concat(
            Stream.of(CODES), AttributionMethods.all().stream().map(AttributionMethod::name))
        .toList();
  }

  /** The methods. */
  public List<AttributionMethod<?>> chosen() {
    return methods.stream()
        .<AttributionMethod<?>>map(m -> AttributionMethods.named(m).orElseThrow())
        .toList();
  }

  /** Whether one of them needs gradients. */
  public boolean needsGradients() {
    return chosen().stream().anyMatch(m -> !m.isBlackBox());
  }

  /**
   * Refuses gradients of codes that have none, before any work.
   *
   * @throws PerceptException if {@code extractor} is one of these and a method needs gradients
   */
  public void check(ConceptExtractor extractor) {
    if (extractor instanceof KMeans && needsGradients()) {
      String first =
          chosen().stream().filter(m -> !m.isBlackBox()).findFirst().orElseThrow().name();
      throw new PerceptException(
          "--maps "
              + first
              + " needs the gradient of a code, and k-means has none: it chooses the nearest"
              + " concept; use a method that only asks for scores ("
              + String.join(
                  ", ",
                  AttributionMethods.blackBoxes().stream().map(AttributionMethod::name).toList())
              + ") or another --extractor");
    }
  }
}
