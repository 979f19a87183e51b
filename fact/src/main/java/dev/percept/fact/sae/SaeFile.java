package dev.percept.fact.sae;

import dev.percept.bundle.JsonFile;
import dev.percept.bundle.ResultFolder;
import dev.percept.bundle.Safetensors;
import dev.percept.core.Dictionary;
import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A trained autoencoder on disk: a folder with {@value #CARD} ({@link SaeCard}) and {@value
 * #WEIGHTS}: {@code atoms} and {@code encoder}, both r x p with a row a latent, and where there are
 * such {@code bias} (r), {@code offset} (p) and {@code thresholds} (r). Moved to its place whole.
 */
public final class SaeFile {
  /** What is known of it. */
  public static final String CARD = "sae.json";

  /** Its weights. */
  public static final String WEIGHTS = "sae.safetensors";

  private static final ResultFolder.Kind KIND =
      new ResultFolder.Kind("sae train", CARD, Pattern.compile("sae\\.(json|safetensors)"));

  private SaeFile() {}

  /** An autoencoder and what is known of it. */
  public record Stored(SparseAutoencoder bank, SaeCard card) {}

  /** Whether {@code folder} looks like one. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(CARD));
  }

  /**
   * Writes to {@code folder}, replacing an older one.
   *
   * @throws PerceptException if something else lies there or the disk does not take it
   */
  public static void write(Path folder, SparseAutoencoder bank, SaeCard card) {
    checkBelongs(bank, card);
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("atoms", bank.dictionary().atoms());
    tensors.put("encoder", bank.encoder());
    Tensor bias = bank.bias();
    if (bias != null) {
      tensors.put("bias", bias);
    }
    Tensor offset = bank.dictionary().offset();
    if (offset != null) {
      tensors.put("offset", offset);
    }
    if (bank.gate() instanceof Gate.JumpRelu jump) {
      tensors.put("thresholds", jump.thresholds());
    }
    try (ResultFolder out = ResultFolder.stage(folder, KIND)) {
      out.tensors(WEIGHTS, tensors);
      out.json(CARD, card);
      out.commit();
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws PerceptException if it is missing, incomplete or contradicts itself
   */
  public static Stored read(Path folder) {
    SaeCard card = JsonFile.read(folder.resolve(CARD), SaeCard.class, "sparse autoencoder");
    Map<String, Tensor> tensors = Safetensors.read(folder.resolve(WEIGHTS));
    TreeSet<String> extra = new TreeSet<>(tensors.keySet());
    extra.removeAll(java.util.Set.of("atoms", "encoder", "bias", "offset", "thresholds"));
    if (!extra.isEmpty()) {
      throw unfit(folder, "'" + extra.first() + "' is no tensor of an autoencoder");
    }
    Tensor atoms = tensor(folder, tensors, "atoms");
    Tensor encoder = tensor(folder, tensors, "encoder");
    if (tensors.containsKey("thresholds") != card.kind().equals(Gate.JumpRelu.KIND)) {
      throw unfit(folder, "thresholds belong to jumprelu, and it is " + card.kind());
    }
    try {
      SparseAutoencoder bank =
          SparseAutoencoder.of(
              gate(folder, card, tensors),
              encoder,
              tensors.get("bias"),
              new Dictionary(atoms, tensors.get("offset")));
      checkBelongs(bank, card);
      return new Stored(bank, card);
    } catch (IllegalArgumentException e) {
      throw unfit(folder, String.valueOf(e.getMessage()));
    }
  }

  private static Gate gate(Path folder, SaeCard card, Map<String, Tensor> tensors) {
    Integer k = card.k();
    Double threshold = card.threshold();
    if (card.kind().equals(Gate.TopK.KIND) && k != null) {
      return new Gate.TopK(k);
    }
    if (card.kind().equals(Gate.BatchTopK.KIND) && k != null && threshold != null) {
      return new Gate.BatchTopK(k, threshold.floatValue());
    }
    return new Gate.JumpRelu(tensor(folder, tensors, "thresholds"));
  }

  private static Tensor tensor(Path folder, Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw unfit(folder, "there is no tensor '" + name + "' in " + WEIGHTS);
    }
    return tensor;
  }

  private static void checkBelongs(SparseAutoencoder bank, SaeCard card) {
    if (!bank.gate().kind().equals(card.kind())
        || bank.concepts() != card.latents()
        || bank.features() != card.features()) {
      throw new IllegalArgumentException(
          "card: says "
              + card.kind()
              + " with "
              + card.latents()
              + " latents of "
              + card.features()
              + " features, and the weights are "
              + bank.gate().kind()
              + ", "
              + bank.dictionary().atoms().shape());
    }
  }

  private static PerceptException unfit(Path folder, String why) {
    return new PerceptException(
        folder
            + " holds no sparse autoencoder that can be used: "
            + why
            + "; copy it again whole, or train it again with 'percept sae train'");
  }
}
