package dev.percept.app.exam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.methods.factorization.SemiNmf;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.EmbeddedBcos;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import dev.percept.zoo.exam.Exam;
import dev.percept.zoo.exam.Explained;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded B-cos network with an autoencoder by chance, which has no merit to be found. */
class BcosExamTest {
  private static final Run RUN = Run.of(1).withThreads(1);
  private static final int LATENTS = 24;

  @TempDir Path folder;

  private Path sae(String sha256) {
    RandomGenerator random = RUN.random("sae");
    float[] values = new float[LATENTS * 64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / 8;
    }
    Tensor atoms = Tensor.wrap(Shape.of(LATENTS, 64), values);
    SparseAutoencoder bank =
        SparseAutoencoder.of(new Gate.TopK(4), atoms, null, new Dictionary(atoms, null));
    SaeCard card =
        new SaeCard(
            SaeCard.SCHEMA,
            Gate.TopK.KIND,
            4,
            null,
            LATENTS,
            64,
            EmbeddedBcos.MODEL,
            sha256,
            EmbeddedBcos.LAYER,
            0,
            Map.of(),
            Map.of(),
            Map.of());
    Path to = folder.resolve("sae-" + sha256.substring(0, 4));
    SaeFile.write(to, bank, card);
    return to;
  }

  private EmbeddedFact open() {
    Path weights = EmbeddedBcos.copyTo(folder.resolve("zoo"));
    String sha256 = BcosFile.read(weights).description().sha256();
    return EmbeddedFact.open(folder.resolve("again"), sae(sha256), 1);
  }

  @Test
  void importanceIsWhatLatentsContributeAndMapsAreTheirCodes() {
    try (EmbeddedFact fact = open()) {
      SceneExamples pictures = new SceneExamples(Creatures.scenes(Split.TUNE, Species.FISH, 0, 10));
      Target target = new Target(Species.FISH.index(), Species.FISH.label());
      Explained all =
          new FactExplainer(fact.colours(), fact.bank(), 0).explain(pictures, target, RUN);
      Explained few =
          new FactExplainer(fact.colours(), fact.bank(), 3).explain(pictures, target, RUN);
      assertTrue(all.concepts() > 3 && all.concepts() <= LATENTS, "latents " + all.concepts());
      assertEquals(
          all.importance().stream().sorted(Comparator.reverseOrder()).toList(), all.importance());
      assertEquals(all.importance().subList(0, 3), few.importance());
      for (int i = 0; i < 50; i++) {
        assertEquals(
            all.codes().get(i * all.concepts() + 2), few.codes().get(i * few.concepts() + 2));
      }
      // What all channels contribute is the mean of sums over parts of the same logit.
      double channels =
          new FactExplainer(fact.colours(), new FeatureBank(64), 0)
              .explain(pictures, target, RUN).importance().stream().mapToDouble(v -> v).sum();
      DynamicLinearModel model = fact.colours();
      double logits = 0;
      for (int i = 0; i < 10; i++) {
        logits +=
            (model.logits(pictures.batch(i, i + 1)).get(0, target.index())
                    - model.constants().get(target.index()))
                / 10;
      }
      assertTrue(channels >= logits - 1e-3, "magnitudes " + channels + ", logits " + logits);
    }
  }

  @Test
  void whatLatentsShowCanBeMarkedForConsistency() {
    try (EmbeddedFact fact = open()) {
      SceneExamples pictures = new SceneExamples(Creatures.scenes(Split.TUNE, Species.BIRD, 0, 4));
      Map<String, ConceptMaps> maps = fact.maps(pictures, RUN);
      assertEquals(
          List.of("FaCT latents, pixels", "FaCT latents, codes"), List.copyOf(maps.keySet()));
      ConceptMaps pixels = requireNonNull(maps.get("FaCT latents, pixels"));
      ConceptMaps codes = requireNonNull(maps.get("FaCT latents, codes"));
      for (int k = 0; k < LATENTS; k++) {
        assertEquals(codes.presence().get(2, k), pixels.presence().get(2, k), 1e-3);
      }
      assertEquals(Shape.of(1, 96, 96), pixels.maps(2, new int[] {5}).shape());
      assertEquals(Shape.of(1, 12, 12), codes.maps(2, new int[] {5}).shape());
    }
  }

  @Test
  void anAutoencoderOfAnotherNetworkIsRefused() {
    Path other = sae("0123456789abcdef");
    PerceptException e =
        assertThrows(
            PerceptException.class, () -> EmbeddedFact.open(folder.resolve("zoo"), other, 1));
    assertTrue(String.valueOf(e.getMessage()).contains("another file"), e.getMessage());
  }

  @Test
  @Tag("slow")
  void everybodyTakesTheSameExam() {
    try (EmbeddedFact fact = open()) {
      List<BcosExam.Row> rows =
          BcosExam.take(
              fact.colours(),
              fact.bank(),
              SemiNmf.of(4),
              4,
              new Exam.Options(10, 1, Split.TUNE),
              RUN);
      assertEquals(5, rows.size());
      assertEquals(0, rows.get(0).aboveCraft().mean());
      for (BcosExam.Row row : rows) {
        assertTrue(row.auroc().mean() > 0.5, row.method() + " " + row.auroc());
        assertEquals(rows.get(0).auroc().pictures(), row.auroc().pictures());
      }
      assertEquals(4, rows.get(1).report().species().get(0).concepts().size());
      StringWriter text = new StringWriter();
      BcosExam.print(rows, new PrintWriter(text));
      assertTrue(text.toString().contains("FaCT, all latents"), text.toString());
    }
  }
}
