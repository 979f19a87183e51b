package dev.percept.app;

import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.SobolImportance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/** The ways to find importance that a command line can name. */
enum Estimator {
  AUTO(AutoImportance.defaults().name()),
  JANSEN(SobolImportance.NAME);

  private final String label;

  Estimator(String label) {
    this.label = label;
  }

  /**
   * The estimator.
   *
   * @param budget masks in all; null for the default
   */
  ImportanceEstimator<MaskedScore> of(@Nullable Integer budget) {
    SobolImportance sampled =
        budget == null ? SobolImportance.defaults() : SobolImportance.defaults().withBudget(budget);
    return this == AUTO ? new AutoImportance(sampled) : sampled;
  }

  @Override
  public String toString() {
    return label;
  }

  static final class Converter implements ITypeConverter<Estimator> {
    @Override
    public Estimator convert(String value) {
      return Choice.of(values(), value);
    }
  }
}
