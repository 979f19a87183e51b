package dev.percept.app;

import dev.percept.app.importance.Contender;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.GradientTimesCode;
import dev.percept.methods.importance.HsicImportance;
import dev.percept.methods.importance.IntegratedGradientsImportance;
import dev.percept.methods.importance.OcclusionImportance;
import dev.percept.methods.importance.RiseImportance;
import dev.percept.methods.importance.SmoothGradImportance;
import dev.percept.methods.importance.SobolImportance;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The ways to find importance that a command line can name. */
enum Estimator {
  AUTO(AutoImportance.defaults().name()),
  JANSEN(SobolImportance.NAME),
  OCCLUSION(OcclusionImportance.NAME),
  RISE(RiseImportance.NAME),
  HSIC(HsicImportance.NAME),
  GRADIENT(GradientTimesCode.NAME),
  INTEGRATED_GRADIENTS(IntegratedGradientsImportance.NAME),
  SMOOTHGRAD(SmoothGradImportance.NAME);

  private static final String EVERY = "all";

  private final String label;

  Estimator(String label) {
    this.label = label;
  }

  /** Sampled Sobol indices. */
  static SobolImportance sobol(@Nullable Integer budget) {
    return budget == null
        ? SobolImportance.defaults()
        : SobolImportance.defaults().withBudget(budget);
  }

  /**
   * The estimator with what it needs.
   *
   * @param budget masks of Sobol indices in all; null for the default
   */
  Contender contender(@Nullable Integer budget) {
    return switch (this) {
      case GRADIENT -> new Contender.WhiteBox(new GradientTimesCode());
      case INTEGRATED_GRADIENTS -> new Contender.WhiteBox(IntegratedGradientsImportance.defaults());
      case SMOOTHGRAD -> new Contender.WhiteBox(SmoothGradImportance.defaults());
      case AUTO -> new Contender.BlackBox(new AutoImportance(sobol(budget)));
      case JANSEN -> new Contender.BlackBox(sobol(budget));
      case OCCLUSION -> new Contender.BlackBox(new OcclusionImportance());
      case RISE -> new Contender.BlackBox(RiseImportance.defaults());
      case HSIC -> new Contender.BlackBox(HsicImportance.defaults());
    };
  }

  /** The estimator, for whoever has no gradients; only for those of {@link #blackBoxes()}. */
  ImportanceEstimator<MaskedScore> of(@Nullable Integer budget) {
    if (contender(budget) instanceof Contender.BlackBox black) {
      return black.estimator();
    }
    throw new IllegalArgumentException("estimator: one without gradients, found " + this);
  }

  /** Those that need no gradients. */
  static Estimator[] blackBoxes() {
    return Arrays.stream(values())
        .filter(e -> e.contender(null) instanceof Contender.BlackBox)
        .toArray(Estimator[]::new);
  }

  @Override
  public String toString() {
    return label;
  }

  /** One that needs no gradients. */
  static final class Converter implements ITypeConverter<Estimator> {
    @Override
    public Estimator convert(String value) {
      return Choice.of(blackBoxes(), value);
    }
  }

  /** Names that {@link Converter} takes. */
  static final class Candidates implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Arrays.stream(blackBoxes()).map(Estimator::toString).iterator();
    }
  }

  /** Several, in the order in which they are named. */
  record Several(List<Estimator> estimators) {
    /** Each way once; sampled Sobol indices only where exact ones do not do. */
    static final Several ALL =
        new Several(Arrays.stream(values()).filter(e -> e != JANSEN).toList());

    Several {
      estimators = List.copyOf(estimators);
    }
  }

  /** Names that {@link SeveralConverter} takes, one at a time. */
  static final class SeveralCandidates implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return Stream.concat(Stream.of(EVERY), Arrays.stream(values()).map(Estimator::toString))
          .iterator();
    }
  }

  /** Names with commas between them, or {@code all}. */
  static final class SeveralConverter implements ITypeConverter<Several> {
    @Override
    public Several convert(String value) {
      if (value.equals(EVERY)) {
        return Several.ALL;
      }
      Set<Estimator> chosen = new LinkedHashSet<>();
      for (String word : value.split(",", -1)) {
        if (!chosen.add(Choice.of(values(), word.strip()))) {
          throw new TypeConversionException("each estimator once, found '" + word + "' twice");
        }
      }
      return new Several(List.copyOf(chosen));
    }
  }
}
