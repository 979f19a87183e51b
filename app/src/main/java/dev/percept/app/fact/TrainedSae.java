package dev.percept.app.fact;

import dev.percept.bundle.FactConcept;
import dev.percept.bundle.JsonFile;
import dev.percept.bundle.SaeSweep;
import dev.percept.core.PerceptException;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An autoencoder where {@code percept sae train} has put it, with what is known of its latents. */
public final class TrainedSae {
  /** The sub-folder of the autoencoder that was taken. */
  public static final String CHOSEN = "sae";

  /** What was tried, and whether latents came back. */
  public static final String SWEEP = "sweep.json";

  private static final String DEAD = "dead";

  private TrainedSae() {}

  /**
   * The folder of an autoencoder.
   *
   * @param named an autoencoder, or what {@code percept sae train} wrote around it
   * @throws PerceptException if there is none
   */
  static Path in(Path named) {
    for (Path folder : List.of(named, named.resolve(CHOSEN))) {
      if (SaeFile.isOne(folder)) {
        return folder;
      }
    }
    throw new PerceptException(
        "there is no sparse autoencoder in '"
            + named
            + "' (no "
            + SaeFile.CARD
            + "); give the folder that 'percept sae train' has written");
  }

  /** What the training found of the autoencoder that it took; null if it is not beside it. */
  static SaeSweep.@Nullable Stability stability(Path folder, SaeCard card) {
    Path real = folder.toAbsolutePath().normalize();
    Path sweep = real.resolveSibling(SWEEP);
    if (!real.endsWith(CHOSEN) || !Files.isRegularFile(sweep)) {
      return null;
    }
    SaeSweep found;
    try {
      found = JsonFile.read(sweep, SaeSweep.class, "record of a training");
    } catch (PerceptException e) {
      return null; // a file of another command: nothing is known then
    }
    SaeSweep.Stability stability = found.stability();
    boolean same =
        found.modelSha256().equals(card.modelSha256())
            && found.layer().equals(card.layer())
            && found.points().get(found.chosen()).kind().equals(card.kind())
            && stability != null
            && stability.latents().size() == card.latents();
    return same ? stability : null;
  }

  /** Mean cosine of living latents to their partners in other trainings; null if all are dead. */
  static @Nullable Double mean(SaeSweep.Stability stability) {
    double[] living =
        stability.latents().stream()
            .filter(l -> !l.badge().equals(DEAD))
            .mapToDouble(TrainedSae::cosine)
            .toArray();
    return living.length == 0
        ? null
        : Double.valueOf(java.util.Arrays.stream(living).average().orElseThrow());
  }

  /** By latent, beside a random dictionary; none where nothing is known or the latent is dead. */
  static Map<Integer, FactConcept.Against> ofLatents(SaeSweep.@Nullable Stability stability) {
    Map<Integer, FactConcept.Against> all = new TreeMap<>();
    if (stability != null) {
      for (int k = 0; k < stability.latents().size(); k++) {
        SaeSweep.Latent latent = stability.latents().get(k);
        if (!latent.badge().equals(DEAD)) {
          all.put(k, new FactConcept.Against(cosine(latent), stability.random()));
        }
      }
    }
    return all;
  }

  private static double cosine(SaeSweep.Latent latent) {
    return (latent.starts() + latent.halves()) / 2;
  }
}
