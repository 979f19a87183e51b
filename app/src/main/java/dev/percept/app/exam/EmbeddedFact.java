package dev.percept.app.exam;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.fact.InputConceptMaps;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.InverseExamples;
import dev.percept.fact.bcos.ThreeChannels;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.methods.metric.c2.EncodedMaps;
import dev.percept.zoo.EmbeddedBcos;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded B-cos network with an autoencoder inside. */
public final class EmbeddedFact implements AutoCloseable {
  private final BcosNetwork network;
  private final DynamicLinearModel model;
  private final SparseAutoencoder bank;

  private EmbeddedFact(BcosNetwork network, DynamicLinearModel model, SparseAutoencoder bank) {
    this.network = network;
    this.model = model;
    this.bank = bank;
  }

  /**
   * Opens it, cut where the autoencoder belongs.
   *
   * @param folder where the network is written to
   * @param sae folder of an autoencoder of its activations; null for the embedded one of its last
   *     stage
   * @throws PerceptException if the autoencoder is unfit, or of another network
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   */
  public static EmbeddedFact open(Path folder, @Nullable Path sae, int threads) {
    Path weights = EmbeddedBcos.copyTo(folder);
    Path from = sae == null ? folder.resolve(EmbeddedBcos.sae(EmbeddedBcos.LAYER)) : sae;
    SaeFile.Stored stored = SaeFile.read(from);
    BcosFile.Loaded loaded = BcosFile.read(weights);
    if (!stored.card().modelSha256().equals(loaded.description().sha256())) {
      throw new PerceptException(
          from
              + " was trained on activations of "
              + stored.card().model()
              + " as it was in another file; train one for the embedded network");
    }
    BcosNetwork network = loaded.network(threads);
    try {
      return new EmbeddedFact(network, network.cut(stored.card().layer()), stored.bank());
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** For pictures of three channels. */
  public ThreeChannels colours() {
    return new ThreeChannels(model);
  }

  /** The latents. */
  public SparseAutoencoder bank() {
    return bank;
  }

  /** What its latents show in pictures of three channels: pixels exactly, and codes. */
  public Map<String, ConceptMaps> maps(Examples pictures, Run run) {
    Map<String, ConceptMaps> maps = new LinkedHashMap<>();
    Examples six = new InverseExamples(pictures);
    maps.put("FaCT latents, pixels", InputConceptMaps.of(model, bank, six, run));
    maps.put("FaCT latents, codes", EncodedMaps.of(model, bank, six, run));
    return maps;
  }

  @Override
  public void close() {
    network.close();
  }
}
